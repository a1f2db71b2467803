#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <initializer_list>
#include <utility>

#include "matcher/base/bilingual_error.h"
#include "matcher/model/model.h"

namespace bidui::model {
namespace {

namespace json = boost::json;

constexpr int kFormatVersion = 3;
constexpr std::array<std::string_view, 5> kTextKinds = {"name", "text", "identifier", "number",
                                                        "category"};

std::string name_of(const Model& model, int comparison) {
  if (comparison < compare::kPersonComparisons) return std::string(comparison_name(comparison));
  const auto i = static_cast<std::size_t>(comparison - compare::kPersonComparisons);
  return i < model.text_names.size() ? "column " + model.text_names[i]
                                     : "column " + std::to_string(i);
}

json::object levels_to_json(const Model& model, int comparison, std::size_t context) {
  json::object levels;
  const auto at = static_cast<std::size_t>(comparison);
  for (int level = 1; level < compare::kLevelCount; ++level) {
    const std::string_view name = level_name(comparison, level);
    if (name.empty()) break;
    const auto l = static_cast<std::size_t>(level);
    levels[name] = json::object{{"m", model.match.p[at][context][l]},
                                {"u", model.stranger.p[at][context][l]},
                                {"relative", model.relative.p[at][context][l]}};
  }
  return levels;
}

Error bad(std::string_view place, const std::string& zh, std::string en) {
  return bilingual_error(ErrorCode::kBadInput, zh + "；请重新训练：bidui model train",
                         std::move(en), std::string(place));
}

Error missing(std::string_view place, const std::string& name) {
  return bad(place, "缺少“" + name + "”", "\"" + name + "\" is missing");
}

// An error for the first member that is not among `known`.
Status check_members(const json::object& object, std::initializer_list<std::string_view> known,
                     std::string_view place) {
  for (const auto& [key, value] : object) {
    if (std::find(known.begin(), known.end(), std::string_view(key)) == known.end())
      return bad(place, "不认识“" + std::string(key) + "”",
                 "unknown member \"" + std::string(key) + "\"");
  }
  return {};
}

bool is_level(int comparison, std::string_view name) {
  int level = 1;
  while (level < compare::kLevelCount && level_name(comparison, level) != name) ++level;
  return !name.empty() && level < compare::kLevelCount;
}

// Reads the three probabilities of one level.
Status read_level(const json::value& value, Model& model, int comparison, std::size_t context,
                  int level, std::string_view place) {
  const std::string of_level = " of level \"" + std::string(level_name(comparison, level)) +
                               "\" of " + name_of(model, comparison);
  const std::string of_level_zh =
      name_of(model, comparison) + " 的 " + std::string(level_name(comparison, level)) + " 级";
  if (!value.is_object())
    return bad(place, of_level_zh + "缺少 m、u 和 relative",
               "m, u and relative" + of_level + " are missing");
  const json::object& p = value.as_object();
  BIDUI_TRY(check_members(p, {"m", "u", "relative"}, place));
  for (const auto& [member, table] : {std::pair{"m", &model.match}, std::pair{"u", &model.stranger},
                                      std::pair{"relative", &model.relative}}) {
    const json::value* number = p.if_contains(member);
    const double probability =
        number != nullptr && number->is_number() ? number->to_number<double>() : -1;
    if (!(probability >= 0 && probability <= 1))
      return bad(place, of_level_zh + "的 " + member + " 须是 0 到 1 的数",
                 member + of_level + " must be a number from 0 to 1");
    table->p[static_cast<std::size_t>(comparison)][context][static_cast<std::size_t>(level)] =
        probability;
  }
  return {};
}

// Reads the probabilities of one comparison's levels in one context; all levels must be there.
Status read_levels(const json::object& levels, Model& model, int comparison, std::size_t context,
                   std::string_view place) {
  for (const auto& [key, value] : levels) {
    if (!is_level(comparison, key)) {
      return bad(place, name_of(model, comparison) + " 没有“" + std::string(key) + "”级",
                 "unknown level \"" + std::string(key) + "\" of " + name_of(model, comparison));
    }
  }
  for (int level = 1; level < compare::kLevelCount; ++level) {
    const std::string_view name = level_name(comparison, level);
    if (name.empty()) break;
    const json::value* value = levels.if_contains(name);
    if (value == nullptr) {
      return bad(
          place, name_of(model, comparison) + " 缺少“" + std::string(name) + "”级",
          "level \"" + std::string(name) + "\" of " + name_of(model, comparison) + " is missing");
    }
    BIDUI_TRY(read_level(*value, model, comparison, context, level, place));
  }
  return {};
}

Status read_comparison(const json::object& comparisons, Model& model, int comparison,
                       std::string_view place) {
  const json::value* found = comparisons.if_contains(name_of(model, comparison));
  if (found == nullptr || !found->is_object()) {
    return missing(place, name_of(model, comparison));
  }
  const json::object& object = found->as_object();
  BIDUI_TRY(check_members(object, {"context 0", "context 1", "context 2"}, place));
  for (std::size_t context = 0; context < compare::kContextCount; ++context) {
    const std::string key = "context " + std::to_string(has_contexts(comparison) ? context : 0);
    const json::value* levels = object.if_contains(key);
    if (levels == nullptr || !levels->is_object()) return missing(place, key);
    BIDUI_TRY(read_levels(levels->as_object(), model, comparison, context, place));
  }
  return {};
}

Status read_columns(const json::object& root, Model& model, std::string_view place) {
  const json::value* columns = root.if_contains("columns");
  if (columns == nullptr) return {};
  if (!columns->is_array() || columns->as_array().size() > compare::kMaxTextComparisons) {
    const std::string most = std::to_string(compare::kMaxTextComparisons);
    return bad(place, "“columns”须是至多 " + most + " 项的列表",
               "\"columns\" must be an array of at most " + most);
  }
  for (const json::value& column : columns->as_array()) {
    const json::object* object = column.if_object();
    const json::value* name = object != nullptr ? object->if_contains("name") : nullptr;
    const json::value* kind = object != nullptr ? object->if_contains("kind") : nullptr;
    if (name == nullptr || kind == nullptr || !name->is_string() || !kind->is_string()) {
      return bad(place, "每列须有“name”和“kind”", "a column needs a \"name\" and a \"kind\"");
    }
    const auto at =
        std::find(kTextKinds.begin(), kTextKinds.end(), std::string_view(kind->as_string()));
    if (at == kTextKinds.end())
      return bad(place, "不认识列的种类“" + std::string(kind->as_string()) + "”",
                 "unknown kind \"" + std::string(kind->as_string()) + "\"");
    model.plan.texts.push_back(static_cast<compare::TextKind>(at - kTextKinds.begin()));
    model.text_names.emplace_back(name->as_string());
  }
  return {};
}

Status read_root(const json::object& root, Model& model, std::string_view place) {
  for (const auto& [member, target] : {std::pair{"match_share", &model.match_share},
                                       std::pair{"relative_share", &model.relative_share},
                                       std::pair{"pair_odds", &model.pair_odds},
                                       std::pair{"unheld_pair_odds", &model.unheld_pair_odds},
                                       std::pair{"log_likelihood", &model.log_likelihood}}) {
    const json::value* number = root.if_contains(member);
    if (number == nullptr || !number->is_number()) {
      return bad(place, "“" + std::string(member) + "”须是数",
                 "\"" + std::string(member) + "\" must be a number");
    }
    *target = number->to_number<double>();
  }
  const json::value* converged = root.if_contains("converged");
  const json::value* iterations = root.if_contains("iterations");
  model.converged = converged != nullptr && converged->is_bool() && converged->as_bool();
  if (iterations != nullptr && iterations->is_int64())
    model.iterations = static_cast<int>(iterations->as_int64());
  return {};
}

}  // namespace

std::string model_to_json(const Model& model) {
  json::object root;
  root["format"] = kFormatVersion;
  root["match_share"] = model.match_share;
  root["relative_share"] = model.relative_share;
  root["pair_odds"] = model.pair_odds;
  root["unheld_pair_odds"] = model.unheld_pair_odds;
  root["log_likelihood"] = model.log_likelihood;
  root["converged"] = model.converged;
  root["iterations"] = model.iterations;
  json::array columns;
  for (std::size_t i = 0; i < model.plan.texts.size(); ++i) {
    const std::string name = i < model.text_names.size() ? model.text_names[i] : std::to_string(i);
    columns.push_back(json::object{
        {"name", name}, {"kind", kTextKinds[static_cast<std::size_t>(model.plan.texts[i])]}});
  }
  root["columns"] = columns;
  json::object comparisons;
  for (int c = 0; c < model.plan.comparison_count(); ++c) {
    json::object contexts;
    for (std::size_t context = 0; context < (has_contexts(c) ? compare::kContextCount : 1);
         ++context) {
      contexts["context " + std::to_string(context)] = levels_to_json(model, c, context);
    }
    comparisons[name_of(model, c)] = contexts;
  }
  root["comparisons"] = comparisons;
  return json::serialize(root);
}

Result<Model> model_from_json(std::string_view text, std::string_view place) {
  boost::system::error_code failure;
  const json::value parsed = json::parse(text, failure);
  if (failure || !parsed.is_object())
    return bad(place, "不是模型文件（须是 JSON 对象）", "not a model file (JSON object expected)");
  const json::object& root = parsed.as_object();
  const json::value* format = root.if_contains("format");
  if (format == nullptr || !format->is_int64() || format->as_int64() != kFormatVersion) {
    const std::string version = std::to_string(kFormatVersion);
    return bad(place, "须是第 " + version + " 版的模型格式",
               "model format " + version + " expected");
  }
  BIDUI_TRY(
      check_members(root,
                    {"format", "match_share", "relative_share", "pair_odds", "unheld_pair_odds",
                     "log_likelihood", "converged", "iterations", "columns", "comparisons"},
                    place));
  Model model = default_model({}, 1, 1);
  BIDUI_TRY(read_columns(root, model, place));
  BIDUI_TRY(read_root(root, model, place));
  const json::value* comparisons = root.if_contains("comparisons");
  if (comparisons == nullptr || !comparisons->is_object()) return missing(place, "comparisons");
  const auto comparison_count = static_cast<std::size_t>(model.plan.comparison_count());
  if (comparisons->as_object().size() > comparison_count)
    return bad(place, "“comparisons”中有一项不对应任何列",
               "\"comparisons\" has a member that no column explains");
  for (int c = 0; c < model.plan.comparison_count(); ++c) {
    BIDUI_TRY(read_comparison(comparisons->as_object(), model, c, place));
  }
  return model;
}

}  // namespace bidui::model
