// Errors that Chinese and English users each read in their own language.
#pragma once

#include <string>
#include <utility>

#include "matcher/base/result.h"

namespace bidui::workspace {

inline Error bilingual_error(ErrorCode code, std::string zh, std::string en,
                             std::string place = {}) {
  Error error = make_error(code, std::move(en), std::move(place));
  error.message_zh = std::move(zh);
  return error;
}

}  // namespace bidui::workspace
