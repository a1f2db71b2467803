#include "matcher/schema/json_object.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/string.hpp>
#include <span>

#include "matcher/base/bilingual_error.h"
#include "matcher/schema/word_distance.h"

namespace bidui::schema {
namespace {

std::string_view view(const boost::json::string& text) { return {text.data(), text.size()}; }

}  // namespace

Suggestion suggest(std::string_view word, std::span<const std::string_view> known) {
  const auto nearest = std::min_element(known.begin(), known.end(), [&](auto a, auto b) {
    return word_distance(word, a) < word_distance(word, b);
  });
  if (nearest != known.end() && word_distance(word, *nearest) <= 2) {
    const std::string name(*nearest);
    return {.zh = "，是不是 " + name + "？", .en = ", did you mean \"" + name + "\"?"};
  }
  std::string zh;
  std::string en = "; known:";
  for (const std::string_view name : known) {
    zh.append(zh.empty() ? "；可用：" : "、").append(name);
    en.append(" ").append(name);
  }
  return {.zh = std::move(zh), .en = std::move(en)};
}

Result<std::vector<std::string>> read_texts(const boost::json::value& value,
                                            const std::string& place) {
  if (!value.is_array()) {
    return bilingual_error(ErrorCode::kBadInput, "须是文字的列表 [ … ]",
                           "must be an array of texts", place);
  }
  std::vector<std::string> texts;
  for (const boost::json::value& item : value.get_array()) {
    if (!item.is_string()) {
      return bilingual_error(ErrorCode::kBadInput, "列表中只能有文字", "must contain texts only",
                             place);
    }
    texts.emplace_back(view(item.get_string()));
  }
  return texts;
}

Result<JsonObject> JsonObject::open(const boost::json::value& value, std::string place,
                                    std::initializer_list<std::string_view> known) {
  if (!value.is_object()) {
    return bilingual_error(ErrorCode::kBadInput, "须是对象 { … }", "must be an object { … }",
                           std::move(place));
  }
  const JsonObject object(value.get_object(), std::move(place));
  for (const auto& item : *object.object_) {
    const std::string_view key(item.key().data(), item.key().size());
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    const Suggestion meant = suggest(key, {known.begin(), known.size()});
    return object.error(key, "没有这个键" + meant.zh, "unknown key" + meant.en);
  }
  return object;
}

Error JsonObject::error(std::string_view key, std::string_view zh, std::string_view en) const {
  const std::string name(key);
  return bilingual_error(ErrorCode::kBadInput, "“" + name + "”" + std::string(zh),
                         "\"" + name + "\": " + std::string(en), place_);
}

Result<std::string> JsonObject::text(std::string_view key) const {
  const boost::json::value* value = find(key);
  if (value == nullptr) return error(key, "缺少", "is missing");
  if (!value->is_string() || value->get_string().empty()) {
    return error(key, "须是不为空的文字", "must be a text that is not empty");
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
  if (!value->is_bool()) return error(key, "须是 true 或 false", "must be true or false");
  return value->get_bool();
}

Result<std::vector<std::string>> JsonObject::texts(std::string_view key) const {
  const boost::json::value* value = find(key);
  if (value == nullptr) return std::vector<std::string>{};
  return read_texts(*value, place_ + ": \"" + std::string(key) + "\"");
}

}  // namespace bidui::schema
