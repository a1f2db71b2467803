#include "matcher/schema/json_object.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/string.hpp>
#include <span>

#include "matcher/schema/word_distance.h"

namespace bidui::schema {
namespace {

std::string_view view(const boost::json::string& text) { return {text.data(), text.size()}; }

}  // namespace

std::string suggest(std::string_view word, std::span<const std::string_view> known) {
  const auto nearest = std::min_element(known.begin(), known.end(), [&](auto a, auto b) {
    return word_distance(word, a) < word_distance(word, b);
  });
  if (nearest != known.end() && word_distance(word, *nearest) <= 2) {
    return ", did you mean \"" + std::string(*nearest) + "\"?";
  }
  std::string list = "; known:";
  for (const std::string_view name : known) list.append(" ").append(name);
  return list;
}

Result<std::vector<std::string>> read_texts(const boost::json::value& value,
                                            const std::string& place) {
  if (!value.is_array()) {
    return make_error(ErrorCode::kBadInput, "must be an array of texts", place);
  }
  std::vector<std::string> texts;
  for (const boost::json::value& item : value.get_array()) {
    if (!item.is_string()) {
      return make_error(ErrorCode::kBadInput, "must contain texts only", place);
    }
    texts.emplace_back(view(item.get_string()));
  }
  return texts;
}

Result<JsonObject> JsonObject::open(const boost::json::value& value, std::string place,
                                    std::initializer_list<std::string_view> known) {
  if (!value.is_object()) {
    return make_error(ErrorCode::kBadInput, "must be an object { … }", std::move(place));
  }
  const JsonObject object(value.get_object(), std::move(place));
  for (const auto& item : *object.object_) {
    const std::string_view key(item.key().data(), item.key().size());
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    return object.error(key, "unknown key" + suggest(key, {known.begin(), known.size()}));
  }
  return object;
}

Error JsonObject::error(std::string_view key, std::string message) const {
  return make_error(ErrorCode::kBadInput, "\"" + std::string(key) + "\": " + std::move(message),
                    place_);
}

Result<std::string> JsonObject::text(std::string_view key) const {
  const boost::json::value* value = find(key);
  if (value == nullptr) return error(key, "is missing");
  if (!value->is_string() || value->get_string().empty()) {
    return error(key, "must be a text that is not empty");
  }
  return std::string(view(value->get_string()));
}

Result<std::string> JsonObject::text_or(std::string_view key, std::string_view fallback) const {
  if (find(key) == nullptr) return std::string(fallback);
  return text(key);
}

Result<bool> JsonObject::flag_or(std::string_view key, bool fallback) const {
  const boost::json::value* value = find(key);
  if (value == nullptr) return fallback;
  if (!value->is_bool()) return error(key, "must be true or false");
  return value->get_bool();
}

Result<std::vector<std::string>> JsonObject::texts(std::string_view key) const {
  const boost::json::value* value = find(key);
  if (value == nullptr) return std::vector<std::string>{};
  return read_texts(*value, place_ + ": \"" + std::string(key) + "\"");
}

}  // namespace bidui::schema
