#include "matcher/model/summands.h"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

#include "tests/matcher/model/synthetic_vectors.h"

namespace bidui::model {
namespace {

// Every term of a record as common as `share`, or unknown for 0.
TermBits terms_of(double share) {
  TermBits terms;
  if (share > 0) terms.person.fill(static_cast<float>(std::log2(share)));
  return terms;
}

TEST(Summands, AddUpToTheWeight) {
  const Model model = default_model({}, 5000, 20000);
  const Scorer scorer(model);
  std::mt19937_64 random(11);
  for (int i = 0; i < 3000; ++i) {
    const LevelTable& source = i % 2 == 0 ? model.match : model.relative;
    const ComparisonVector vector = draw_vector(source, .2, random);
    const TermBits terms = terms_of(i % 3 == 0 ? 0 : 1e-6 * (1 + i % 500));
    ASSERT_NEAR(sum_of(summands_of(scorer, vector, terms)), scorer.weight(vector, terms), 1e-9)
        << i;
  }
}

TEST(Summands, TheOtherKindTakesABitAtMost) {
  const Model model = default_model({}, 5000, 20000);
  const Scorer scorer(model);
  std::mt19937_64 random(12);
  for (int i = 0; i < 1000; ++i) {
    const LevelTable& source = i % 2 == 0 ? model.stranger : model.relative;
    const auto summands = summands_of(scorer, draw_vector(source, .3, random), terms_of(1e-5));
    ASSERT_EQ(summands.back().kind, SummandKind::kOtherKind);
    ASSERT_LE(summands.back().bits, 1e-9) << i;
    ASSERT_GE(summands.back().bits, -1 - 1e-9) << i;
  }
}

TEST(Summands, AMissingFieldAddsNothing) {
  const Scorer scorer(default_model({}, 5000, 20000));
  const auto summands = summands_of(scorer, 0, terms_of(1e-5));
  for (const Summand& s : summands) {
    if (s.kind != SummandKind::kComparison) continue;
    EXPECT_EQ(s.bits, 0) << summand_name(s);
    EXPECT_EQ(s.match, 1) << summand_name(s);
  }
}

TEST(Summands, EachHasANameOfItsOwn) {
  const Scorer scorer(default_model({}, 5000, 20000));
  std::vector<std::string_view> names;
  for (const Summand& s : summands_of(scorer, 1, terms_of(1e-3))) {  // an equal name, else nothing
    EXPECT_FALSE(summand_title(s).empty());
    names.push_back(summand_name(s));
  }
  EXPECT_EQ(names, (std::vector<std::string_view>{"prior", "name", "id", "birth", "sex", "address",
                                                  "phone", "household", "holder", "name_frequency",
                                                  "relatives"}));
  EXPECT_EQ(summand_name(summands_of(scorer, 0x111111, terms_of(1e-5)).back()), "strangers");
}

TEST(Summands, EachTermStandsByItself) {
  const Scorer scorer(default_model({}, 5000, 20000));
  const ComparisonVector vector =
      compare::at_level(compare::Comparison::kName,
                        static_cast<std::uint64_t>(compare::NameLevel::kHomophone)) |
      compare::at_level(compare::Comparison::kAddress,
                        static_cast<std::uint64_t>(compare::AddressLevel::kTownship));
  std::vector<std::string_view> names;
  for (const Summand& s : summands_of(scorer, vector, terms_of(256))) {
    if (s.kind == SummandKind::kTermFrequency) names.push_back(summand_name(s));
  }
  EXPECT_EQ(names, (std::vector<std::string_view>{"sound_frequency"}));
}

}  // namespace
}  // namespace bidui::model
