#include "workspace/run_models.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

#include "matcher/base/bilingual_error.h"
#include "matcher/base/hash.h"
#include "workspace/json_member.h"
#include "workspace/text_file.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;

constexpr std::string_view kKept = "linkage";
constexpr int kFormat = 2;  // 2: address levels with house numbers, tables of all terms

json::array deliveries_json(const std::vector<TrainingDelivery>& deliveries) {
  json::array array;
  for (const TrainingDelivery& d : deliveries) {
    array.push_back(json::object{{"source", d.source},
                                 {"coverage", d.coverage},
                                 {"as_of", d.as_of},
                                 {"content_hash", d.content_hash},
                                 {"records", d.records}});
  }
  return array;
}

std::vector<TrainingDelivery> deliveries_from(const json::object& object, std::string_view member) {
  std::vector<TrainingDelivery> deliveries;
  const json::value* const array = object.if_contains(member);
  if (array == nullptr || !array->is_array()) return deliveries;
  for (const json::value& value : array->as_array()) {
    if (!value.is_object()) continue;
    const json::object& d = value.as_object();
    const json::value* const records = d.if_contains("records");
    deliveries.push_back(
        {text_of(d, "source"), text_of(d, "coverage"), text_of(d, "as_of"),
         text_of(d, "content_hash"),
         records != nullptr && records->is_number() ? records->to_number<std::uint64_t>() : 0});
  }
  return deliveries;
}

std::string hex(std::uint64_t hash) { return fmt::format("{:016x}", hash); }

json::value tables_json(const RunModels& models) {
  if (models.tables == nullptr) return nullptr;
  const link::FrequencyTables& tables = *models.tables;
  return json::object{{"hash", hex(link::tables_hash(tables))},
                      {"counted_on", deliveries_json(models.counted_on)},
                      {"names", tables.terms.names().values().size()},
                      {"left_records", tables.terms.names().left_records()},
                      {"right_records", tables.terms.names().right_records()},
                      {"key_cap", tables.key_cap},
                      {"refined_keys", tables.keys.refined.size()},
                      {"cut_keys", tables.keys.cut.size()}};
}

Error bad(std::string_view place, std::string message, std::string message_zh) {
  return bilingual_error(ErrorCode::kBadInput, std::move(message_zh), std::move(message),
                         std::string(place));
}

Result<json::object> parse_models(std::string_view text, std::string_view place) {
  boost::system::error_code failure;
  const json::value value = json::parse(text, failure);
  const json::object* const root = failure ? nullptr : value.if_object();
  const json::value* const format = root == nullptr ? nullptr : root->if_contains("format");
  const json::value* const models = root == nullptr ? nullptr : root->if_contains("models");
  const bool known = format != nullptr && format->is_int64() && format->as_int64() == kFormat &&
                     models != nullptr && models->is_object();
  if (!known) {
    return bad(place,
               "not the models of this version of the program; train them: bidui model train",
               "不是本版本程序的模型；请重新训练：bidui model train");
  }
  return *root;
}

// All but the tables, of which it gives the hash ("" = none).
Result<std::string> read_json(std::string_view text, std::string_view place, RunModels& models) {
  const Result<json::object> root = parse_models(text, place);
  BIDUI_TRY(root);
  for (const auto& [name, entry] : root->at("models").as_object()) {
    const json::object* const object = entry.if_object();
    const json::value* const levels = object == nullptr ? nullptr : object->if_contains("model");
    if (levels == nullptr) {
      return bad(place, "the model of \"" + std::string(name) + "\" is missing",
                 "缺少“" + std::string(name) + "”的模型");
    }
    Result<model::Model> model = model::model_from_json(
        json::serialize(*levels), std::string(place) + ": " + std::string(name));
    BIDUI_TRY(model);
    models.models.push_back(
        {std::string(name), std::move(*model), deliveries_from(*object, "trained_on")});
  }
  const json::value* const tables = root->if_contains("tables");
  if (tables == nullptr || !tables->is_object()) return std::string();
  models.counted_on = deliveries_from(tables->as_object(), "counted_on");
  return text_of(tables->as_object(), "hash");
}

Status take_tables(std::string_view bytes, const std::string& hash, std::string_view place,
                   RunModels& models) {
  Result<link::FrequencyTables> tables = link::decode_tables(bytes, place);
  BIDUI_TRY(tables);
  if (hex(link::tables_hash(*tables)) != hash) {
    return bad(place, "these frequency tables belong to another model", "这些频率表属于另一个模型");
  }
  models.tables = std::make_shared<const link::FrequencyTables>(std::move(*tables));
  return {};
}

Result<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return errno_error("无法打开文件", "cannot open the file", path.string());
  return std::string((std::istreambuf_iterator<char>(file)), {});
}

std::filesystem::path tables_file(std::filesystem::path file) { return file += ".tables"; }

}  // namespace

const model::Model* RunModels::find(std::string_view name) const {
  const auto at = std::ranges::find(models, name, &RunModel::name);
  return at == models.end() ? nullptr : &at->model;
}

std::string models_json(const RunModels& models) {
  json::object by_name;
  for (const RunModel& m : models.models) {
    by_name[m.name] = json::object{{"trained_on", deliveries_json(m.trained_on)},
                                   {"model", json::parse(model::model_to_json(m.model))}};
  }
  return json::serialize(json::object{
      {"format", kFormat}, {"tables", tables_json(models)}, {"models", std::move(by_name)}});
}

std::string models_hash(const RunModels& models) { return hex(hash_bytes(models_json(models))); }

// In the store one value: the JSON, a zero byte, the tables. So both change in one step.
Result<RunModels> load_models(const store::Store& store) {
  RunModels models;
  const auto bytes = store.model(kKept);
  BIDUI_TRY(bytes);
  if (!*bytes) return models;
  const std::string_view kept(**bytes);
  const std::size_t end = std::min(kept.find('\0'), kept.size());
  const Result<std::string> hash = read_json(kept.substr(0, end), "the kept models", models);
  BIDUI_TRY(hash);
  if (!hash->empty())
    BIDUI_TRY(take_tables(kept.substr(std::min(end + 1, kept.size())), *hash,
                          "the kept frequency tables", models));
  return models;
}

Status save_models(store::Store& store, const RunModels& models) {
  std::string bytes = models_json(models);
  if (models.tables != nullptr) bytes += '\0' + link::encode_tables(*models.tables);
  return store.put_model(kKept, bytes);
}

Result<RunModels> read_models(const std::filesystem::path& file) {
  const Result<std::string> text = read_file(file);
  BIDUI_TRY(text);
  RunModels models;
  const Result<std::string> hash = read_json(*text, file.string(), models);
  BIDUI_TRY(hash);
  const std::filesystem::path tables = tables_file(file);
  if (hash->empty() || !std::filesystem::exists(tables)) return models;
  const Result<std::string> bytes = read_file(tables);
  BIDUI_TRY(bytes);
  BIDUI_TRY(take_tables(*bytes, *hash, tables.string(), models));
  return models;
}

Status write_models(const std::filesystem::path& file, const RunModels& models) {
  BIDUI_TRY(write_text_file(file, models_json(models) + "\n"));
  if (models.tables == nullptr) return {};
  return write_text_file(tables_file(file), link::encode_tables(*models.tables));
}

}  // namespace bidui::workspace
