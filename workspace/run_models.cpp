#include <boost/json.hpp>

#include "workspace/compare.h"

namespace bidui::workspace {
namespace {

constexpr std::string_view kModels = "linkage";

}  // namespace

Result<RunModels> load_models(const store::Store& store) {
  namespace json = boost::json;
  RunModels models;
  const auto bytes = store.model(kModels);
  BIDUI_TRY(bytes);
  if (!*bytes) return models;
  boost::system::error_code failure;
  const json::value value = json::parse(**bytes, failure);
  if (failure || !value.is_object())
    return make_error(ErrorCode::kCorrupt, "the kept models cannot be read");
  for (const auto& [name, text] : value.as_object()) {
    Result<model::Model> model =
        model::model_from_json(json::serialize(text), std::string_view(name));
    BIDUI_TRY(model);
    models.by_source.emplace_back(std::string(name), std::move(*model));
  }
  return models;
}

std::string models_json(const RunModels& models) {
  namespace json = boost::json;
  json::object object;
  for (const auto& [name, model] : models.by_source)
    object[name] = json::parse(model::model_to_json(model));
  return json::serialize(object);
}

Status save_models(store::Store& store, const RunModels& models) {
  return store.put_model(kModels, models_json(models));
}

}  // namespace bidui::workspace
