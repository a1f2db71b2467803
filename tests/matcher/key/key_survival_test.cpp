// Any one plausible error of a record leaves it a key in common with its true record, for the
// fields that each source has; so do any two where the source has an ID number and a birth date.
// docs/keys.md shows the figures and is checked to be true; BIDUI_UPDATE_GOLDEN=1 writes it.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <map>
#include <set>
#include <vector>

#include "matcher/key/fuzzy_key.h"
#include "tests/matcher/key/field_set.h"
#include "tests/matcher/record/person_error.h"

namespace bidui::key {
namespace {

using record::PersonCells;
using record::PersonError;
using record::PersonGenerator;

constexpr std::uint64_t kSeed = 8001;
constexpr int kPeople = 150;     // per field set and error
constexpr int kPairPeople = 12;  // per field set and pair of errors

using Errors = std::span<const PersonError>;

std::map<std::uint64_t, FuzzyKey> keys_of(const PersonCells& cells) {
  KeyList list;
  append_person_keys(record::build_features(cells), list);
  std::map<std::uint64_t, FuzzyKey> keys;
  for (const FuzzyKey& key : list.keys()) keys.emplace(key.hash, key);
  return keys;
}

std::set<KeyKind> shared_kinds(const PersonCells& a, const PersonCells& b) {
  std::set<KeyKind> kinds;
  const auto left = keys_of(a);
  for (const auto& [hash, key] : keys_of(b)) {
    const auto at = left.find(hash);
    if (at != left.end() && meet(at->second, key)) kinds.insert(key.kind);
  }
  return kinds;
}

struct Survival {
  int tried = 0;
  int survived = 0;
  int fewest = 99;  // kinds of a record
  std::map<KeyKind, int> by_kind{};

  void add(const std::set<KeyKind>& kinds) {
    ++tried;
    survived += kinds.empty() ? 0 : 1;
    fewest = std::min(fewest, static_cast<int>(kinds.size()));
    for (const KeyKind kind : kinds) ++by_kind[kind];
  }
  double share() const { return tried == 0 ? 1 : static_cast<double>(survived) / tried; }
};

// The true record in the civil registry, and the source's row with `errors` in it, one after the
// other. False where the record has no place for one of them.
bool make_rows(const FieldSet& set, Errors errors, PersonGenerator& people, PersonCells& truth,
               PersonCells& row) {
  const bool two_parts = std::ranges::find(errors, PersonError::kNamePartMissing) != errors.end();
  truth = two_parts ? people.next_of_two_parts() : people.next();
  row = as_seen_by(set, truth);
  for (const PersonError error : errors) {
    if (!record::make_error(error, truth, row, people.random())) return false;
  }
  truth = as_seen_by(field_sets().front(), truth);
  // 赵贵荣 written 赵贵某 names nobody any more.
  return (record::build_features(row).name.flags & record::kFlagPlaceholder) == 0;
}

Survival measure(const FieldSet& set, std::vector<PersonError> errors, int people_count,
                 std::uint64_t seed) {
  Survival survival;
  PersonGenerator people(seed);
  for (int i = 0; i < people_count; ++i) {
    PersonCells truth;
    PersonCells row;
    if (make_rows(set, errors, people, truth, row)) survival.add(shared_kinds(truth, row));
  }
  return survival;
}

std::string kinds_of_one_error(PersonError error) {
  const Survival survival = measure(field_sets().front(), {error}, kPeople, kSeed);
  std::string row;
  for (int k = 0; k < static_cast<int>(KeyKind::kText); ++k) {
    const auto at = survival.by_kind.find(static_cast<KeyKind>(k));
    const int count = at == survival.by_kind.end() ? 0 : at->second;
    row += count == 0 ? " |" : count == survival.tried ? " ● |" : " ○ |";
  }
  return row;
}

std::string table_of_kinds() {
  std::string text = "| error |";
  std::string line = "\n|---|";
  for (int k = 0; k < static_cast<int>(KeyKind::kText); ++k) {
    text += fmt::format(" {} |", key_kind_name(static_cast<KeyKind>(k)));
    line += "---|";
  }
  text += line + "\n";
  for (const PersonError error : record::all_errors()) {
    if (error > PersonError::kAddressMissing) continue;  // the civil registry has no telephone
    text += fmt::format("| {} |{}\n", record::error_name(error), kinds_of_one_error(error));
  }
  return text;
}

std::string table_of_single_errors() {
  std::string text = "| error |";
  std::string line = "\n|---|";
  for (const FieldSet& set : field_sets()) {
    text += fmt::format(" {} |", set.name);
    line += "---|";
  }
  text += line + "\n";
  for (const PersonError error : record::all_errors()) {
    text += fmt::format("| {} |", record::error_name(error));
    for (const FieldSet& set : field_sets()) {
      if (!has_place_for(set, error)) {
        text += " |";
      } else if (!leaves_evidence(set, std::array{error})) {
        text += " – |";
      } else {
        const Survival survival = measure(set, {error}, kPeople, kSeed);
        text += survival.survived == survival.tried
                    ? fmt::format(" {} |", survival.fewest)
                    : fmt::format(" **{:.2f}** |", survival.share());
      }
    }
    text += "\n";
  }
  return text;
}

struct PairFigures {
  int pairs = 0;     // of errors that leave evidence
  int complete = 0;  // of which no record lost all keys
  int hopeless = 0;
  std::vector<std::string> incomplete{};
};

PairFigures measure_pairs(const FieldSet& set) {
  PairFigures figures;
  const std::vector<PersonError> errors = record::all_errors();
  for (std::size_t a = 0; a < errors.size(); ++a) {
    for (std::size_t b = a; b < errors.size(); ++b) {
      if (!has_place_for(set, errors[a]) || !has_place_for(set, errors[b])) continue;
      if (!leaves_evidence(set, std::array{errors[a], errors[b]})) {
        ++figures.hopeless;
        continue;
      }
      const Survival survival = measure(set, {errors[a], errors[b]}, kPairPeople, kSeed + 1);
      if (survival.tried == 0) continue;
      ++figures.pairs;
      if (survival.survived == survival.tried) {
        ++figures.complete;
      } else {
        figures.incomplete.push_back(
            fmt::format("{} + {}", record::error_name(errors[a]), record::error_name(errors[b])));
      }
    }
  }
  return figures;
}

std::string rows_of_pairs(const std::vector<PairFigures>& all) {
  std::string text =
      "| fields of | pairs of errors | all records keep a key | nothing left to find by |\n"
      "|---|---|---|---|\n";
  for (std::size_t i = 0; i < all.size(); ++i) {
    text += fmt::format("| {} ({}) | {} | {} | {} |\n", field_sets()[i].name,
                        field_sets()[i].fields, all[i].pairs, all[i].complete, all[i].hopeless);
  }
  text += "\nPairs that leave some records no key:\n";
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].incomplete.empty()) continue;
    text += fmt::format("- *{}* ({}): ", field_sets()[i].name, all[i].incomplete.size());
    constexpr std::size_t kShown = 12;
    for (std::size_t p = 0; p < std::min(kShown, all[i].incomplete.size()); ++p)
      text += (p == 0 ? "" : "; ") + all[i].incomplete[p];
    text += all[i].incomplete.size() > kShown ? "; …\n" : "\n";
  }
  return text;
}

// Replaces or compares what stands between the markers of `section` in docs/keys.md.
void expect_section(const std::string& section, const std::string& text) {
  const std::string path = BIDUI_SOURCE_DIR "/docs/keys.md";
  std::ifstream in(path, std::ios::binary);
  std::string page{std::istreambuf_iterator<char>(in), {}};
  const std::string begin_mark = "<!-- " + section + ": written by matcher_key_test -->\n";
  const std::string end_mark = "<!-- " + section + ": end -->";
  const std::size_t begin = page.find(begin_mark);
  const std::size_t end = page.find(end_mark);
  ASSERT_TRUE(begin != std::string::npos && end != std::string::npos) << path << ": " << section;
  const std::size_t from = begin + begin_mark.size();
  if (std::getenv("BIDUI_UPDATE_GOLDEN") != nullptr) {
    page.replace(from, end - from, text);
    std::ofstream(path, std::ios::binary) << page;
    return;
  }
  EXPECT_TRUE(page.substr(from, end - from) == text)
      << path << ", " << section << " should be (BIDUI_UPDATE_GOLDEN=1 writes it):\n"
      << text;
}

TEST(KeySurvival, EqualRecordsShareTheirKeys) {
  for (const FieldSet& set : field_sets()) {
    EXPECT_EQ(measure(set, {}, kPeople, kSeed).share(), 1) << set.name << ", seed " << kSeed;
  }
}

TEST(KeySurvival, OneErrorLeavesAKey) {
  for (const FieldSet& set : field_sets()) {
    for (const PersonError error : record::all_errors()) {
      if (!has_place_for(set, error) || !leaves_evidence(set, std::array{error})) continue;
      const Survival survival = measure(set, {error}, kPeople, kSeed + 2);
      EXPECT_GT(survival.tried, 0) << set.name << ", " << record::error_name(error);
      EXPECT_EQ(survival.share(), 1) << set.name << ", " << record::error_name(error) << ", seed "
                                     << kSeed + 2 << ", " << survival.tried << " tried";
    }
  }
}

TEST(KeySurvival, DocumentSaysWhichKindsSurvive) {
  expect_section("single errors", table_of_single_errors());
  expect_section("kinds", table_of_kinds());
}

// Where number, name and birth date are all there, any two errors that leave something of them
// leave a key (design.md §4.2).
TEST(KeySurvival, TwoErrorsLeaveAKeyWhereThereIsANumberAndABirthDate) {
  std::vector<PairFigures> all;
  for (const FieldSet& set : field_sets()) {
    all.push_back(measure_pairs(set));
    if (set.id && set.birth) {
      for (const std::string& pair : all.back().incomplete)
        ADD_FAILURE() << set.name << ": " << pair;
    }
  }
  expect_section("pairs of errors", rows_of_pairs(all));
}

// tests/cases/key/errors.tsv: an example of each error, by name.
TEST(KeySurvival, EveryErrorHasAnExample) {
  std::ifstream file(BIDUI_SOURCE_DIR "/tests/cases/key/errors.tsv");
  std::set<std::string> known;
  for (const PersonError error : record::all_errors()) known.emplace(record::error_name(error));
  std::set<std::string> shown;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (number == 1 || line.empty() || line.front() == '#') continue;
    const std::string error = line.substr(0, line.find('\t'));
    EXPECT_TRUE(known.contains(error)) << "tests/cases/key/errors.tsv:" << number;
    shown.insert(error);
  }
  EXPECT_EQ(shown, known);
}

}  // namespace
}  // namespace bidui::key
