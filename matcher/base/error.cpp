#include "matcher/base/error.h"

namespace bidui {

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
