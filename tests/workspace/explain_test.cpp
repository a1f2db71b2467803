#include "workspace/explain.h"

#include <gmock/gmock.h>

#include "tests/store/temporary_directory.h"
#include "tests/workspace/small_world.h"

namespace bidui::workspace {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::Not;

class Explain : public testing::Test {
 protected:
  Explanation between(const std::string& left, const std::string& right) {
    auto result = explain(world_.workspace(), left, right);
    EXPECT_TRUE(result) << result.error().describe();
    return result ? std::move(*result) : Explanation{};
  }

  store::TemporaryDirectory directory_;
  SmallWorld world_{directory_.path()};
};

TEST_F(Explain, SummandsAddUpToTheWeight) {
  world_.compare();
  for (const int h : {0, 1, 2, 9}) {
    const Explanation e =
        between("poverty:" + poverty_key(h, 0), "civil:" + civil_key(h == 9 ? 10 : h, 0));
    EXPECT_NEAR(model::sum_of(e.summands), e.weight, 1e-9) << h;
    EXPECT_NEAR(model::sum_of(e.evidence.summands), e.evidence.weight, 1e-9) << h;
  }
}

TEST_F(Explain, SaysThatTwoRecordsAreOnePerson) {
  world_.compare();
  const Explanation e = between("poverty:" + poverty_key(2, 0), "civil:" + civil_key(2, 0));
  EXPECT_EQ(e.decision.verdict, Verdict::kLinked);
  EXPECT_EQ(e.decision.via, LinkVia::kDirect);
  EXPECT_EQ(e.evidence.model, "poverty");
  EXPECT_EQ(e.summands[1].level, static_cast<int>(compare::NameLevel::kHomophone));
  EXPECT_THAT(e.name_places, ElementsAre(3));
  EXPECT_EQ(e.decision.path.size(), 2U);
}

TEST_F(Explain, SaysWhoTookThePlace) {
  world_.compare();
  const Explanation e = between("poverty:" + poverty_key(5, 0), "civil:" + civil_key(6, 0));
  EXPECT_EQ(e.decision.verdict, Verdict::kNotLinked);
  ASSERT_THAT(e.decision.takers, Not(IsEmpty()));
  EXPECT_EQ(e.decision.takers.front().record, "civil:" + civil_key(5, 0));
  EXPECT_THAT(e.reasons, Not(IsEmpty()));
}

TEST_F(Explain, NamesTheKeysThatAreShared) {
  const Explanation e = between("poverty:" + poverty_key(0, 0), "civil:" + civil_key(0, 0));
  EXPECT_EQ(e.decision.verdict, Verdict::kNotCompared);
  EXPECT_EQ(e.evidence.model, "default");
  EXPECT_TRUE(e.keys.meets());
  EXPECT_THAT(e.keys.kinds, Contains(AllOf(Field(&ExplainedKey::kind, key::KeyKind::kId),
                                           Field(&ExplainedKey::state, KeyState::kMeets))));
}

TEST_F(Explain, CountsTheBearersOfAName) {
  const Explanation e = between("poverty:" + poverty_key(0, 0), "civil:" + civil_key(0, 0));
  EXPECT_GE(e.evidence.bearers, 2U);
  EXPECT_EQ(e.evidence.compared, 60U * 3 + 30 * 3 - 1 + 5 * 3 + 1);
}

TEST_F(Explain, RefusesUnknownRecords) {
  EXPECT_EQ(explain(world_.workspace(), "poverty:nobody", "civil:" + civil_key(0, 0)).error().code,
            ErrorCode::kNotFound);
  EXPECT_EQ(explain(world_.workspace(), "nobody", "civil:x").error().code,
            ErrorCode::kInvalidArgument);
}

}  // namespace
}  // namespace bidui::workspace
