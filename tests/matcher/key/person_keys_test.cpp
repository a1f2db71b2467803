#include <gtest/gtest.h>
#include <map>
#include <set>
#include <vector>

#include "matcher/key/fuzzy_key.h"
#include "tests/matcher/record/sample_person.h"

namespace bidui::key {
namespace {

using record::build_features;
using record::id_number_of;
using record::PersonCells;

std::vector<FuzzyKey> keys_of(const PersonCells& cells) {
  KeyList list;
  append_person_keys(build_features(cells), list);
  return {list.keys().begin(), list.keys().end()};
}

std::set<KeyKind> kinds_of(const PersonCells& cells) {
  std::set<KeyKind> kinds;
  for (const FuzzyKey& key : keys_of(cells)) kinds.insert(key.kind);
  return kinds;
}

std::set<KeyKind> shared(const PersonCells& a, const PersonCells& b) {
  std::set<KeyKind> kinds;
  for (const FuzzyKey& x : keys_of(a)) {
    for (const FuzzyKey& y : keys_of(b)) {
      if (meet(x, y)) kinds.insert(y.kind);
    }
  }
  return kinds;
}

TEST(PersonKeys, KindsHaveDistinctNames) {
  std::set<std::string_view> names;
  for (int k = 0; k < static_cast<int>(KeyKind::kCount); ++k) {
    const std::string_view name = key_kind_name(static_cast<KeyKind>(k));
    EXPECT_FALSE(name.empty()) << k;
    EXPECT_TRUE(names.insert(name).second) << name;
  }
}

TEST(PersonKeys, NobodyHasNoKeys) {
  EXPECT_TRUE(keys_of({}).empty());
  EXPECT_TRUE(keys_of({.name = "未取名"}).empty());
  EXPECT_TRUE(keys_of({.name = "王伟"}).empty());  // a name alone tells nobody
  EXPECT_TRUE(keys_of({.name = "王伟之妻", .birth = "1955-03-12"}).empty() ||
              !kinds_of({.name = "王伟之妻", .birth = "1955-03-12"}).contains(KeyKind::kNameYear));
}

TEST(PersonKeys, AreAPureFunctionOfTheRecord) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const PersonCells cells = record::PersonGenerator(seed).next();
    const auto a = keys_of(cells);
    const auto b = keys_of(cells);
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
      EXPECT_EQ(a[i].hash, b[i].hash);
      EXPECT_EQ(a[i].refinement, b[i].refinement);
    }
    EXPECT_LE(a.size(), kMaxKeys);
  }
}

TEST(PersonKeys, EveryKindButColumnsComesFromAFullRecord) {
  record::PersonCells cells = record::PersonGenerator(1).next();
  cells.former_name = "王二娃";
  std::set<KeyKind> expected;
  for (int k = 0; k < static_cast<int>(KeyKind::kText); ++k)
    expected.insert(static_cast<KeyKind>(k));
  EXPECT_EQ(kinds_of(cells), expected);
}

TEST(PersonKeys, UnrelatedPeopleShareNothing) {
  int sharing = 0;
  record::PersonGenerator people(5);
  for (int i = 0; i < 1000; ++i) sharing += shared(people.next(), people.next()).empty() ? 0 : 1;
  EXPECT_LE(sharing, 10);  // a surname and a birth date by chance
}

TEST(PersonKeys, RuinedNumberMakesNoNumberKey) {
  const std::string id = id_number_of(342826, 19550312, 101);
  const std::set<KeyKind> kinds = kinds_of({.name = "王伟", .id_number = id.substr(0, 15) + "000"});
  EXPECT_FALSE(kinds.contains(KeyKind::kId));
  EXPECT_FALSE(kinds.contains(KeyKind::kIdBirthSequence));
  EXPECT_TRUE(kinds.contains(KeyKind::kBirthSurname));  // its birth date is left
}

TEST(PersonKeys, BirthInsideTheNumberMeetsTheOwnDateOfAnother) {
  const std::string id = id_number_of(342826, 19550312, 101);
  const PersonCells lunar{.name = "王伟", .id_number = id, .birth = "1955-02-18"};
  EXPECT_TRUE(
      shared(lunar, {.name = "王伟", .birth = "1955-03-12"}).contains(KeyKind::kBirthSurname));
  EXPECT_TRUE(
      shared(lunar, {.name = "王伟", .birth = "1955-02-18"}).contains(KeyKind::kBirthSurname));
}

TEST(PersonKeys, FormerNameMeetsTheNameOfAnother) {
  const PersonCells registry{.name = "王伟", .former_name = "王二娃", .birth = "1955-03-12"};
  const PersonCells list{.name = "王二娃", .birth = "1955"};
  EXPECT_FALSE(shared(registry, list).empty());
  EXPECT_FALSE(shared(list, registry).empty());
}

TEST(PersonKeys, CompoundSurnameMeetsItsShortForm) {
  const PersonCells full{.name = "欧阳建国", .birth = "1955-03-12"};
  EXPECT_TRUE(
      shared(full, {.name = "欧建国", .birth = "1955-03-12"}).contains(KeyKind::kBirthSurname));
}

TEST(PersonKeys, FullestRecordStaysWithinItsBound) {
  const std::string id = id_number_of(342826, 19550312, 101);
  PersonCells cells = record::PersonGenerator(1).next();
  cells.name = "欧阳建国(欧阳二娃)";
  cells.former_name = "欧阳狗娃";
  cells.id_number = id;
  cells.birth = "1955-02-18";
  EXPECT_LE(keys_of(cells).size(), kMaxPersonKeys);
  cells.name = "单增曲珍(次仁曲珍)";
  cells.id_number = id.substr(0, 7) + id.substr(8);
  cells.birth = "1984-10-20";  // that year had a leap tenth month
  EXPECT_LE(keys_of(cells).size(), kMaxPersonKeys);
}

// 1981-04 typed 1980-14: the swap takes a digit of the year and one of the month.
TEST(PersonKeys, NumberSurvivesASwapOfYearAndMonth) {
  const std::string id = id_number_of(342826, 19810412, 101);
  std::string swapped = id;
  std::swap(swapped[9], swapped[10]);
  EXPECT_TRUE(shared({.name = "王伟", .id_number = id}, {.name = "王伟", .id_number = swapped})
                  .contains(KeyKind::kIdDaySurname));
}

TEST(PersonKeys, NeighboursMeetByPlaceOnlyWhereOneIsBare) {
  record::PersonGenerator people(11);
  PersonCells a = people.next();
  PersonCells b = a;
  b.name = "王某军";
  b.id_number = id_number_of(342826, 19550312, 101);
  b.birth = "1955-03-12";
  a.name = "王建国";
  EXPECT_FALSE(shared(a, b).contains(KeyKind::kSurnameVillageGroup));
  b.id_number.clear();
  b.birth.clear();
  b.name = "王军";
  EXPECT_TRUE(shared(a, b).contains(KeyKind::kSurnameVillageGroup));
}

TEST(PersonKeys, LatinNamesMeetInEitherOrder) {
  const PersonCells a{.name = "Smith John", .birth = "1955-03-12"};
  EXPECT_TRUE(
      shared(a, {.name = "John Smith", .birth = "1955-08-01"}).contains(KeyKind::kNameYear));
}

TEST(PersonKeys, KeysOfDifferentKindsNeverMeet) {
  record::PersonGenerator people(9);
  std::map<std::uint64_t, KeyKind> seen;
  for (int i = 0; i < 2000; ++i) {
    for (const FuzzyKey& key : keys_of(people.next())) {
      const auto [at, inserted] = seen.emplace(key.hash, key.kind);
      EXPECT_TRUE(inserted || at->second == key.kind) << i;
    }
  }
}

}  // namespace
}  // namespace bidui::key
