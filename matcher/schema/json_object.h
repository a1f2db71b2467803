// A JSON object read by name, with errors that say where and suggest what was meant.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"

namespace bidui::schema {

// A view of one object; the object must outlive it. Not for use outside this folder.
class JsonObject {
 public:
  // kBadInput at `place` when `value` is not an object or has a key that is not among `known`.
  static Result<JsonObject> open(const boost::json::value& value, std::string place,
                                 std::initializer_list<std::string_view> known);

  const std::string& place() const { return place_; }
  // The value, or null when the key is absent.
  const boost::json::value* find(std::string_view key) const { return object_->if_contains(key); }

  // Each returns kBadInput when the value has another type, or is absent without a fallback.
  Result<std::string> text(std::string_view key) const;
  Result<std::string> text_or(std::string_view key, std::string_view fallback) const;
  Result<bool> flag_or(std::string_view key, bool fallback) const;
  Result<std::vector<std::string>> texts(std::string_view key) const;  // absent: empty

  // kBadInput at this place about `key`.
  Error error(std::string_view key, std::string_view zh, std::string_view en) const;

 private:
  JsonObject(const boost::json::object& object, std::string place)
      : object_(&object), place_(std::move(place)) {}

  const boost::json::object* object_;
  std::string place_;
};

// The texts of a JSON array; kBadInput at `place` for anything else.
Result<std::vector<std::string>> read_texts(const boost::json::value& value,
                                            const std::string& place);

struct Suggestion {
  std::string zh;
  std::string en;
};
// ", did you mean \"x\"?" for the nearest of `known` within two edits, else the list of them.
Suggestion suggest(std::string_view word, std::span<const std::string_view> known);

}  // namespace bidui::schema
