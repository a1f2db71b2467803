// Errors that Chinese and English users each read in their own language: every message that a
// user may see is made here, so that none has one language only.
#pragma once

#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "matcher/base/result.h"

namespace bidui {

// One text in both.
struct Bilingual {
  std::string zh{};
  std::string en{};

  // More text behind, each to its own language.
  Bilingual operator+(const Bilingual& more) const { return {zh + more.zh, en + more.en}; }
  bool empty() const { return zh.empty() && en.empty(); }

  // One more of a list, behind 、 and a comma.
  void add_item(std::string_view item_zh, std::string_view item_en) {
    if (!empty()) *this = *this + Bilingual{"、", ", "};
    zh += item_zh;
    en += item_en;
  }
};

inline Error bilingual_error(ErrorCode code, std::string zh, std::string en,
                             std::string place = {}) {
  return Error{.code = code,
               .message = std::move(en),
               .place = std::move(place),
               .message_zh = std::move(zh)};
}

inline Error bilingual_error(ErrorCode code, Bilingual text, std::string place = {}) {
  return bilingual_error(code, std::move(text.zh), std::move(text.en), std::move(place));
}

// What the operating system refused, with its reason and, where people can mend it, how:
// ("无法打开", "cannot open") as "无法打开：没有权限，请检查…". kNotFound where there is no such
// file, else kIo.
Error system_error(const std::error_code& cause, std::string zh, std::string en,
                   std::string place = {});
// The same with the reason in `errno`.
Error errno_error(std::string zh, std::string en, std::string place = {});

// For stored bytes that are not what was written: `zh`, `en` name them.
Error damaged_error(const std::string& zh, const std::string& en, std::string place = {});

}  // namespace bidui
