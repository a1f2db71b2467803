// tests/cases/compare/*.tsv: two values as offices write them, and the level of agreement that they
// must give after the whole line of standardisation.
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
