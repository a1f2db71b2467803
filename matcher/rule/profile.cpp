#include "matcher/rule/profile.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <utility>

#include "matcher/base/hash.h"
#include "matcher/rule/suggest.h"

namespace bidui::rule {
namespace {

Result<Rule*> find_rule(std::vector<Rule>& rules, const std::string& id, const JsonReader& place) {
  const auto at = std::ranges::find(rules, id, &Rule::id);
  if (at != rules.end()) return &*at;
  std::vector<std::string> ids;
  for (const Rule& known : rules) ids.push_back(known.id);
  return place.error(
      Bilingual{fmt::format("没有规则“{}”", id), fmt::format("there is no rule '{}'", id)} +
      suggestion(id, ids));
}

// The value goes to every rule that has a parameter of the name.
Status apply_common_parameters(std::vector<Rule>& rules, const JsonReader& values) {
  const auto given = values.members();
  if (!given) return given.error();
  for (const auto& [name, value] : *given) {
    bool found = false;
    std::vector<std::string> names;
    for (Rule& rule : rules) {
      for (Parameter& parameter : rule.parameters) {
        names.push_back(parameter.name);
        if (parameter.name != name) continue;
        found = true;
        BIDUI_TRY(set_parameter(value, parameter));
        rule.content_hash =
            hash_bytes(name + boost::json::serialize(value.value()), rule.content_hash);
      }
    }
    if (!found) {
      return value.error(Bilingual{fmt::format("没有一条规则有参数“{}”", name),
                                   fmt::format("no rule has a parameter '{}'", name)} +
                         suggestion(name, names));
    }
  }
  return {};
}

// How a local list (四类人员, 七不进, …) treats the rules it names.
struct Treatment {
  std::string_view key;
  std::optional<Severity> severity;
  std::string_view words;
  std::string_view words_en;
};

constexpr Treatment kTreatments[] = {
    {"strike", Severity::kHigh, "（清退）", " (to be struck off)"},
    {"examine", Severity::kMedium, "（核查）", " (to be examined)"},
    {"rules", std::nullopt, "", ""}};

Status apply_list(std::vector<Rule>& rules, const JsonReader& list) {
  BIDUI_TRY(list.allow_keys({"title", "title_en", "strike", "examine", "rules"}));
  const auto title = list.member("title");
  if (!title) return title.error();
  const auto words = title->text();
  if (!words) return words.error();
  const auto words_en = list.has("title_en") ? list.member("title_en")->text() : words;
  if (!words_en) return words_en.error();
  for (const Treatment& treatment : kTreatments) {
    if (!list.has(treatment.key)) continue;
    const JsonReader named = *list.member(treatment.key);
    const auto ids = named.texts();
    if (!ids) return ids.error();
    for (const std::string& id : *ids) {
      const auto rule = find_rule(rules, id, named);
      if (!rule) return rule.error();
      Rule& changed = **rule;
      if (treatment.severity) {
        changed.severity = *treatment.severity;
        changed.severity_cases.clear();
      }
      const Bilingual line =
          Bilingual{*words, *words_en} +
          Bilingual{std::string(treatment.words), std::string(treatment.words_en)};
      changed.content_hash = hash_bytes(line.zh, changed.content_hash);
      changed.basis.push_back(line);
    }
  }
  return {};
}

// Shares of 1; "refuse" is a flag.
Status read_quality(const JsonReader& limits, QualityLimits& quality) {
  const auto given = limits.members();
  if (!given) return given.error();
  for (const auto& [name, value] : *given) {
    if (name == "refuse") {
      const auto refuse = value.flag();
      if (!refuse) return refuse.error();
      quality.refuse = *refuse;
      continue;
    }
    const auto at = std::ranges::find(kQualityLimits, name, &NamedLimit::name);
    if (at == kQualityLimits.end()) {
      std::vector<std::string> names = {"refuse"};
      for (const NamedLimit& known : kQualityLimits) names.emplace_back(known.name);
      return value.error(Bilingual{fmt::format("没有质量界限“{}”", name),
                                   fmt::format("there is no quality limit '{}'", name)} +
                         suggestion(name, names));
    }
    const auto number = value.number();
    if (!number) return number.error();
    if (*number < 0)
      return value.error({"质量界限是比例（.05 即 5%），不能是负数",
                          "a quality limit is a share (.05 is 5 %), not negative"});
    quality.*at->limit = *number;
  }
  return {};
}

Result<bool> is_enabled(const JsonReader& entry) {
  if (!entry.has("enabled")) return true;
  return entry.member("enabled")->flag();
}

}  // namespace

Result<Profile> Profile::parse(std::span<const NamedText> layers) {
  Profile profile;
  for (const NamedText& layer : layers) {
    auto file = parse_json_file(layer.name, layer.text);
    if (!file) return file.error();
    profile.hash_ = hash_bytes(layer.text, profile.hash_);
    profile.files_.push_back(std::move(*file));
    BIDUI_TRY(profile.read_layer(JsonReader(*profile.files_.back())));
  }
  return profile;
}

Status Profile::read_layer(const JsonReader& layer) {
  BIDUI_TRY(layer.allow_keys({"name", "title", "title_en", "contest_days", "authorised_lookup",
                              "quality", "parameters", "lists", "rules"}));
  // A layer with a title of its own and no English does not go by the English of the one below.
  if (layer.has("title")) title_en_.clear();
  for (const auto& [key, target] : {std::pair("name", &name_), std::pair("title", &title_),
                                    std::pair("title_en", &title_en_)}) {
    if (!layer.has(key)) continue;
    auto text = layer.member(key)->text();
    if (!text) return text.error();
    *target = std::move(*text);
  }
  if (layer.has("authorised_lookup")) {
    const auto needed = layer.member("authorised_lookup")->flag();
    if (!needed) return needed.error();
    lookup_needs_authorisation_ = *needed;
  }
  if (layer.has("quality")) BIDUI_TRY(read_quality(*layer.member("quality"), quality_));
  if (!layer.has("contest_days")) return {};
  const JsonReader given = *layer.member("contest_days");
  const auto days = given.whole_number();
  if (!days) return days.error();
  if (*days < 1)
    return given.error({"申辩期至少一天", "a household has one day at least to contest"});
  contest_days_ = *days;
  return {};
}

Status Profile::apply(std::vector<Rule>& rules, std::vector<Rule>& switched_off) const {
  std::optional<JsonReader> lists;
  for (const auto& file : files_) {
    const JsonReader layer(*file);
    if (layer.has("parameters"))
      BIDUI_TRY(apply_common_parameters(rules, *layer.member("parameters")));
    if (layer.has("lists")) lists = *layer.member("lists");  // a county's own replace the others
  }
  if (lists) {
    const auto all = lists->items();
    if (!all) return all.error();
    for (const JsonReader& list : *all) BIDUI_TRY(apply_list(rules, list));
  }
  std::vector<std::string> off;
  for (const auto& file : files_) {
    const JsonReader layer(*file);
    if (!layer.has("rules")) continue;
    const auto entries = layer.member("rules")->members();
    if (!entries) return entries.error();
    for (const auto& [id, entry] : *entries) {
      const auto rule = find_rule(rules, id, entry);
      if (!rule) return rule.error();
      BIDUI_TRY(apply_profile(**rule, entry));
      const auto enabled = is_enabled(entry);
      if (!enabled) return enabled.error();
      if (entry.has("enabled")) std::erase(off, id);
      if (!*enabled) off.push_back(id);
    }
  }
  for (const std::string& id : off) {
    const auto at = std::ranges::find(rules, id, &Rule::id);
    switched_off.push_back(std::move(*at));
    rules.erase(at);
  }
  std::ranges::sort(switched_off, {}, &Rule::id);
  return {};
}

}  // namespace bidui::rule
