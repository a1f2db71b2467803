// tests/cases/compare/*.tsv: two values as offices write them, and the level of agreement that they
// must give after the whole line of standardisation.
#include <array>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <vector>

#include "matcher/compare/compare_birth.h"
#include "matcher/compare/compare_id.h"
#include "matcher/compare/compare_name.h"
#include "matcher/compare/compare_place.h"
#include "matcher/compare/comparison_vector.h"
#include "matcher/compare/id_evidence.h"
#include "matcher/model/model.h"
#include "tests/matcher/record/sample_person.h"

namespace bidui::compare {
namespace {

using record::PersonFeatures;
using record::PersonText;

std::vector<std::string> split(const std::string& line, char delimiter) {
  std::vector<std::string> cells(1);
  for (const char c : line) {
    if (c == delimiter) {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  return cells;
}

struct Case {
  std::string where;  // file:line
  std::vector<std::string> cells;
};

std::vector<Case> read_cases(const std::string& name) {
  const std::string path = "tests/cases/compare/" + name;
  std::ifstream file(std::string(BIDUI_SOURCE_DIR "/") + path);
  std::vector<Case> cases;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (number == 1 || line.empty() || line.front() == '#') continue;
    cases.push_back({path + ":" + std::to_string(number), split(line, '\t')});
  }
  EXPECT_FALSE(cases.empty()) << path;
  return cases;
}

PersonFeatures features_of(const PersonText& text) {
  static const record::FeatureBuilder builder(record::kSampleCounty);
  record::RepairCounts repairs{};
  return builder.build(text, repairs);
}

// One test per table: `build` makes the features of a cell, `compare` the level of two.
template <typename Build, typename Compare>
void check_levels(const std::string& table, Comparison comparison, Build build, Compare compare) {
  for (const Case& c : read_cases(table)) {
    ASSERT_GE(c.cells.size(), 3U) << c.where;
    const PersonFeatures left = build(c.cells[0]);
    const PersonFeatures right = build(c.cells[1]);
    const int number = static_cast<int>(comparison);
    EXPECT_EQ(model::level_name(number, static_cast<int>(compare(left, right))), c.cells[2])
        << c.where;
    EXPECT_EQ(compare(left, right), compare(right, left)) << c.where << ": sides exchanged";
  }
}

TEST(LevelTable, Names) {
  const auto build = [](const std::string& cell) {  // name|former name
    const std::vector<std::string> parts = split(cell, '|');
    return features_of(
        {.name = parts[0], .former_name = parts.size() > 1 ? std::string_view(parts[1]) : ""});
  };
  check_levels("name_levels.tsv", Comparison::kName, build, compare_name);
}

TEST(LevelTable, IdNumbers) {
  const auto build = [](const std::string& cell) { return features_of({.id_number = cell}); };
  check_levels("id_levels.tsv", Comparison::kId, build, compare_id);
}

std::string_view part_name(IdPart part) {
  constexpr std::array<std::string_view, 5> kNames = {"none", "region", "birth", "sequence",
                                                      "several"};
  return kNames[static_cast<std::size_t>(part)];
}

TEST(LevelTable, AlteredNumbers) {
  for (const Case& c : read_cases("id_alterations.tsv")) {
    ASSERT_GE(c.cells.size(), 6U) << c.where;
    const PersonFeatures a = features_of({.id_number = c.cells[0]});
    const PersonFeatures b = features_of({.id_number = c.cells[1]});
    const IdAlteration found = id_alteration(a, b);
    EXPECT_EQ(part_name(found.part), c.cells[2]) << c.where;
    EXPECT_EQ(std::to_string(found.digits), c.cells[3]) << c.where;
    EXPECT_EQ(std::to_string(found.years_later), c.cells[4]) << c.where;
    EXPECT_EQ(std::to_string(static_cast<int>(found.bits)), c.cells[5]) << c.where;
    EXPECT_EQ(found.bits, id_alteration(b, a).bits) << c.where << ": sides exchanged";
  }
}

TEST(LevelTable, NumbersAndTheirRecords) {  // number, birth date, sex, county -> levels
  const auto place = [](int comparison, int level) { return model::level_name(comparison, level); };
  for (const Case& c : read_cases("id_consistency.tsv")) {
    ASSERT_GE(c.cells.size(), 7U) << c.where;
    const IdConsistency found = id_consistency(features_of({.id_number = c.cells[0],
                                                            .birth = c.cells[1],
                                                            .sex = c.cells[2],
                                                            .address = {.text = c.cells[3]}}));
    EXPECT_EQ(place(2, static_cast<int>(found.birth)), c.cells[4]) << c.where;
    EXPECT_EQ(place(3, static_cast<int>(found.sex)), c.cells[5]) << c.where;
    EXPECT_EQ(place(4, static_cast<int>(found.region)), c.cells[6]) << c.where;
  }
}

TEST(LevelTable, FindingsOnNumbers) {
  const auto features = [](std::string_view id) { return features_of({.id_number = id}); };
  const PersonFeatures good = features("342826195503121016");
  const PersonFeatures altered = features("342826194503121011");
  const PersonFeatures typed = features("342826195703121016");
  EXPECT_EQ(id_finding(good, good, true), IdFinding::kNone);
  EXPECT_EQ(id_finding(good, good, false), IdFinding::kSharedNumber);
  EXPECT_EQ(id_finding(good, altered, true), IdFinding::kTwoNumbers);
  EXPECT_EQ(id_finding(good, altered, false), IdFinding::kNone);
  EXPECT_EQ(id_finding(good, typed, true), IdFinding::kMistyped);
  EXPECT_EQ(id_finding(good, features("34282619503121016"), true), IdFinding::kMistyped);
  EXPECT_EQ(id_finding(good, features("待补"), true), IdFinding::kNone);
}

// The plausible errors (tests/cases/key/errors.tsv) with the level that each must give.
TEST(LevelTable, PlausibleErrors) {
  const auto build = [](const std::string& error, const std::string& cell) {
    const std::vector<std::string> parts = split(cell + "||", '|');
    if (error.starts_with("id_")) return features_of({.id_number = cell});
    if (error.starts_with("birth_")) return features_of({.birth = cell});
    if (error.starts_with("phone_")) return features_of({.phone = cell});
    const bool place = error.starts_with("village") || error.starts_with("township") ||
                       error.starts_with("group") || error.starts_with("address");
    if (place)
      return features_of(
          {.address = {.township = parts[0], .village = parts[1], .group = parts[2]}});
    return features_of({.name = parts[0], .former_name = parts[1]});
  };
  for (const Case& c : read_cases("../key/errors.tsv")) {
    ASSERT_GE(c.cells.size(), 4U) << c.where;
    const PersonFeatures a = build(c.cells[0], c.cells[1]);
    const PersonFeatures b = build(c.cells[0], c.cells[2]);
    const ComparisonVector v = compare_records({}, {&a}, {&b});
    const std::string& error = c.cells[0];
    const int comparison = error.starts_with("id_")      ? 1
                           : error.starts_with("birth_") ? 2
                           : error.starts_with("phone_") ? 5
                           : a.village != 0              ? 4
                                                         : 0;
    EXPECT_EQ(model::level_name(comparison, level_at(v, comparison)), c.cells[3]) << c.where;
  }
}

TEST(LevelTable, BirthDates) {
  const auto build = [](const std::string& cell) { return features_of({.birth = cell}); };
  check_levels("birth_levels.tsv", Comparison::kBirth, build,
               [](const PersonFeatures& a, const PersonFeatures& b) {
                 return compare_birth(a.birth, b.birth);
               });
}

TEST(LevelTable, Addresses) {
  // county|township|village|group, township|village|group, or a free text
  const auto build = [](const std::string& cell) {
    std::vector<std::string> parts = split(cell, '|');
    if (parts.size() < 3) return features_of({.address = {.text = parts[0]}});
    if (parts.size() == 3) parts.insert(parts.begin(), "");
    return features_of(
        {.address = {
             .county = parts[0], .township = parts[1], .village = parts[2], .group = parts[3]}});
  };
  check_levels("address_levels.tsv", Comparison::kAddress, build, compare_address);
}

TEST(LevelTable, Phones) {
  const auto build = [](const std::string& cell) { return features_of({.phone = cell}); };
  check_levels("phone_levels.tsv", Comparison::kPhone, build,
               [](const PersonFeatures& a, const PersonFeatures& b) {
                 return compare_phone(a.phone, b.phone);
               });
}

TextKind kind_of(const std::string& name) {
  if (name == "name") return TextKind::kName;
  if (name == "text") return TextKind::kText;
  if (name == "identifier") return TextKind::kIdentifier;
  return name == "number" ? TextKind::kNumber : TextKind::kCategory;
}

TEST(LevelTable, FreeColumns) {
  for (const Case& c : read_cases("text_levels.tsv")) {
    ASSERT_GE(c.cells.size(), 4U) << c.where;
    const TextKind kind = kind_of(c.cells[0]);
    const auto left = record::build_text_feature(c.cells[1]);
    const auto right = record::build_text_feature(c.cells[2]);
    const int level = static_cast<int>(compare_text(kind, left, right));
    EXPECT_EQ(model::level_name(kPersonComparisons, level), c.cells[3]) << c.where;
  }
}

}  // namespace
}  // namespace bidui::compare
