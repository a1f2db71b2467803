#include "matcher/rule/facts.h"

#include "matcher/rule/view.h"

namespace bidui::rule {
namespace {

constexpr FactType kFacts[] = {{"key", Fact::kKey, ValueKind::kText},
                               {"division", Fact::kDivision, ValueKind::kText},
                               {"id_state", Fact::kIdState, ValueKind::kText},
                               {"id_birth", Fact::kIdBirth, ValueKind::kDate},
                               {"id_sex", Fact::kIdSex, ValueKind::kText},
                               {"id_region", Fact::kIdRegion, ValueKind::kNumber},
                               {"county_code", Fact::kCountyCode, ValueKind::kNumber},
                               {"listed_by", Fact::kListedBy, ValueKind::kNumber},
                               {"is_head", Fact::kIsHead, ValueKind::kBoolean},
                               {"generation", Fact::kGeneration, ValueKind::kNumber}};

}  // namespace

std::span<const FactType> fact_types() { return kFacts; }

const FactType* find_fact(std::string_view name) {
  for (const FactType& fact : kFacts) {
    if (fact.name == name) return &fact;
  }
  return nullptr;
}

const std::vector<std::string>* fact_codes(Fact fact) {
  static const std::vector<std::string> states(id_state_codes().begin(), id_state_codes().end());
  static const std::vector<std::string> sexes = {"male", "female"};
  if (fact == Fact::kIdState) return &states;
  return fact == Fact::kIdSex ? &sexes : nullptr;
}

}  // namespace bidui::rule
