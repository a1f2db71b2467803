#include "matcher/compare/edit_distance.h"

#include <gtest/gtest.h>
#include <random>
#include <string>
#include <vector>

#include "tests/reference/edit_distance.h"

namespace bidui::compare {
namespace {

constexpr std::uint64_t kSeed = 20171120;

// Few letters, so that likenesses of all degrees occur.
std::string random_text(std::mt19937_64& random, std::size_t longest) {
  std::string text(random() % (longest + 1), ' ');
  for (char& c : text) c = static_cast<char>('A' + random() % 3);
  return text;
}

// A few edits away, so that small distances are frequent.
std::string edited(std::string text, std::mt19937_64& random) {
  for (std::uint64_t edits = random() % 4; edits > 0; --edits) {
    const std::size_t at = text.empty() ? 0 : random() % text.size();
    const char c = static_cast<char>('A' + random() % 3);
    const std::uint64_t kind = random() % 4;
    if (kind == 0 || text.empty()) {
      text.insert(at, 1, c);
    } else if (kind == 1) {
      text.erase(at, 1);
    } else if (kind == 2) {
      text[at] = c;
    } else if (at + 1 < text.size()) {
      std::swap(text[at], text[at + 1]);
    }
  }
  return text;
}

std::vector<std::uint16_t> units_of(const std::string& text) { return {text.begin(), text.end()}; }

TEST(EditDistance, JaroWinklerEqualsTheObviousOne) {
  std::mt19937_64 random(kSeed);
  for (int i = 0; i < 50'000; ++i) {
    const std::string a = random_text(random, 20);
    const std::string b = i % 2 == 0 ? random_text(random, 20) : edited(a, random);
    ASSERT_NEAR(jaro_winkler(a, b), reference::jaro_winkler(a, b), 1e-12)
        << a << " | " << b << ", seed " << kSeed << ", step " << i;
    ASSERT_NEAR(jaro_winkler(a, b), jaro_winkler(b, a), 1e-12) << a << " | " << b;
  }
}

TEST(EditDistance, JaroWinklerGivesThePublishedValues) {
  EXPECT_NEAR(jaro_winkler("MARTHA", "MARHTA"), 0.961, 0.0005);  // Winkler 1990
  EXPECT_NEAR(jaro_winkler("DWAYNE", "DUANE"), 0.840, 0.0005);
  EXPECT_NEAR(jaro_winkler("DIXON", "DICKSONX"), 0.813, 0.0005);
  EXPECT_EQ(jaro_winkler("", ""), 1);
  EXPECT_EQ(jaro_winkler("A", ""), 0);
  EXPECT_EQ(jaro_winkler("A", "B"), 0);
}

TEST(EditDistance, JaroWinklerReadsTheFirst64Bytes) {
  const std::string base(64, 'A');
  EXPECT_EQ(jaro_winkler(base + "X", base + "Y"), 1);
  const std::string all(64, 'B');
  EXPECT_EQ(jaro_winkler(all, all), 1);
}

TEST(EditDistance, WithinOneEditEqualsTheObviousOne) {
  std::mt19937_64 random(kSeed);
  int near = 0;
  for (int i = 0; i < 50'000; ++i) {
    const std::string a = random_text(random, 8);
    const std::string b = i % 2 == 0 ? random_text(random, 8) : edited(a, random);
    const bool expected = reference::within_one_edit(a, b);
    near += expected ? 1 : 0;
    ASSERT_EQ(within_one_edit(a, b), expected)
        << a << " | " << b << ", seed " << kSeed << ", step " << i;
  }
  EXPECT_GT(near, 5'000);
  EXPECT_LT(near, 45'000);
}

TEST(EditDistance, OsaDistanceEqualsTheObviousOneUpToItsLimit) {
  std::mt19937_64 random(kSeed);
  for (int i = 0; i < 50'000; ++i) {
    const auto a = units_of(random_text(random, 12));
    const std::string text(a.begin(), a.end());
    const auto b = units_of(i % 2 == 0 ? random_text(random, 12) : edited(text, random));
    const int limit = static_cast<int>(random() % 5);
    ASSERT_EQ(osa_distance(a, b, limit), std::min(reference::osa_distance(a, b), limit + 1))
        << "seed " << kSeed << ", step " << i << ", limit " << limit;
  }
}

TEST(EditDistance, OsaDistanceOfOverlongTextsIsEqualOrFar) {
  const std::vector<std::uint16_t> a(40, 7);
  std::vector<std::uint16_t> b = a;
  EXPECT_EQ(osa_distance(a, b, 2), 0);
  b[3] = 8;
  EXPECT_EQ(osa_distance(a, b, 2), 3);
}

}  // namespace
}  // namespace bidui::compare
