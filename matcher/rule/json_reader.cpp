#include "matcher/rule/json_reader.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <fmt/format.h>
#include <utility>

#include "matcher/rule/suggest.h"

namespace bidui::rule {

namespace json = boost::json;

Result<std::unique_ptr<JsonFile>> parse_json_file(std::string name, std::string text) {
  auto file = std::make_unique<JsonFile>();
  file->name = std::move(name);
  file->text = std::move(text);
  json::stream_parser parser;
  json::error_code code;
  const std::size_t read = parser.write_some(file->text, code);
  if (!code) parser.finish(code);
  const bool rest = file->text.find_first_not_of(" \t\r\n", read) != std::string::npos;
  if (code || rest) {
    const ExpressionText whole(file->text);
    const Bilingual why = code ? Bilingual{code.message(), code.message()}
                               : Bilingual{"结束之后还有内容", "text behind the end"};
    return bilingual_error(ErrorCode::kBadInput,
                           Bilingual{"这不是 JSON：", "this is not JSON: "} + why,
                           file->name + ":" + whole.place(std::min(read, file->text.size())));
  }
  file->root = parser.release();
  file->places = std::make_unique<JsonPlaces>(file->text);
  return file;
}

std::string JsonReader::place() const {
  return file_->name + ":" + file_->places->place(file_->places->offset(pointer_));
}

Error JsonReader::error(Bilingual message) const {
  return bilingual_error(ErrorCode::kBadInput, std::move(message), place());
}

bool JsonReader::has(std::string_view key) const {
  const auto* object = value_->if_object();
  return object != nullptr && object->contains(key);
}

Result<JsonReader> JsonReader::member(std::string_view key) const {
  const auto* object = value_->if_object();
  if (object == nullptr) return error({"这里应是对象 { … }", "an object { … } should stand here"});
  const auto found = object->find(key);
  if (found == object->end())
    return error({fmt::format("缺少“{}”", key), fmt::format("'{}' is missing", key)});
  return JsonReader(*file_, found->value(), pointer_ + "/" + std::string(key));
}

Result<std::vector<JsonReader>> JsonReader::items() const {
  const auto* array = value_->if_array();
  if (array == nullptr) return error({"这里应是列表 [ … ]", "a list [ … ] should stand here"});
  std::vector<JsonReader> items;
  for (std::size_t i = 0; i < array->size(); ++i) {
    items.push_back(JsonReader(*file_, (*array)[i], fmt::format("{}/{}", pointer_, i)));
  }
  return items;
}

Result<std::vector<std::pair<std::string, JsonReader>>> JsonReader::members() const {
  const auto* object = value_->if_object();
  if (object == nullptr) return error({"这里应是对象 { … }", "an object { … } should stand here"});
  std::vector<std::pair<std::string, JsonReader>> result;
  for (const auto& [key, value] : *object) {
    const std::string name(key);
    result.emplace_back(name, JsonReader(*file_, value, pointer_ + "/" + name));
  }
  return result;
}

Status JsonReader::allow_keys(std::initializer_list<std::string_view> keys) const {
  const auto all = members();
  if (!all) return all.error();
  const std::vector<std::string> known(keys.begin(), keys.end());
  for (const auto& [key, reader] : *all) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    return reader.error(
        Bilingual{fmt::format("不认识的键“{}”", key), fmt::format("unknown key '{}'", key)} +
        suggestion(key, known));
  }
  return {};
}

Result<std::string> JsonReader::text() const {
  const auto* text = value_->if_string();
  if (text == nullptr) return error({"这里应是引号里的文本", "a text in quotes should stand here"});
  return std::string(*text);
}

std::string JsonReader::text_or_empty() const {
  const auto* text = value_->if_string();
  return text == nullptr ? std::string() : std::string(*text);
}

Result<bool> JsonReader::flag() const {
  const auto* flag = value_->if_bool();
  if (flag == nullptr) return error({"这里应是 true 或 false", "true or false should stand here"});
  return *flag;
}

Result<double> JsonReader::number() const {
  json::error_code code;
  const double number = value_->to_number<double>(code);
  if (code) return error({"这里应是数", "a number should stand here"});
  return number;
}

Result<int> JsonReader::whole_number() const {
  const auto exact = number();
  if (!exact) return exact.error();
  if (*exact != std::trunc(*exact) || std::abs(*exact) > 1e6) {
    return error({"这里应是整数", "a whole number should stand here"});
  }
  return static_cast<int>(*exact);
}

Result<ExpressionText> JsonReader::expression() const {
  if (value_->is_string()) {
    return ExpressionText(std::string(value_->get_string()), file_->name,
                          {file_->places->string_line(pointer_)});
  }
  const auto parts = texts();
  if (!parts || parts->empty())
    return error({"这里应是表达式，或它各行的列表",
                  "an expression, or a list of its lines, should stand here"});
  std::string whole;
  std::vector<ExpressionLine> lines;
  for (std::size_t i = 0; i < parts->size(); ++i) {
    lines.push_back(file_->places->string_line(fmt::format("{}/{}", pointer_, i)));
    lines.back().offset = whole.size();
    whole += (*parts)[i] + "\n";
  }
  return ExpressionText(std::move(whole), file_->name, std::move(lines));
}

Result<std::vector<std::string>> JsonReader::texts() const {
  if (value_->is_string()) return std::vector<std::string>{std::string(value_->get_string())};
  const auto all = items();
  if (!all) return all.error();
  std::vector<std::string> result;
  for (const JsonReader& item : *all) {
    auto one = item.text();
    if (!one) return one.error();
    result.push_back(std::move(*one));
  }
  return result;
}

}  // namespace bidui::rule
