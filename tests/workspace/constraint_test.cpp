// What people decided about pairs of records, kept and obeyed.
#include "workspace/constraint.h"

#include <gmock/gmock.h>

#include "tests/store/temporary_directory.h"
#include "tests/workspace/small_world.h"
#include "workspace/compare.h"
#include "workspace/explain.h"
#include "workspace/explanation_text.h"
#include "workspace/review_answers.h"

namespace bidui::workspace {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;

class ConstraintTest : public testing::Test {
 protected:
  ConstraintTest() : world_(directory_.path()) {}

  Workspace& workspace() { return world_.workspace(); }
  void decide(const std::string& left, const std::string& right) {
    const auto added = add_constraint(workspace(), {.left = left,
                                                    .right = right,
                                                    .by = "王会计",
                                                    .reason = "入户核实",
                                                    .origin = std::string(kByHand)});
    ASSERT_TRUE(added) << added.error().describe();
  }
  CompareReport compare() {
    auto run = workspace::compare(workspace(), {.report = false});
    EXPECT_TRUE(run) << run.error().describe();
    return std::move(*run);
  }
  // The level of a pair in the run's links; kNone where it is not there.
  static LinkLevel level(const CompareReport& run, const std::string& left,
                         const std::string& right) {
    const auto name = [&](std::uint32_t record) {
      return run.world->sources[run.world->records->source_of(record)].instance + ":" +
             std::string(run.world->key(record));
    };
    for (const RunLink& link : run.links) {
      const std::string a = name(link.a);
      const std::string b = name(link.b);
      if ((a == left && b == right) || (a == right && b == left)) return link.level;
    }
    return LinkLevel::kNone;
  }

  store::TemporaryDirectory directory_;
  SmallWorld world_;
  const std::string poverty_ = "poverty:" + poverty_key(0, 0);
  const std::string civil_ = "civil:" + civil_key(0, 0);
  const std::string allowance_ = "allowance:DH00000-1";
};

TEST_F(ConstraintTest, IsKeptWithWhoAndWhyInEitherOrder) {
  decide(poverty_, civil_);
  const auto kept = load_constraints(workspace().store());
  ASSERT_TRUE(kept);
  EXPECT_THAT(*kept, ElementsAre(Constraint{.left = civil_,
                                            .right = poverty_,
                                            .by = "王会计",
                                            .reason = "入户核实",
                                            .origin = "hand"}));
}

TEST_F(ConstraintTest, RefusesWhatHasNoMeaning) {
  struct Case {
    Constraint constraint;
    ErrorCode expected;
  };
  decide(poverty_, civil_);
  const std::vector<Case> cases = {{{poverty_, allowance_, "", "r"}, ErrorCode::kInvalidArgument},
                                   {{poverty_, allowance_, "王", ""}, ErrorCode::kInvalidArgument},
                                   {{poverty_, poverty_, "王", "r"}, ErrorCode::kInvalidArgument},
                                   {{poverty_, "nobody", "王", "r"}, ErrorCode::kInvalidArgument},
                                   {{poverty_, "civil:nobody", "王", "r"}, ErrorCode::kNotFound},
                                   {{civil_, poverty_, "王", "r"}, ErrorCode::kConflict}};
  for (const Case& c : cases) {
    const auto added = add_constraint(workspace(), c.constraint);
    ASSERT_FALSE(added) << c.constraint.right;
    EXPECT_EQ(added.error().code, c.expected) << added.error().describe();
  }
  EXPECT_EQ(remove_constraint(workspace(), poverty_, allowance_).error().code,
            ErrorCode::kNotFound);
  EXPECT_TRUE(remove_constraint(workspace(), poverty_, civil_));
  EXPECT_TRUE(load_constraints(workspace().store())->empty());
}

TEST_F(ConstraintTest, AVetoedPairIsNotLinkedAndTheRunSaysSo) {
  ASSERT_EQ(level(compare(), poverty_, civil_), LinkLevel::kL3);
  decide(poverty_, civil_);
  const CompareReport run = compare();
  EXPECT_EQ(level(run, poverty_, civil_), LinkLevel::kNone);
  EXPECT_EQ(run.world->constraints.count, 1U);
  EXPECT_THAT(run.summary, HasSubstr(R"("cannot_links":{"count":1,"not_found":0,"hash":")"));
}

TEST_F(ConstraintTest, NorAreTheyOnePersonThroughOthers) {
  ASSERT_NE(level(compare(), poverty_, allowance_), LinkLevel::kNone);
  decide(allowance_, poverty_);
  const CompareReport run = compare();
  EXPECT_EQ(level(run, poverty_, allowance_), LinkLevel::kNone);
  // One of the two keeps the civil record, the weaker is possible.
  const std::vector<LinkLevel> levels = {level(run, poverty_, civil_),
                                         level(run, allowance_, civil_)};
  EXPECT_THAT(levels, testing::UnorderedElementsAre(LinkLevel::kL3, LinkLevel::kL1));
}

TEST(Constraints, DoNotDependOnTheOrderOfDeciding) {
  const std::vector<std::pair<std::string, std::string>> pairs = {
      {"poverty:" + poverty_key(0, 0), "civil:" + civil_key(0, 0)},
      {"poverty:" + poverty_key(3, 1), "civil:" + civil_key(3, 1)},
      {"allowance:DH00000-1", "civil:" + civil_key(0, 0)}};
  std::vector<std::string> summaries;
  for (const bool backwards : {false, true}) {
    store::TemporaryDirectory directory;
    SmallWorld world(directory.path());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const auto& [a, b] = pairs[backwards ? pairs.size() - 1 - i : i];
      ASSERT_TRUE(add_constraint(
          world.workspace(),
          {.left = backwards ? b : a, .right = backwards ? a : b, .by = "王", .reason = "r"}));
    }
    const auto run = workspace::compare(world.workspace(), {.report = false});
    ASSERT_TRUE(run);
    summaries.push_back(run->summary);
  }
  EXPECT_EQ(summaries[0], summaries[1]);
}

TEST_F(ConstraintTest, RecordsThatAreNotThereAreCounted) {
  decide(poverty_, civil_);
  const auto run = workspace::compare(workspace(), {.as_of = "2017-12-05", .report = false});
  ASSERT_TRUE(run) << run.error().describe();  // without the poverty registry
  EXPECT_EQ(run->world->constraints.not_found, 1U);
}

TEST_F(ConstraintTest, ReviewersWhoAgreeThatTwoDifferMakeOne) {
  world_.compare();
  const auto sample = draw_sample(workspace(), {.size = 30});
  ASSERT_TRUE(sample);
  const auto say = [&](const std::string& person, Answer first, Answer second) {
    ReviewerAnswers answers{.person = person, .answers = {{0, first}, {1, second}}};
    ASSERT_TRUE(save_answers(workspace().store(), *sample, answers));
  };
  say("王", Answer::kDifferent, Answer::kDifferent);
  say("李", Answer::kCannotTell, Answer::kSame);
  const auto all = load_constraints(workspace().store());
  ASSERT_TRUE(all);
  ASSERT_EQ(all->size(), 1U) << "they differ on the second";
  const Constraint& c = all->front();
  EXPECT_EQ(std::minmax(sample->pairs[0].left, sample->pairs[0].right),
            std::minmax(c.left, c.right));
  EXPECT_EQ(c.by, "王");
  EXPECT_EQ(c.origin, "review " + sample->id);
  const Status removed = remove_constraint(workspace(), c.right, c.left);
  EXPECT_EQ(removed.error().code, ErrorCode::kConflict);
  const CompareReport run = compare();
  EXPECT_EQ(level(run, c.left, c.right), LinkLevel::kNone);
}

TEST_F(ConstraintTest, ExplainSaysWhoVetoedAndWhetherTheRunKnew) {
  world_.compare();
  decide(poverty_, civil_);
  for (const bool compared : {false, true}) {
    if (compared) world_.compare();
    const auto e = explain(workspace(), poverty_, civil_);
    ASSERT_TRUE(e) << e.error().describe();
    ASSERT_FALSE(e->reasons.empty());
    EXPECT_EQ(e->reasons.front().kind, ReasonKind::kCannotLink);
    EXPECT_EQ(reason_name(e->reasons.front().kind), "vetoed");
    EXPECT_EQ(e->decision.verdict, compared ? Verdict::kNotLinked : Verdict::kLinked);
    for (const Locale locale : {Locale::kChinese, Locale::kEnglish}) {
      const auto text = explanation_text(*e, locale);
      EXPECT_THAT(text.reasons.front(), HasSubstr("王会计"));
      EXPECT_THAT(text.reasons.front(), HasSubstr("入户核实"));
      EXPECT_EQ(text.reasons.front().find("bidui compare") == std::string::npos, compared);
    }
  }
}

TEST_F(ConstraintTest, ExplainNamesTheVetoThatKeepsOthersApart) {
  decide(allowance_, poverty_);
  const CompareReport run = compare();
  const std::string& lost = level(run, poverty_, civil_) == LinkLevel::kL1 ? poverty_ : allowance_;
  const auto e = explain(workspace(), lost, civil_);
  ASSERT_TRUE(e) << e.error().describe();
  EXPECT_THAT(e->reasons, Contains(Field(&Reason::kind, ReasonKind::kCannotLink)));
}

}  // namespace
}  // namespace bidui::workspace
