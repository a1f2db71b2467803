// Any one plausible error of a record leaves it a key in common with its true record, for the
// fields that each source has; of two errors, how many do. Writes the figures to
// tests/key_survival.tsv below the build folder.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <set>

#include "matcher/key/fuzzy_key.h"
#include "tests/matcher/record/person_error.h"

namespace bidui::key {
namespace {

using record::PersonCells;
using record::PersonError;
using record::PersonGenerator;

constexpr std::uint64_t kSeed = 8001;
constexpr int kPeople = 200;     // per source and error
constexpr int kPairPeople = 15;  // per source and pair of errors

// What a source knows of a person (reference/fields.md §9).
struct Source {
  std::string_view name;
  bool id;
  bool birth;
  bool place;
  bool phone;
};

constexpr Source kSources[] = {
    {"poverty", true, false, true, true},    {"allowance", true, true, false, false},
    {"housing", true, false, false, false},  {"housing_no_id", false, false, true, false},
    {"relocation", true, true, true, false}, {"death", true, true, false, false},
    {"civil", true, true, true, false},
};

PersonCells as_seen_by(const Source& source, PersonCells cells) {
  if (!source.id) cells.id_number.clear();
  if (!source.birth) cells.birth.clear();
  if (!source.birth) cells.sex.clear();
  if (!source.phone) cells.phone.clear();
  if (!source.place) cells.township = cells.village = cells.group = "";
  if (source.name != "civil") cells.former_name.clear();
  return cells;
}

const Source& civil() { return kSources[6]; }

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
    const auto same = left.find(hash);
    if (same != left.end() && meet(same->second, key)) kinds.insert(key.kind);
  }
  return kinds;
}

// An error that leaves a source nothing but a name, or no name: there is nothing left to find it
// by.
bool takes_all_evidence(const Source& source, PersonError error) {
  const bool number_gone = error == PersonError::kIdMissing || error == PersonError::kIdRelative ||
                           error == PersonError::kIdScientific;
  if (source.name == "housing" && number_gone) return true;
  return source.name == "housing_no_id" &&
         (error == PersonError::kNameMissing || error == PersonError::kAddressMissing);
}

struct Survival {
  int tried = 0;
  int survived = 0;
  std::map<KeyKind, int> by_kind;

  void add(const std::set<KeyKind>& kinds) {
    ++tried;
    survived += kinds.empty() ? 0 : 1;
    for (const KeyKind kind : kinds) ++by_kind[kind];
  }
  double share() const { return tried == 0 ? 1 : static_cast<double>(survived) / tried; }
};

// The true record in the civil registry, and the source's row with `errors` in it, one after the
// other.
bool make_rows(const Source& source, std::initializer_list<PersonError> errors,
               PersonGenerator& people, PersonCells& truth, PersonCells& row) {
  truth = people.next();
  row = as_seen_by(source, truth);
  for (const PersonError error : errors) {
    if (!record::make_error(error, truth, row, people.random())) return false;
  }
  truth = as_seen_by(civil(), truth);
  // 赵贵荣 written 赵贵某 names nobody any more.
  return (record::build_features(row).name.flags & record::kFlagPlaceholder) == 0;
}

Survival measure(const Source& source, std::initializer_list<PersonError> errors, int people_count,
                 std::uint64_t seed) {
  Survival survival;
  PersonGenerator people(seed);
  for (int i = 0; i < people_count; ++i) {
    PersonCells truth;
    PersonCells row;
    if (make_rows(source, errors, people, truth, row)) survival.add(shared_kinds(truth, row));
  }
  return survival;
}

void write_table(const std::map<std::string, Survival>& rows) {
  std::ofstream file(BIDUI_BINARY_DIR "/tests/key_survival.tsv");
  file << "source\terror\ttried\tsurvived";
  for (int k = 0; k < static_cast<int>(KeyKind::kCount); ++k)
    file << '\t' << key_kind_name(static_cast<KeyKind>(k));
  file << '\n';
  for (const auto& [name, survival] : rows) {
    file << name << '\t' << survival.tried << '\t' << survival.share();
    for (int k = 0; k < static_cast<int>(KeyKind::kCount); ++k) {
      const auto at = survival.by_kind.find(static_cast<KeyKind>(k));
      const double count = at == survival.by_kind.end() ? 0 : at->second;
      file << '\t' << (survival.tried == 0 ? 0 : count / survival.tried);
    }
    file << '\n';
  }
}

TEST(KeySurvival, EqualRecordsShareTheirKeys) {
  for (const Source& source : kSources) {
    const Survival survival = measure(source, {}, kPeople, kSeed);
    EXPECT_EQ(survival.share(), 1) << source.name << ", seed " << kSeed;
  }
}

TEST(KeySurvival, OneErrorLeavesAKey) {
  std::map<std::string, Survival> table;
  for (const Source& source : kSources) {
    for (const PersonError error : record::all_errors()) {
      const Survival survival = measure(source, {error}, kPeople, kSeed);
      table[std::string(source.name) + "\t" + std::string(record::error_name(error))] = survival;
      if (takes_all_evidence(source, error)) continue;
      EXPECT_EQ(survival.share(), 1) << source.name << ", " << record::error_name(error)
                                     << ", seed " << kSeed << ", " << survival.tried << " tried";
    }
  }
  write_table(table);
}

// Where number, name and birth date are all there, any two errors that leave something of them
// should leave a key (design.md §4.2).
TEST(KeySurvival, TwoErrorsSeldomTakeAllKeys) {
  const std::map<std::string_view, double> at_least = {
      {"poverty", .98}, {"allowance", .98}, {"relocation", .999}, {"death", .98}, {"civil", .999}};
  const std::vector<PersonError> errors = record::all_errors();
  for (const Source& source : kSources) {
    double sum = 0;
    int pairs = 0;
    std::string worst;
    for (std::size_t a = 0; a < errors.size(); ++a) {
      for (std::size_t b = a + 1; b < errors.size(); ++b) {
        const auto hopeless = [&](PersonError error) {
          return error == PersonError::kNameMissing || takes_all_evidence(source, error);
        };
        if (hopeless(errors[a]) || hopeless(errors[b])) continue;
        const Survival survival = measure(source, {errors[a], errors[b]}, kPairPeople, kSeed + 1);
        if (survival.tried == 0) continue;
        sum += survival.share();
        ++pairs;
        if (survival.share() < .9) {
          worst += " " + std::string(record::error_name(errors[a])) + "+" +
                   std::string(record::error_name(errors[b]));
        }
      }
    }
    const double share = sum / pairs;
    std::printf("two errors, %s: %.4f of %d pairs keep a key; below .9:%s\n",
                std::string(source.name).c_str(), share, pairs, worst.c_str());
    const auto wanted = at_least.find(source.name);
    if (wanted != at_least.end()) {
      EXPECT_GE(share, wanted->second) << source.name;
    }
  }
}

}  // namespace
}  // namespace bidui::key
