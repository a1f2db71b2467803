// Two records as a file has them: features, keys and the comparison of both.
#include <vector>

#include "matcher/compare/comparison_vector.h"
#include "matcher/key/fuzzy_key.h"
#include "matcher/record/feature_builder.h"
#include "tests/fuzz/fuzz_target.h"

namespace bidui::fuzz {
namespace {

record::PersonFeatures features_of(std::string_view line) {
  static const record::FeatureBuilder builder(340826);
  std::vector<std::string_view> cells = split(line, '|');
  cells.resize(12);
  record::RepairCounts repairs{};
  return builder.build({.name = cells[0],
                        .former_name = cells[1],
                        .id_number = cells[2],
                        .birth = cells[3],
                        .birth_year = cells[4],
                        .birth_month = cells[5],
                        .birth_day = cells[6],
                        .sex = cells[7],
                        .phone = cells[8],
                        .household = cells[9],
                        .address = {.township = cells[10], .village = cells[11]}},
                       repairs);
}

}  // namespace

std::string check_person(std::string_view bytes) {
  std::vector<std::string_view> lines = split(bytes, '\n');
  lines.resize(2);
  const record::PersonFeatures a = features_of(lines[0]);
  const record::PersonFeatures b = features_of(lines[1]);
  const compare::ComparisonPlan plan{.texts = {record::TextKind::kName, record::TextKind::kText,
                                               record::TextKind::kIdentifier,
                                               record::TextKind::kNumber}};
  const auto make_texts = [](std::string_view line) {
    return std::vector<record::TextFeature>(4, record::build_text_feature(line));
  };
  const std::vector<record::TextFeature> texts_a = make_texts(lines[0]);
  const std::vector<record::TextFeature> texts_b = make_texts(lines[1]);
  const compare::RecordView left{&a, texts_a};
  const compare::RecordView right{&b, texts_b};
  if (compare_records(plan, left, right) != compare_records(plan, right, left))
    return "the order of the two sides matters";
  static const key::TextKeyPlan keys_plan = key::plan_text_keys(plan.texts, true, true);
  key::KeyList keys;
  key::append_person_keys(a, keys);
  if (keys.keys().size() > key::kMaxPersonKeys) return "too many keys of a person";
  key::append_text_keys(keys_plan, left, keys);
  return "";
}

}  // namespace bidui::fuzz
