#include "workspace/explain.h"

#include <gmock/gmock.h>

#include "tests/store/temporary_directory.h"
#include "tests/workspace/small_world.h"

namespace bidui::workspace {
namespace {

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

double sum_of(const Explanation& e) {
  double sum = e.prior + e.term_frequency + e.relatives;
  for (const Summand& s : e.summands) sum += s.bits;
  return sum;
}

TEST_F(Explain, SummandsAddUpToTheWeight) {
  world_.compare();
  for (const int h : {0, 1, 2, 9}) {
    const Explanation e =
        between("poverty:" + poverty_key(h, 0), "civil:" + civil_key(h == 9 ? 10 : h, 0));
    EXPECT_NEAR(sum_of(e), e.weight, 1e-6) << h;
    EXPECT_LE(e.relatives, 0) << h;
  }
}

TEST_F(Explain, SaysThatTwoRecordsAreOnePerson) {
  world_.compare();
  const Explanation e = between("poverty:" + poverty_key(2, 0), "civil:" + civil_key(2, 0));
  EXPECT_EQ(e.verdict, Verdict::kLinked);
  EXPECT_EQ(e.model, "poverty");
  EXPECT_EQ(e.summands.front().level, "homophone");
  EXPECT_TRUE(e.run_weight);
  EXPECT_EQ(e.path.size(), 2U);
}

TEST_F(Explain, SaysWhoTookThePlace) {
  world_.compare();
  const Explanation e = between("poverty:" + poverty_key(5, 0), "civil:" + civil_key(6, 0));
  EXPECT_EQ(e.verdict, Verdict::kNotLinked);
  ASSERT_THAT(e.rivals, Not(IsEmpty()));
  EXPECT_EQ(e.rivals.front().record, "civil:" + civil_key(5, 0));
  EXPECT_THAT(e.reasons, Not(IsEmpty()));
}

TEST_F(Explain, NamesTheKeysThatAreShared) {
  const Explanation e = between("poverty:" + poverty_key(0, 0), "civil:" + civil_key(0, 0));
  EXPECT_EQ(e.verdict, Verdict::kNotCompared);
  EXPECT_EQ(e.model, "default");
  for (const ExplainedKey& key : e.keys) {
    if (key.kind == "id") {
      EXPECT_TRUE(key.leads);
    }
  }
}

TEST_F(Explain, CountsTheBearersOfAName) {
  const Explanation e = between("poverty:" + poverty_key(0, 0), "civil:" + civil_key(0, 0));
  EXPECT_GE(e.bearers, 2U);
  EXPECT_EQ(e.compared, 60U * 3 + 30 * 3 - 1 + 5 * 3 + 1);
}

TEST_F(Explain, RefusesUnknownRecords) {
  EXPECT_EQ(explain(world_.workspace(), "poverty:nobody", "civil:" + civil_key(0, 0)).error().code,
            ErrorCode::kNotFound);
  EXPECT_EQ(explain(world_.workspace(), "nobody", "civil:x").error().code,
            ErrorCode::kInvalidArgument);
}

}  // namespace
}  // namespace bidui::workspace
