#include "matcher/flag/flag.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <set>

namespace bidui::flag {
namespace {

// Dispositions hang on these.
TEST(FlagTest, IdentitiesNeverChange) {
  EXPECT_EQ(flag_id_of("DEAD_IN_PR", "poverty:340826004000030", ""), "150JG42PACK9");
  EXPECT_EQ(flag_id_of("MEMBER_MISSING_IN_PR", "poverty:3408261000037", "civil:R200000005"),
            "4CMCCFZWENMN");
}

TEST(FlagTest, IdentitiesDifferWithRuleSubjectAndEach) {
  std::set<std::string> ids;
  for (const char* rule : {"A", "AB", ""}) {
    for (const char* subject : {"p:1", "p:11", "Bp:1", ""}) {
      for (const char* each : {"", "1", "c:1"}) ids.insert(flag_id_of(rule, subject, each));
    }
  }
  EXPECT_EQ(ids.size(), 3u * 4u * 3u);
}

TEST(FlagTest, RankIsTotalAndPutsTheGravestFirst) {
  std::vector<Flag> flags;
  for (const auto severity : {rule::Severity::kLow, rule::Severity::kHigh}) {
    for (const auto level : {rule::LinkLevel::kL1, rule::LinkLevel::kL3}) {
      for (const char* subject : {"1", "2"}) {
        Flag flag;
        flag.flag_id = flag_id_of("R", subject, std::to_string(flags.size()));
        flag.rule = "R";
        flag.subject = subject;
        flag.severity = severity;
        flag.level = level;
        flags.push_back(flag);
      }
    }
  }
  std::ranges::sort(flags, ranks_before);
  EXPECT_EQ(flags.front().severity, rule::Severity::kHigh);
  EXPECT_EQ(flags.front().level, rule::LinkLevel::kL3);
  EXPECT_EQ(flags.front().subject, "1");
  EXPECT_EQ(flags.back().level, rule::LinkLevel::kL1);
  auto shuffled = flags;
  std::shuffle(shuffled.begin(), shuffled.end(), std::mt19937(7));
  std::ranges::sort(shuffled, ranks_before);
  for (std::size_t i = 0; i < flags.size(); ++i) EXPECT_EQ(flags[i].flag_id, shuffled[i].flag_id);
}

}  // namespace
}  // namespace bidui::flag
