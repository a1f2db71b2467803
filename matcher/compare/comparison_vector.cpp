#include "matcher/compare/comparison_vector.h"

#include <algorithm>
#include <array>

#include "matcher/compare/compare_birth.h"
#include "matcher/compare/compare_id.h"
#include "matcher/compare/compare_name.h"
#include "matcher/compare/compare_place.h"

namespace bidui::compare {
namespace {

using record::PersonFeatures;

bool from_id(const PersonFeatures& a, const PersonFeatures& b, std::uint8_t flag) {
  return ((a.flags | b.flags) & flag) != 0;
}

// The ID level already says that the birth dates inside the numbers are equal.
bool implies_birth(IdLevel id) {
  return id == IdLevel::kBirthSequence || id == IdLevel::kPrefix || id == IdLevel::kRegionBirth ||
         id == IdLevel::kNeighbour || id == IdLevel::kBirth;
}

// Given and family name may stand in each other's place: then the first says that they do, the
// second how well they agree there, so that the exchange counts once.
void exchange_names(const ComparisonPlan& plan, const RecordView& a, const RecordView& b,
                    std::array<TextLevel, kMaxTextComparisons>& levels) {
  const auto is_name = [](TextKind kind) { return kind == TextKind::kName; };
  const auto first = std::ranges::find_if(plan.texts, is_name);
  if (first == plan.texts.end()) return;
  const auto second = std::find_if(first + 1, plan.texts.end(), is_name);
  if (second == plan.texts.end()) return;
  const auto i = static_cast<std::size_t>(first - plan.texts.begin());
  const auto j = static_cast<std::size_t>(second - plan.texts.begin());
  if (levels[i] < TextLevel::kRelated || levels[j] < TextLevel::kRelated) return;
  const TextLevel across = compare_text(TextKind::kName, a.texts[i], b.texts[j]);
  const TextLevel back = compare_text(TextKind::kName, a.texts[j], b.texts[i]);
  const TextLevel worse = std::max(across, back);
  if (worse > TextLevel::kSimilar || std::min(across, back) == TextLevel::kMissing) return;
  levels[i] = TextLevel::kExchanged;
  levels[j] = worse;
}

}  // namespace

ComparisonVector compare_records(const ComparisonPlan& plan, const RecordView& a,
                                 const RecordView& b) {
  const PersonFeatures& x = *a.person;
  const PersonFeatures& y = *b.person;
  const IdLevel id = compare_id(x, y);
  ComparisonVector vector =
      at_level(Comparison::kName, static_cast<std::uint64_t>(compare_name(x, y))) |
      at_level(Comparison::kId, static_cast<std::uint64_t>(id)) |
      at_level(Comparison::kAddress, static_cast<std::uint64_t>(compare_address(x, y))) |
      at_level(Comparison::kPhone, static_cast<std::uint64_t>(compare_phone(x.phone, y.phone)));
  const bool id_known = id != IdLevel::kMissing;
  if (!id_known || !(implies_birth(id) || from_id(x, y, record::kBirthFromId))) {
    vector |=
        at_level(Comparison::kBirth, static_cast<std::uint64_t>(compare_birth(x.birth, y.birth)));
  }
  if (!id_known || !from_id(x, y, record::kSexFromId)) {
    vector |= at_level(Comparison::kSex, static_cast<std::uint64_t>(compare_sex(x.sex, y.sex)));
  }
  if (plan.texts.empty()) return vector;
  std::array<TextLevel, kMaxTextComparisons> levels{};
  for (std::size_t i = 0; i < plan.texts.size(); ++i)
    levels[i] = compare_text(plan.texts[i], a.texts[i], b.texts[i]);
  exchange_names(plan, a, b, levels);
  for (std::size_t i = 0; i < plan.texts.size(); ++i) {
    vector |=
        at_level(kPersonComparisons + static_cast<int>(i), static_cast<std::uint64_t>(levels[i]));
  }
  return vector;
}

}  // namespace bidui::compare
