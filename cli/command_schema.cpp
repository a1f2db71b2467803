#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "cli/command_infer.h"
#include "cli/options.h"
#include "cli/table.h"
#include "workspace/wording.h"
#include "workspace/workspace.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;
using schema::Field;
using schema::Schema;

std::string key_text(const Schema& schema) {
  std::string text;
  for (const std::size_t f : schema.key) text += (text.empty() ? "" : "-") + schema.fields[f].id;
  return text;
}

std::string_view unit_title(schema::RowUnit unit) {
  switch (unit) {
    case schema::RowUnit::kPerson:
      return say("人", "person");
    case schema::RowUnit::kHouse:
      return say("住房", "house");
    case schema::RowUnit::kRole:
      return say("任职", "role");
    case schema::RowUnit::kVehicle:
      return say("车辆", "vehicle");
  }
  return "";
}

std::string_view requirement_title(schema::Requirement requirement) {
  switch (requirement) {
    case schema::Requirement::kOptional:
      return "";
    case schema::Requirement::kColumn:
      return say("须有列", "column");
    case schema::Requirement::kValue:
      return say("必填", "value");
  }
  return "";
}

std::string_view privacy_title(schema::Privacy privacy) {
  switch (privacy) {
    case schema::Privacy::kPublic:
      return say("公开", "public");
    case schema::Privacy::kInternal:
      return say("内部", "internal");
    case schema::Privacy::kPersonal:
      return say("个人", "personal");
    case schema::Privacy::kSensitive:
      return say("敏感", "sensitive");
  }
  return "";
}

json::object field_json(const Field& field) {
  json::array codes;
  for (const schema::CodeValue& code : field.codes) {
    codes.push_back(
        json::object{{"code", code.code},
                     {"title", code.title},
                     {"spellings", json::array(code.spellings.begin(), code.spellings.end())}});
  }
  return {{"id", field.id},
          {"title", field.title},
          {"type", schema::semantic_type_name(field.type)},
          {"required", schema::requirement_name(field.requirement)},
          {"privacy", schema::privacy_name(field.privacy)},
          {"fill_down", field.fill_down},
          {"unit", field.unit},
          {"headers", json::array(field.headers.begin(), field.headers.end())},
          {"codes", std::move(codes)}};
}

json::object schema_json(const Schema& schema, bool with_fields) {
  json::object object{{"source", schema.source},
                      {"title", schema.title},
                      {"title_en", schema.title_en},
                      {"unit", schema::row_unit_name(schema.unit)},
                      {"key", key_text(schema)}};
  if (schema.household) object["household"] = schema.fields[*schema.household].id;
  if (!with_fields) {
    object["field_count"] = schema.fields.size();
    return object;
  }
  json::array fields;
  for (const Field& field : schema.fields) fields.push_back(field_json(field));
  object["fields"] = std::move(fields);
  return object;
}

int list(const std::vector<Schema>& schemas, bool as_json) {
  if (as_json) {
    json::array all;
    for (const Schema& schema : schemas) all.push_back(schema_json(schema, false));
    fmt::print(output(), "{}\n", json::serialize(all));
    return kDone;
  }
  Table table({{say("来源", "source")},
               {say("名称", "title")},
               {say("每行是", "a row is")},
               {say("主键", "key")},
               {say("字段数", "fields"), Align::kRight}});
  for (const Schema& schema : schemas) {
    table.add({schema.source, std::string(say(schema.title, schema.title_en)),
               std::string(unit_title(schema.unit)), key_text(schema),
               std::to_string(schema.fields.size())});
  }
  fmt::print(output(), "{}", table.text());
  return kDone;
}

std::string spellings_text(const Field& field) {
  constexpr std::size_t kShown = 5;
  std::string text;
  for (std::size_t i = 0; i < std::min(kShown, field.headers.size()); ++i) {
    text += (i == 0 ? "" : "、") + field.headers[i];
  }
  if (field.headers.size() > kShown) text += fmt::format(" … ({})", field.headers.size());
  return text;
}

int show(const Schema& schema, bool as_json) {
  if (as_json) {
    fmt::print(output(), "{}\n", json::serialize(schema_json(schema, true)));
    return kDone;
  }
  fmt::print(output(), "{}  {}\n{} {}   {} {}\n", schema.source, say(schema.title, schema.title_en),
             say("每行是：", "a row is a"), unit_title(schema.unit), say("主键：", "key:"),
             key_text(schema));
  Table table({{say("字段", "field")},
               {say("名称", "title")},
               {say("类型", "type")},
               {say("要求", "required")},
               {say("密级", "privacy")},
               {say("认得的表头", "headers that name it")}});
  for (const Field& field : schema.fields) {
    table.add({field.id, chinese() ? field.title : workspace::spaced(field.id),
               std::string(schema::semantic_type_name(field.type)),
               std::string(requirement_title(field.requirement)),
               std::string(privacy_title(field.privacy)), spellings_text(field)});
  }
  fmt::print(output(), "{}", table.text());
  return kDone;
}

}  // namespace

int run_schema(const Arguments& arguments) {
  CommandLine line{.usage =
                       "bidui schema [-w DIR] list | show SOURCE\n"
                       "      bidui schema [-w DIR] infer FILE [--source NAME] [--out MAPPING]"};
  add_infer_options(line);
  add_json_option(line);
  add_arguments(line, "words");
  int status = kDone;
  const auto values = parse(line, arguments, status);
  if (!values) return status;
  const auto& words = (*values)["words"].as<std::vector<std::string>>();
  const bool as_json = values->count("json") != 0;
  const bool is_list = words.size() == 1 && words[0] == "list";
  if (words.size() == 2 && words[0] == "infer") return infer_schema(*values, words[1]);
  const bool is_show = words.size() == 2 && words[0] == "show";
  if (!is_list && !is_show)
    return wrong_usage(
        line, say("须为 list、show 来源 或 infer 文件", "list, show SOURCE, or infer FILE"));
  const auto schemas = values->count("workspace") != 0
                           ? workspace::known_schemas((*values)["workspace"].as<std::string>())
                           : workspace::builtin_schemas();
  if (!schemas) return fail(schemas.error());
  if (is_list) return list(*schemas, as_json);
  const auto schema = workspace::find_schema(*schemas, words[1]);
  return schema ? show(**schema, as_json) : fail(schema.error());
}

}  // namespace bidui::cli
