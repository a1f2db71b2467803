#include "matcher/compare/comparison_vector.h"

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
  for (std::size_t i = 0; i < plan.texts.size(); ++i) {
    const auto level =
        static_cast<std::uint64_t>(compare_text(plan.texts[i], a.texts[i], b.texts[i]));
    vector |= at_level(kPersonComparisons + static_cast<int>(i), level);
  }
  return vector;
}

}  // namespace bidui::compare
