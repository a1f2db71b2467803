// Flags relative to the newest run and to an older one.
#include "workspace/flag_changes.h"

#include <gmock/gmock.h>

#include "tests/store/temporary_directory.h"
#include "tests/workspace/small_world.h"
#include "workspace/compare.h"

namespace bidui::workspace {
namespace {

using testing::HasSubstr;

std::string id_of(char c) { return std::string(12, c); }

FlagState state_of(char id, std::uint64_t hash, bool gone) {
  FlagState state{.first_run = "R0001", .last_run = "R0002"};
  state.flag.flag_id = id_of(id);
  state.flag.rule = "RULE";
  state.flag.source = "poverty";
  state.flag.evidence_hash = hash;
  if (gone) state.flag.status = flag::Status::kGone;
  return state;
}

flag::KnownFlag known(char id, std::uint64_t hash, bool gone = false) {
  return {.flag_id = id_of(id),
          .rule = "RULE",
          .source = "poverty",
          .evidence_hash = hash,
          .gone = gone};
}

TEST(FlagChanges, AreToldFromTheRunAskedForAndKeptFromTheNewest) {
  // a: the same all along; b: changed since; c: raised later, gone now; d: gone in between;
  // e: gone already then, back now; f: new now.
  FlagChange change{
      .previous = {state_of('a', 1, false), state_of('b', 2, false), state_of('c', 3, false),
                   state_of('d', 4, true), state_of('e', 5, true)},
      .since = {known('a', 1), known('b', 1), known('d', 4), known('e', 5, true)},
      .run_id = "R0003"};
  std::vector<FlagState> flags = {state_of('a', 1, false), state_of('b', 2, false),
                                  state_of('e', 5, false), state_of('f', 6, false)};
  const ChangedFlags changed = change_flags(change, flags);
  std::string told;
  for (const FlagState& f : flags)
    told +=
        f.flag.flag_id.substr(0, 1) + " " + std::string(flag::status_name(f.flag.status)) + "\n";
  EXPECT_EQ(told, "a same\nb changed\ne reopened\nf new\nd gone\n");
  ASSERT_EQ(changed.retired.size(), 1U);
  EXPECT_EQ(changed.retired.front().flag.flag_id, id_of('c'));
  EXPECT_EQ(changed.retired.front().flag.status, flag::Status::kGone);
  ASSERT_EQ(changed.known.size(), 6U);
  EXPECT_TRUE(changed.known[2].gone);
  EXPECT_FALSE(changed.known[4].gone);
}

class CompareSince : public testing::Test {
 protected:
  CompareSince() : world_(directory_.path()) {}

  CompareReport compare(const std::string& since = {}) {
    auto run = workspace::compare(world_.workspace(), {.since = since, .report = false});
    EXPECT_TRUE(run) << run.error().describe();
    return std::move(*run);
  }
  static std::string status_of(const CompareReport& run, std::string_view rule) {
    std::string told;
    for (const FlagState& f : run.flags) {
      if (f.flag.rule == rule) told += std::string(flag::status_name(f.flag.status)) + " ";
    }
    return told;
  }

  store::TemporaryDirectory directory_;
  SmallWorld world_;
};

TEST_F(CompareSince, TellsWhatChangedSinceAnOlderRun) {
  EXPECT_EQ(status_of(compare(), "DEAD_IN_PR"), "new ");
  world_.import_again(
      "death", "2017-12-15",
      "登记编号,逝者姓名,性别,证件号,出生日期,死亡日期\nS2,钱某,男,,19200101,20150101\n");
  EXPECT_EQ(status_of(compare(), "DEAD_IN_PR"), "gone ");
  EXPECT_EQ(status_of(compare(), "DEAD_IN_PR"), "") << "said once";
  const CompareReport run = compare("R0001");
  EXPECT_EQ(status_of(run, "DEAD_IN_PR"), "gone ");
  EXPECT_EQ(run.since, "R0001");
  EXPECT_THAT(run.summary, HasSubstr(R"("since":"R0001")"));
  // The next run goes on from the newest again.
  EXPECT_EQ(status_of(compare(), "DEAD_IN_PR"), "");
  EXPECT_EQ(status_of(compare("R0003"), "DEAD_IN_PR"), "");
}

TEST_F(CompareSince, AnUnknownRunIsAnErrorThatListsTheRuns) {
  const auto none = workspace::compare(world_.workspace(), {.since = "R0001", .report = false});
  EXPECT_EQ(none.error().code, ErrorCode::kNotFound);
  compare();
  const auto wrong = workspace::compare(world_.workspace(), {.since = "R0009", .report = false});
  EXPECT_EQ(wrong.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(wrong.error().describe(), HasSubstr("R0001"));
  EXPECT_THAT(wrong.error().describe_zh(), HasSubstr("R0001"));
}

}  // namespace
}  // namespace bidui::workspace
