// Result<T>: a value, or an Error that says why there is none.
#pragma once

#include <boost/system/result.hpp>
#include <stdexcept>
#include <string>
#include <utility>

#include "matcher/base/error.h"

namespace bidui {

template <typename T>
using Result = boost::system::result<T, Error>;

// For actions that give nothing back.
using Status = Result<void>;

inline Error make_error(ErrorCode code, std::string message, std::string place = {}) {
  return Error{.code = code, .message = std::move(message), .place = std::move(place)};
}

// Found by Boost when value() is called on an error: a programming mistake, made visible.
[[noreturn]] inline void throw_exception_from_error(const Error& error,
                                                    const boost::source_location&) {
  throw std::runtime_error(error.describe());
}

}  // namespace bidui

// Returns the error of `expression` from the enclosing function, if it has one.
#define BIDUI_TRY(expression)                                                                \
  do {                                                                                       \
    if (const auto& bidui_status = (expression); !bidui_status) return bidui_status.error(); \
  } while (false)
