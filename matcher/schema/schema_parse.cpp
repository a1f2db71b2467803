#include "matcher/schema/schema_parse.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <map>
#include <utility>

#include "matcher/base/bilingual_error.h"
#include "matcher/schema/header.h"
#include "matcher/schema/json_object.h"

namespace bidui::schema {
namespace {

namespace json = boost::json;

bool is_snake_case(std::string_view id) {
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return !id.empty() && is_letter(id.front()) && std::all_of(id.begin(), id.end(), [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '_';
  });
}

// An enumerator from the text at `key`, or an error that lists the choices.
template <typename Parse>
auto read_choice(const JsonObject& object, std::string_view key, std::string_view fallback,
                 Parse parse, std::span<const std::string_view> names)
    -> Result<typename decltype(parse(std::string_view{}))::value_type> {
  const Result<std::string> text = object.text_or(key, fallback);
  BIDUI_TRY(text);
  const auto choice = parse(*text);
  if (choice) return *choice;
  const Suggestion meant = suggest(*text, names);
  return object.error(key, "的值“" + *text + "”不认识" + meant.zh,
                      "\"" + *text + "\" is unknown" + meant.en);
}

// One code with its spellings; the first spelling is its title, and the code spells itself.
Status add_code(Field& field, std::string_view code, std::vector<std::string> spellings,
                const std::string& place) {
  if (!is_snake_case(code) || spellings.empty()) {
    const std::string name(code);
    return bilingual_error(ErrorCode::kBadInput,
                           "代码“" + name + "”须用小写字母、数字和下划线，并列出写法",
                           "code \"" + name + "\": must be snake_case with spellings", place);
  }
  const auto index = static_cast<std::uint32_t>(field.codes.size());
  std::string title = spellings.front();
  field.codes.push_back(
      {.code = std::string(code), .title = std::move(title), .spellings = std::move(spellings)});
  field.spellings.push_back({.folded = std::string(code), .code_index = index});
  for (const std::string& spelling : field.codes.back().spellings) {
    field.spellings.push_back({.folded = fold_value(spelling), .code_index = index});
  }
  return {};
}

// Sorts the spellings; one that stands for two codes is an error.
Status index_spellings(Field& field, const std::string& place) {
  auto& all = field.spellings;
  std::sort(all.begin(), all.end(), [](const CodeSpelling& a, const CodeSpelling& b) {
    return std::tie(a.folded, a.code_index) < std::tie(b.folded, b.code_index);
  });
  const auto same = [](const CodeSpelling& a, const CodeSpelling& b) {
    return a.folded == b.folded && a.code_index == b.code_index;
  };
  all.erase(std::unique(all.begin(), all.end(), same), all.end());
  const auto twice = std::adjacent_find(
      all.begin(), all.end(),
      [](const CodeSpelling& a, const CodeSpelling& b) { return a.folded == b.folded; });
  if (twice == all.end()) return {};
  return bilingual_error(
      ErrorCode::kBadInput, "写法“" + twice->folded + "”对应两个代码，请去掉一个",
      "spelling \"" + twice->folded + "\" stands for two codes: remove one", place);
}

Status read_codes(Field& field, const JsonObject& object) {
  const json::value* codes = object.find("codes");
  if (codes == nullptr && field.type != SemanticType::kCode) return {};
  if (codes == nullptr)
    return object.error("codes", "缺少：代码字段须列出它的值",
                        "is missing: a code field needs its values");
  if (field.type != SemanticType::kCode && field.type != SemanticType::kBoolean) {
    return object.error("codes", "只用于 code 或 boolean 类型的字段",
                        "belongs to fields of type \"code\" or \"boolean\"");
  }
  if (!codes->is_object())
    return object.error("codes", "须写作 { 代码: [写法, …] }",
                        "must be an object of code: [spellings]");
  const std::string place = object.place() + ": \"codes\"";
  for (const auto& item : codes->get_object()) {
    auto spellings = read_texts(item.value(), place);
    BIDUI_TRY(spellings);
    const std::string_view code(item.key().data(), item.key().size());
    if (field.type == SemanticType::kBoolean && code != "true" && code != "false") {
      return object.error("codes", "在 boolean 字段中只有 true 和 false",
                          "of a boolean field are \"true\" and \"false\"");
    }
    BIDUI_TRY(add_code(field, code, std::move(*spellings), place));
  }
  return index_spellings(field, place);
}

Status read_headers(Field& field, const JsonObject& object) {
  const auto headers = object.texts("headers");
  BIDUI_TRY(headers);
  for (const std::string& header : *headers) {
    std::string text = normalise_header(header).text;
    if (text.empty()) return object.error("headers", "中有空的写法", "contains a blank spelling");
    if (std::find(field.headers.begin(), field.headers.end(), text) != field.headers.end()) {
      return object.error("headers", "中“" + header + "”出现两次（规范化之后）",
                          "\"" + header + "\" stands here twice (after normalising)");
    }
    field.headers.push_back(std::move(text));
  }
  if (field.headers.empty())
    return object.error("headers", "至少须有一种写法", "must name at least one spelling");
  return {};
}

Status read_choices(Field& field, const JsonObject& object) {
  const auto type = read_choice(object, "type", "", parse_semantic_type, semantic_type_names());
  BIDUI_TRY(type);
  field.type = *type;
  constexpr std::string_view kRequirements[] = {"optional", "column", "value"};
  const auto requirement =
      read_choice(object, "required", "optional", parse_requirement, kRequirements);
  BIDUI_TRY(requirement);
  field.requirement = *requirement;
  constexpr std::string_view kPrivacies[] = {"public", "internal", "personal", "sensitive"};
  const auto privacy = read_choice(object, "privacy", "internal", parse_privacy, kPrivacies);
  BIDUI_TRY(privacy);
  field.privacy = *privacy;
  return {};
}

Result<Field> read_field(const json::value& value, const std::string& place) {
  const auto object = JsonObject::open(
      value, place,
      {"id", "title", "type", "headers", "required", "fill_down", "privacy", "unit", "codes"});
  BIDUI_TRY(object);
  Field field;
  auto id = object->text("id");
  BIDUI_TRY(id);
  if (!is_snake_case(*id))
    return object->error("id", "的值“" + *id + "”须用小写字母、数字和下划线",
                         "\"" + *id + "\" must be snake_case");
  field.id = std::move(*id);
  auto title = object->text("title");
  BIDUI_TRY(title);
  field.title = std::move(*title);
  BIDUI_TRY(read_choices(field, *object));
  BIDUI_TRY(read_headers(field, *object));
  const auto fill_down = object->flag_or("fill_down", false);
  BIDUI_TRY(fill_down);
  field.fill_down = *fill_down;
  auto unit = object->text_or("unit", "");
  BIDUI_TRY(unit);
  if (unit->empty() == (field.type == SemanticType::kAmount)) {
    return object->error("unit", "只用于 amount 类型的字段，且每个都须有",
                         "belongs to fields of type \"amount\", and to each of them");
  }
  field.unit = std::move(*unit);
  BIDUI_TRY(read_codes(field, *object));
  return field;
}

// Two fields that list one header at the same precedence could take each other's column.
Status check_headers(const Schema& schema, std::string_view place) {
  std::map<std::pair<std::size_t, std::string_view>, std::string_view> seen;
  for (const Field& field : schema.fields) {
    for (std::size_t rank = 0; rank < field.headers.size(); ++rank) {
      const auto [it, fresh] = seen.try_emplace({rank, field.headers[rank]}, field.id);
      if (fresh) continue;
      const std::string& header = field.headers[rank];
      const std::string other(it->second);
      return bilingual_error(ErrorCode::kBadInput,
                             "列名“" + header + "”在字段 " + other + " 和 " + field.id +
                                 " 中优先级相同，请在应让出的字段中往后移",
                             "header \"" + header + "\" has the same precedence in \"" + other +
                                 "\" and \"" + field.id +
                                 "\": move it down in the one that should lose",
                             std::string(place));
    }
  }
  return {};
}

Result<std::size_t> resolve_field(const Schema& schema, const JsonObject& object,
                                  std::string_view key, std::string_view id) {
  if (const auto index = schema.find_field(id)) return *index;
  std::vector<std::string_view> ids;
  for (const Field& field : schema.fields) ids.push_back(field.id);
  const Suggestion meant = suggest(id, ids);
  const std::string name(id);
  return object.error(key, "中的“" + name + "”不是字段" + meant.zh,
                      "\"" + name + "\" is no field" + meant.en);
}

// "fields[3] (exit_status)", as far as the id can be read.
std::string field_place(const json::value& value, std::size_t index) {
  std::string place = "fields[" + std::to_string(index) + "]";
  const json::value* id = value.is_object() ? value.get_object().if_contains("id") : nullptr;
  if (id != nullptr && id->is_string()) {
    place.append(" (").append(id->get_string().data(), id->get_string().size()).append(")");
  }
  return place;
}

Status read_fields(Schema& schema, const JsonObject& object) {
  const json::value* fields = object.find("fields");
  if (fields == nullptr || !fields->is_array() || fields->get_array().empty()) {
    return object.error("fields", "须是至少一个字段的列表",
                        "must be an array of at least one field");
  }
  for (const json::value& value : fields->get_array()) {
    const std::string place = object.place() + ": " + field_place(value, schema.fields.size());
    auto field = read_field(value, place);
    BIDUI_TRY(field);
    if (schema.find_field(field->id)) {
      return bilingual_error(ErrorCode::kBadInput, "字段“" + field->id + "”声明了两次",
                             "field \"" + field->id + "\" is declared twice", place);
    }
    schema.fields.push_back(std::move(*field));
  }
  return check_headers(schema, object.place());
}

Status read_keys(Schema& schema, const JsonObject& object) {
  const auto key = object.texts("key");
  BIDUI_TRY(key);
  for (const std::string& id : *key) {
    const auto index = resolve_field(schema, object, "key", id);
    BIDUI_TRY(index);
    schema.key.push_back(*index);
  }
  const auto read_place = [&](std::string_view name, std::optional<std::size_t>& place) -> Status {
    if (object.find(name) == nullptr) return {};
    const auto id = object.text(name);
    BIDUI_TRY(id);
    const auto index = resolve_field(schema, object, name, *id);
    BIDUI_TRY(index);
    place = *index;
    return {};
  };
  BIDUI_TRY(read_place("household", schema.household));
  BIDUI_TRY(read_place("kind", schema.kind));
  return read_place("since", schema.since);
}

Status read_titles(Schema& schema, const JsonObject& object) {
  auto source = object.text("source");
  BIDUI_TRY(source);
  if (!is_snake_case(*source)) {
    return object.error("source", "的值“" + *source + "”须用小写字母、数字和下划线",
                        "\"" + *source + "\" must be snake_case");
  }
  schema.source = std::move(*source);
  auto title = object.text("title");
  BIDUI_TRY(title);
  schema.title = std::move(*title);
  auto title_en = object.text("title_en");
  BIDUI_TRY(title_en);
  schema.title_en = std::move(*title_en);
  constexpr std::string_view kUnits[] = {"person", "house", "role", "vehicle"};
  const auto unit = read_choice(object, "unit", "person", parse_row_unit, kUnits);
  BIDUI_TRY(unit);
  schema.unit = *unit;
  const auto once = object.flag_or("person_once", true);
  BIDUI_TRY(once);
  schema.person_once = *once;
  return {};
}

// The field's own id is a header of last resort: a file that Bidui wrote can be read again.
void add_ids_as_headers(Schema& schema) {
  for (Field& field : schema.fields) {
    if (std::find(field.headers.begin(), field.headers.end(), field.id) == field.headers.end()) {
      field.headers.push_back(field.id);
    }
  }
}

}  // namespace

Result<Schema> parse_schema(std::string_view text, std::string_view place) {
  json::error_code code;
  json::parse_options options;
  options.allow_comments = true;
  const json::value value =
      json::parse(json::string_view(text.data(), text.size()), code, {}, options);
  if (code) {
    return bilingual_error(ErrorCode::kBadInput, "不是 JSON 文件，请检查括号、引号和逗号",
                           "is not JSON: " + code.message(), std::string(place));
  }
  const auto object = JsonObject::open(value, std::string(place),
                                       {"source", "title", "title_en", "unit", "person_once", "key",
                                        "household", "kind", "since", "fields"});
  BIDUI_TRY(object);
  Schema schema;
  BIDUI_TRY(read_titles(schema, *object));
  BIDUI_TRY(read_fields(schema, *object));
  BIDUI_TRY(read_keys(schema, *object));
  add_ids_as_headers(schema);
  return schema;
}

}  // namespace bidui::schema
