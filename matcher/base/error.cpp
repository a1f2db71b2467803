#include "matcher/base/error.h"

namespace bidui {

std::string_view error_code_name(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidArgument:
      return "invalid_argument";
    case ErrorCode::kNotFound:
      return "not_found";
    case ErrorCode::kBadInput:
      return "bad_input";
    case ErrorCode::kConflict:
      return "conflict";
    case ErrorCode::kIo:
      return "io";
    case ErrorCode::kCorrupt:
      return "corrupt";
    case ErrorCode::kInternal:
      return "internal";
  }
  return "internal";
}

std::string Error::describe() const { return place.empty() ? message : place + ": " + message; }

std::string Error::describe_zh() const {
  if (message_zh.empty()) return describe();
  return place.empty() ? message_zh : place + "：" + message_zh;
}

Error Error::with_context(std::string_view context) const {
  Error outer = *this;
  outer.place = place.empty() ? std::string(context) : std::string(context) + ": " + place;
  return outer;
}

}  // namespace bidui
