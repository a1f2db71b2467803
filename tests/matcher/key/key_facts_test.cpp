#include "matcher/key/key_facts.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <unordered_map>

#include "matcher/key/fuzzy_key.h"
#include "tests/matcher/record/sample_person.h"

namespace bidui::key {
namespace {

using record::pick;

void drop_a_character(std::string& text, std::mt19937_64& random) {
  if (text.size() > 4) text.erase(4 + pick(random, text.size() - 4), 1);
}

// People of whom much is missing, wrong or unusual, in few villages, so that many share a key.
record::PersonCells odd_person(record::PersonGenerator& people) {
  std::mt19937_64& random = people.random();
  record::PersonCells cells = pick(random, 12) == 0 ? people.next_of_two_parts() : people.next();
  const auto one_in = [&](std::uint64_t n) { return pick(random, n) == 0; };
  if (one_in(20)) cells.name = "Wang Xiaoming " + std::to_string(pick(random, 3));
  if (one_in(20)) cells.name = std::string(one_in(2) ? "单" : "仇") + "建国";  // read otherwise
  if (one_in(30)) cells.name = "王YAN";
  if (one_in(30)) cells.name = "?建国";
  if (one_in(30)) cells.name.clear();
  if (one_in(10)) cells.former_name = people.next().name;
  if (one_in(6)) cells.id_number.clear();
  if (one_in(10)) drop_a_character(cells.id_number, random);
  if (one_in(20)) cells.id_number.resize(pick(random, cells.id_number.size() + 1));
  if (one_in(5)) cells.birth.clear();
  if (one_in(8)) cells.birth = "1965-0" + std::to_string(1 + pick(random, 9)) + "-12";
  if (one_in(20)) cells.birth.resize(cells.birth.size() / 2);
  if (one_in(5)) cells.phone.clear();
  if (one_in(8)) cells.village.clear();
  return cells;
}

// Some of what `other` is, so that few kinds of keys are shared.
void resemble(record::PersonFeatures& p, const record::PersonFeatures& other,
              std::mt19937_64& random) {
  const auto maybe = [&](auto record::PersonFeatures::*... fields) {
    if (pick(random, 3) == 0) ((p.*fields = other.*fields), ...);
  };
  using record::PersonFeatures;
  maybe(&PersonFeatures::name, &PersonFeatures::name_hash, &PersonFeatures::name_fold);
  maybe(&PersonFeatures::birth, &PersonFeatures::flags);
  maybe(&PersonFeatures::id_digits, &PersonFeatures::id_class, &PersonFeatures::id_prefix);
  maybe(&PersonFeatures::village, &PersonFeatures::township, &PersonFeatures::group);
  if (pick(random, 40) == 0) p.phone = other.phone;
  if (pick(random, 6) == 0) p.alias_fold[1] = other.name_fold;
}

std::unordered_multimap<std::uint64_t, FuzzyKey> keys_by_hash(
    std::span<const record::PersonFeatures> persons) {
  std::unordered_multimap<std::uint64_t, FuzzyKey> all;
  for (const record::PersonFeatures& person : persons) {
    KeyList keys;
    append_person_keys(person, keys);
    for (const FuzzyKey& key : keys.keys()) all.emplace(key.hash, key);
  }
  return all;
}

// The keys by which the person meets one of the others.
std::uint64_t meetings(const record::PersonFeatures& person,
                       const std::unordered_multimap<std::uint64_t, FuzzyKey>& others,
                       KeyFamilies families = kAllFamilies) {
  KeyList keys;
  append_person_keys(person, keys, families);
  std::uint64_t count = 0;
  for (const FuzzyKey& key : keys.keys()) {
    const auto [begin, end] = others.equal_range(key.hash);
    if (std::any_of(begin, end, [&](const auto& other) { return meet(key, other.second); }))
      ++count;
  }
  return count;
}

// No key is missed by which a person meets one, and seldom any is asked for of who meets none.
TEST(KeyFacts, TellWhoMeetsNobody) {
  std::uint64_t met = 0;
  std::uint64_t passed = 0;
  std::uint64_t all = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    record::PersonGenerator people(seed);
    std::vector<record::PersonFeatures> few;
    for (int i = 0; i < 12; ++i) few.push_back(record::build_features(odd_person(people)));
    const KeyFacts facts(few);
    const auto keys = keys_by_hash(few);
    for (int i = 0; i < 1500; ++i) {
      record::PersonFeatures person = record::build_features(odd_person(people));
      if (i % 3 == 0) resemble(person, few[pick(people.random(), few.size())], people.random());
      const std::uint64_t all_meetings = meetings(person, keys);
      const KeyFamilies families = facts.may_meet(person);
      ASSERT_EQ(meetings(person, keys, families), all_meetings)
          << "seed " << seed << ", person " << i;
      met += all_meetings != 0 ? 1 : 0;
      passed += families != 0 ? 1 : 0;
      ++all;
    }
    for (const record::PersonFeatures& person : few)
      EXPECT_EQ(meetings(person, keys, facts.may_meet(person)), meetings(person, keys));
  }
  EXPECT_GT(met, 1000U);
  EXPECT_LT(passed - met, all / 6);
}

TEST(KeyFacts, OfNobodyMeetNobody) {
  record::PersonGenerator people(7);
  const KeyFacts facts({});
  for (int i = 0; i < 100; ++i)
    EXPECT_EQ(facts.may_meet(record::build_features(odd_person(people))), 0U);
}

}  // namespace
}  // namespace bidui::key
