// Members of a JSON object that was read back, where one that is missing or of another type is
// none.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace bidui::workspace {

// "" where there is no such text.
inline std::string text_of(const boost::json::object& object, std::string_view member) {
  const boost::json::value* const value = object.if_contains(member);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

// 0 where there is no such count.
inline std::size_t count_of(const boost::json::object& object, std::string_view member) {
  const boost::json::value* const value = object.if_contains(member);
  if (value == nullptr || !value->is_number()) return 0;
  boost::system::error_code failure;
  const auto count = value->to_number<std::uint64_t>(failure);
  return failure ? 0 : static_cast<std::size_t>(count);
}

// The elements of a list; they live as long as the object.
inline std::span<const boost::json::value> list_of(const boost::json::object& object,
                                                   std::string_view member) {
  const boost::json::value* const value = object.if_contains(member);
  if (value == nullptr || !value->is_array()) return {};
  return {value->as_array().data(), value->as_array().size()};
}

}  // namespace bidui::workspace
