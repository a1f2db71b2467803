#include "matcher/link/household_evidence.h"

#include <gtest/gtest.h>

namespace bidui::link {
namespace {

using compare::Comparison;
using compare::HolderLevel;
using compare::HouseholdLevel;
using compare::IdLevel;
using compare::NameLevel;

constexpr std::uint64_t kFamily = 11;  // the left household
constexpr std::uint64_t kTheirs = 77;  // the right household of most of them
constexpr std::uint64_t kOther = 78;

CandidatePair pair_of(std::uint32_t left, std::uint32_t right, IdLevel id, NameLevel name) {
  return {.left = left,
          .right = right,
          .vector = compare::at_level(Comparison::kId, static_cast<std::uint64_t>(id)) |
                    compare::at_level(Comparison::kName, static_cast<std::uint64_t>(name))};
}

// Left rows 0 to 3 are one family, row 4 is of another source with the same household hash, row 5
// has no household. Right rows 0 to 3 live in kTheirs, 4 in kOther, 5 has no household.
class HouseholdEvidenceTest : public testing::Test {
 protected:
  HouseholdEvidenceTest() : ids_(6), found_(1) {
    left_.persons.resize(6);
    for (std::uint32_t row = 0; row < 6; ++row) {
      record::PersonFeatures& p = left_.persons[row];
      p.household = row == 5 ? 0 : kFamily;
      p.id_class = record::IdClass::kValid;
      p.id_digits = 1000 + row;
      ids_.add_left(p.id_digits);
    }
  }
  void same_person(std::uint32_t left, std::uint32_t right, NameLevel name = NameLevel::kExact) {
    found_[0].pairs.push_back(pair_of(left, right, IdLevel::kEqual, name));
    ids_.add_right(left_.persons[left].id_digits);
  }
  HouseholdEvidence evidence() const {
    return HouseholdEvidence({.left = left_,
                              .group_of = groups_,
                              .right_households = right_households_,
                              .ids = ids_,
                              .found = found_});
  }
  HouseholdLevel household(std::uint32_t left, std::uint32_t right) const {
    const auto vector =
        evidence().add_to(pair_of(left, right, IdLevel::kMissing, NameLevel::kHomophone));
    return static_cast<HouseholdLevel>(
        compare::level_at(vector, static_cast<int>(Comparison::kHousehold)));
  }
  HolderLevel holder(std::uint32_t left, std::uint32_t right, IdLevel id = IdLevel::kRegion) const {
    const auto vector = evidence().add_to(pair_of(left, right, id, NameLevel::kExact));
    return static_cast<HolderLevel>(
        compare::level_at(vector, static_cast<int>(Comparison::kHolder)));
  }

  RecordTable left_;
  std::vector<std::uint8_t> groups_{0, 0, 0, 0, 1, 0};
  std::vector<std::uint64_t> right_households_{kTheirs, kTheirs, kTheirs, kTheirs, kOther};
  ValueCounter ids_;
  std::vector<SearchResult> found_;
};

TEST_F(HouseholdEvidenceTest, CountsTheOtherMembersInTheOtherHousehold) {
  same_person(1, 1);
  EXPECT_EQ(household(0, 0), HouseholdLevel::kOne);
  same_person(2, 2, NameLevel::kVariant);
  EXPECT_EQ(household(0, 0), HouseholdLevel::kSeveral);
}

TEST_F(HouseholdEvidenceTest, MembersElsewhereSpeakAgainst) {
  same_person(1, 1);
  EXPECT_EQ(household(0, 4), HouseholdLevel::kElsewhere);
}

TEST_F(HouseholdEvidenceTest, NobodySureIsNoEvidence) {
  EXPECT_EQ(household(0, 0), HouseholdLevel::kMissing);
  same_person(1, 1, NameLevel::kDifferent);  // a copied number
  EXPECT_EQ(household(0, 0), HouseholdLevel::kMissing);
}

TEST_F(HouseholdEvidenceTest, ARecordIsNoEvidenceForItself) {
  same_person(0, 0);
  EXPECT_EQ(household(0, 0), HouseholdLevel::kMissing);
  same_person(1, 0);  // the same person, entered twice
  EXPECT_EQ(household(0, 0), HouseholdLevel::kMissing);
}

TEST_F(HouseholdEvidenceTest, HouseholdsOfTwoSourcesAreTwo) {
  same_person(1, 1);
  EXPECT_EQ(household(4, 0), HouseholdLevel::kMissing);
}

TEST_F(HouseholdEvidenceTest, WithoutAHouseholdThereIsNoEvidence) {
  same_person(1, 1);
  EXPECT_EQ(household(5, 0), HouseholdLevel::kMissing);
  EXPECT_EQ(household(0, 5), HouseholdLevel::kMissing);
  EXPECT_EQ(holder(0, 5), HolderLevel::kMissing);
}

TEST_F(HouseholdEvidenceTest, TellsWhoseTheContradictingNumberIs) {
  EXPECT_EQ(holder(0, 0), HolderLevel::kNobody);
  same_person(0, 3, NameLevel::kDifferent);  // his wife's
  EXPECT_EQ(holder(0, 0), HolderLevel::kHousehold);
  EXPECT_EQ(holder(0, 4), HolderLevel::kElsewhere);
}

TEST_F(HouseholdEvidenceTest, ANumberThatMayBeHisOwnContradictsNothing) {
  EXPECT_EQ(holder(0, 0, IdLevel::kMissing), HolderLevel::kMissing);
  EXPECT_EQ(holder(0, 0, IdLevel::kEqual), HolderLevel::kMissing);
  EXPECT_EQ(holder(0, 0, IdLevel::kOneEdit), HolderLevel::kMissing);
  left_.persons[0].id_class = record::IdClass::kInvalid;
  EXPECT_EQ(holder(0, 0), HolderLevel::kMissing);
}

TEST_F(HouseholdEvidenceTest, LeavesTheOtherLevelsAlone) {
  same_person(1, 1);
  const CandidatePair pair = pair_of(0, 0, IdLevel::kRegion, NameLevel::kExact);
  const compare::ComparisonVector added = evidence().add_to(pair) ^ pair.vector;
  EXPECT_EQ(added & pair.vector, 0U);
  EXPECT_EQ(
      added,
      compare::at_level(Comparison::kHousehold, static_cast<std::uint64_t>(HouseholdLevel::kOne)) |
          compare::at_level(Comparison::kHolder, static_cast<std::uint64_t>(HolderLevel::kNobody)));
}

}  // namespace
}  // namespace bidui::link
