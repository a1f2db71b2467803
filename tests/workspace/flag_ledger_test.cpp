// The ledgers of flags, and the task list that comes back: exported, filled in, imported.
#include "workspace/flag_ledger.h"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <sstream>

#include "connectors/report/flag_ledger.h"
#include "connectors/report/xlsx_book.h"
#include "matcher/rule/calendar.h"
#include "tests/golden.h"
#include "tests/store/temporary_directory.h"
#include "tests/workspace/small_world.h"
#include "workspace/adjustment_rules.h"
#include "workspace/import_outcomes.h"
#include "workspace/report_marks.h"
#include "workspace/report_run.h"
#include "workspace/rule_files.h"
#include "workspace/take_steps.h"
#include "workspace/task_mark.h"

namespace bidui::workspace {
namespace {

using connectors::report::Adjustment;
using connectors::report::AdjustmentKind;
using connectors::report::FlagLedger;
using connectors::report::LedgerFlag;
using connectors::report::Locale;
using flag::Action;
using flag::Outcome;
using flag::Reason;
using flag::Role;
using flag::State;
using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::UnorderedElementsAreArray;

flag::DayNumber day(std::string_view text) { return rule::parse_date_text(text)->first; }

// A task list row that a worker filled in.
struct Filled {
  std::string flag_id;
  std::string mark;
  std::string outcome = "属实";
  std::string reason = "情况属实";
  std::string visitor = "王会计";
  std::string visited = "2017-12-21";
  std::string note = "入户看过";
};

class FlagLedgerTest : public testing::Test {
 protected:
  FlagLedgerTest() : world_(directory_.path()) { world_.compare(); }

  Workspace& workspace() { return world_.workspace(); }
  FlagLedger ledger(const FlagFilter& filter = {}) {
    auto made = make_flag_ledger(workspace(), {.filter = filter, .today = "2017-12-24"});
    EXPECT_TRUE(made) << made.error().describe();
    return std::move(*made);
  }
  void assign_all() {
    StepOrder order{.step = {.action = Action::kAssign,
                             .role = Role::kTownship,
                             .by = "李四",
                             .on = day("2017-12-20")}};
    order.step.assignee = "三冲村";
    ASSERT_TRUE(take_steps_where(workspace(), {.state = State::kOpen}, order));
  }
  void take(const std::string& id, flag::Step step) {
    step.by = "赵六";
    if (step.note.empty()) step.note = "已办";
    const auto taken = take_steps(workspace(), {id}, {.step = step});
    ASSERT_TRUE(taken) << taken.error().describe_zh();
  }
  State state(const std::string& id) {
    return find_flag(workspace(), id)->done.disposition.state();
  }
  std::vector<Filled> tasks() {
    std::vector<Filled> rows;
    for (const LedgerFlag& flag : ledger({.state = State::kAssigned}).flags)
      rows.push_back({.flag_id = flag.flag_id, .mark = flag.mark});
    return rows;
  }
  // As a workbook, written by another hand than the ledger's: columns in another order.
  std::filesystem::path workbook(const std::vector<Filled>& rows) {
    using connectors::report::Cell;
    using connectors::report::Sheet;
    Sheet sheet{.name = "任务清单", .file = {}, .title = "某县 任务清单", .blocks = {}};
    sheet.blocks.push_back(
        {.title = {},
         .columns = {{.header = "校验码"},
                     {.header = "说明"},
                     {.header = "核查日期"},
                     {.header = "核查人"},
                     {.header = "原因"},
                     {.header = "核查结果"},
                     {.header = "疑点编号"}},
         .rows = rows.size(),
         .fill = [&rows](std::size_t i, std::vector<Cell>& cells) {
           const Filled& r = rows[i];
           cells.clear();
           for (const std::string* text :
                {&r.mark, &r.note, &r.visited, &r.visitor, &r.reason, &r.outcome, &r.flag_id})
             cells.push_back({.text = *text});
         }});
    const auto path = directory_.path() / "returned.xlsx";
    EXPECT_TRUE(connectors::report::write_workbook({sheet}, path, {}));
    return path;
  }
  std::filesystem::path csv(const std::vector<Filled>& rows) {
    const auto path = directory_.path() / "returned.csv";
    std::ofstream file(path, std::ios::binary);
    file << "\xEF\xBB\xBF疑点编号,校验码,核查结果,原因,核查人,核查日期,说明\r\n";
    for (const Filled& r : rows)
      file << r.flag_id << ',' << r.mark << ',' << r.outcome << ',' << r.reason << ',' << r.visitor
           << ',' << r.visited << ',' << r.note << "\r\n";
    return path;
  }
  // The same rows as the newest run's own ledger has them.
  std::vector<Filled> run_rows() {
    auto data = load_report(workspace().store(), "R0001");
    EXPECT_TRUE(data);
    const auto states = load_flag_states(workspace().store());
    EXPECT_TRUE(add_marks(workspace().store(), *states, *data));
    std::vector<Filled> rows;
    for (const auto& flag : data->flags)
      rows.push_back({.flag_id = flag.flag_id, .mark = flag.mark});
    return rows;
  }
  ImportedOutcomes import(const std::filesystem::path& file, Role role = Role::kVillage) {
    auto imported = import_outcomes(workspace(), file,
                                    {.role = role,
                                     .by = "李四",
                                     .on = day("2017-12-22"),
                                     .recorded = "2017-12-22T10:00:00+0800"});
    EXPECT_TRUE(imported) << imported.error().describe();
    return std::move(*imported);
  }
  std::uint64_t journal_entries() { return workspace().store().journal_head()->number; }

  store::TemporaryDirectory directory_;
  SmallWorld world_;
};

TEST_F(FlagLedgerTest, ListsAreWhatWasReviewed) {
  assign_all();
  const auto sheets = connectors::report::flag_ledger_sheets(ledger(), Locale::kChinese);
  EXPECT_THAT(sheets, SizeIs(10));
  const auto folder = directory_.path() / "ledger";
  FlagLedger made = ledger();
  for (LedgerFlag& flag : made.flags) flag.mark = "V1-*";  // of a key of this test alone
  ASSERT_TRUE(connectors::report::write_flag_ledger(made, folder, Locale::kChinese));
  for (const char* name : {"progress", "problems", "tasks", "duties", "deadlines", "suggestions"}) {
    const std::string file = std::string(name) + ".csv";
    expect_golden_file("tests/cases/workspace/flag_ledger/" + file, read_bytes(folder / file));
  }
}

TEST_F(FlagLedgerTest, AnEnglishLedgerSaysWhatItCanInEnglish) {
  assign_all();
  const auto made =
      make_flag_ledger(workspace(), {.today = "2017-12-24", .locale = Locale::kEnglish});
  ASSERT_TRUE(made);
  for (const LedgerFlag& flag : made->flags) {
    EXPECT_EQ(flag.next, "check");
    EXPECT_EQ(flag.deadline_kind, "check");
    EXPECT_THAT(flag.evidence, HasSubstr("id number"));
    EXPECT_THAT(flag.evidence, Not(HasSubstr("证件号码")));
  }
}

TEST_F(FlagLedgerTest, NoCellBecomesAFormula) {
  FlagLedger made = ledger();
  made.flags[0].names = "=HYPERLINK(1)";
  made.flags[0].evidence = "@SUM(1)";
  made.flags[0].household = "＋1";
  made.adjustments[0].now = "-2+3";
  const auto folder = directory_.path() / "ledger";
  ASSERT_TRUE(connectors::report::write_flag_ledger(made, folder, Locale::kChinese));
  const std::string problems = read_bytes(folder / "problems.csv");
  for (const char* cell : {",'=HYPERLINK(1),", ",'@SUM(1),", ",'＋1,"})
    EXPECT_THAT(problems, HasSubstr(cell));
  EXPECT_THAT(read_bytes(folder / "suggestions.csv"), HasSubstr(",'-2+3,"));
}

TEST_F(FlagLedgerTest, AFilledInListIsImportedOnceFromEitherKindOfFile) {
  assign_all();
  std::vector<Filled> rows = tasks();
  ASSERT_GE(rows.size(), 3U);
  rows[0].visited = "2017年12月21日";
  rows[1] = {rows[1].flag_id, rows[1].mark, "不属实", "合理例外", "王会计", "20171220", "已分户"};
  rows[2] = {rows[2].flag_id, rows[2].mark, "", "", "", "", ""};
  const std::uint64_t before = journal_entries();
  const ImportedOutcomes first = import(workbook(rows));
  EXPECT_THAT(first.refused, IsEmpty());
  EXPECT_EQ(first.found_false, 1U);
  EXPECT_EQ(first.taken(), rows.size() - 1);
  EXPECT_EQ(first.blank, 1U);
  EXPECT_EQ(journal_entries(), before + first.taken() + 1);
  EXPECT_EQ(state(rows[0].flag_id), State::kCheckedTrue);
  EXPECT_EQ(state(rows[1].flag_id), State::kCheckedFalse);
  EXPECT_EQ(state(rows[2].flag_id), State::kAssigned);
  const auto steps = find_flag(workspace(), rows[0].flag_id)->steps;
  EXPECT_EQ(steps.back().taken.step.by, "王会计");
  EXPECT_EQ(steps.back().taken.step.date, day("2017-12-21"));
  for (const auto& file : {workbook(rows), csv(rows)}) {
    const ImportedOutcomes again = import(file);
    EXPECT_EQ(again.taken(), 0U);
    EXPECT_EQ(again.known, rows.size() - 1);
    EXPECT_THAT(again.refused, IsEmpty());
  }
  EXPECT_EQ(journal_entries(), before + first.taken() + 1);
}

TEST_F(FlagLedgerTest, EachRowThatCannotBeTakenSaysWhyAndTheOthersAreTaken) {
  assign_all();
  const std::vector<Filled> rows = tasks();
  ASSERT_GE(rows.size(), 2U);
  const Filled& good = rows[0];
  const Filled& one = rows[1];
  const std::map<std::string, Filled> wrong = {
      {"校验码与疑点编号不符", {good.flag_id, one.mark}},
      {"校验码与疑点编号不符：", {one.flag_id, "V1-00000000-0000000000"}},
      {"校验码与", {"' OR 1=1 --", "=cmd|' /C calc'!A0"}},
      {"核查结果“是”不在选项内", {one.flag_id, one.mark, "是"}},
      {"原因“不知道”不在选项内", {one.flag_id, one.mark, "属实", "不知道"}},
      {"不能用原因“无人在家”", {one.flag_id, one.mark, "属实", "无人在家"}},
      {"不是日期", {one.flag_id, one.mark, "属实", "情况属实", "王", "2017-13-45"}},
      {"晚于导入日期", {one.flag_id, one.mark, "属实", "情况属实", "王", "2017-12-23"}},
      {"请核对年份", {one.flag_id, one.mark, "属实", "情况属实", "王", "2007-12-21"}},
      {"缺：核查人、说明", {one.flag_id, one.mark, "属实", "情况属实", "", "2017-12-21", ""}},
      {"前面已有一行", good}};
  for (const auto& [why, row] : wrong) {
    Filled second = row;
    if (why.starts_with("前面")) second.note = "另一说法";
    auto checked = import_outcomes(workspace(), csv({good, second}),
                                   {.by = "李四",
                                    .on = day("2017-12-22"),
                                    .recorded = "2017-12-22T10:00:00+0800",
                                    .dry_run = true});
    ASSERT_TRUE(checked) << checked.error().describe();
    EXPECT_EQ(checked->taken(), 1U) << why;
    ASSERT_THAT(checked->refused, SizeIs(1)) << why;
    EXPECT_THAT(checked->refused[0].why.zh, HasSubstr(why));
    EXPECT_EQ(checked->refused[0].row, 3U);
  }
  EXPECT_EQ(state(good.flag_id), State::kAssigned);  // only looked at
}

TEST_F(FlagLedgerTest, ARowIsRefusedWhereItsFlagMovedOn) {
  assign_all();
  const std::vector<Filled> rows = tasks();
  take(rows[0].flag_id,
       {.action = Action::kReturn, .role = Role::kCounty, .on = day("2017-12-21")});
  const ImportedOutcomes imported = import(csv(rows));
  ASSERT_THAT(imported.refused, SizeIs(1));
  EXPECT_THAT(imported.refused[0].why.zh, HasSubstr("导出以后已另行办理：2017-12-21 赵六 退回"));
  EXPECT_EQ(imported.taken(), rows.size() - 1);
}

TEST_F(FlagLedgerTest, AFileThatIsNoTaskListIsRefusedAsAWhole) {
  const auto path = directory_.path() / "other.csv";
  std::ofstream(path) << "姓名,证件号码\n某人,1\n";
  const auto imported = import_outcomes(workspace(), path, {.by = "李四", .on = 0});
  ASSERT_FALSE(imported);
  EXPECT_EQ(imported.error().code, ErrorCode::kBadInput);
}

TEST_F(FlagLedgerTest, EntriesRestOnChecksAndAgainstAHouseholdOnDecisions) {
  const auto entries = [&](const std::string& id) {
    const FlagLedger made = ledger();
    std::vector<Adjustment> of_flag;
    for (const Adjustment& a : made.adjustments) {
      if (made.flags[a.flag].flag_id == id) of_flag.push_back(a);
    }
    return of_flag;
  };
  const auto id_of = [&](const std::string& rule) {
    return list_flags(workspace(), {.rule = rule})->flags.at(0).state.flag.flag_id;
  };
  assign_all();
  const std::string dead = id_of("DEAD_IN_PR");  // on data quality
  const std::string paid = id_of("DEAD_PAID");   // on an entitlement
  for (const std::string& id : {dead, paid}) {
    ASSERT_THAT(entries(id), SizeIs(1));
    EXPECT_TRUE(entries(id)[0].suggested);
    take(id, {.action = Action::kCheck,
              .outcome = Outcome::kTrue,
              .role = Role::kVillage,
              .on = day("2017-12-22"),
              .reason = Reason::kFactsHold,
              .date = day("2017-12-21")});
    EXPECT_EQ(entries(id)[0].suggested, id == paid);
    EXPECT_EQ(entries(id)[0].kind, AdjustmentKind::kRemove);
    EXPECT_THAT(entries(id)[0].grounds, HasSubstr("核实属实 2017-12-21"));
  }
  take(dead, {.action = Action::kDecide,
              .outcome = Outcome::kLeave,
              .role = Role::kCounty,
              .on = day("2017-12-23")});
  EXPECT_THAT(entries(dead), IsEmpty());
  take(paid, {.action = Action::kNotify, .role = Role::kTownship, .on = day("2017-12-23")});
  EXPECT_TRUE(entries(paid)[0].suggested);
  take(paid, {.action = Action::kDecide,
              .outcome = Outcome::kAdverse,
              .role = Role::kCounty,
              .on = day("2018-01-10")});
  ASSERT_THAT(entries(paid), SizeIs(1));
  EXPECT_FALSE(entries(paid)[0].suggested);
  EXPECT_EQ(entries(paid)[0].grounds, "已决定：不利决定 2018-01-10");
}

TEST_F(FlagLedgerTest, ACapTakesTheBestOfEachTownshipAndCountsTheRest) {
  const auto all = list_flags(workspace(), {});
  ASSERT_GT(all->count, 2U);
  const auto capped = list_flags(workspace(), {.cap = {.county = 2}});
  EXPECT_THAT(capped->flags, SizeIs(2));
  EXPECT_EQ(capped->beyond.flags, all->count - 2);
  EXPECT_EQ(capped->flags[0].state.flag.flag_id, all->flags[0].state.flag.flag_id);
  StepOrder order{.step = {.action = Action::kAssign,
                           .role = Role::kTownship,
                           .by = "李四",
                           .on = day("2017-12-20"),
                           .assignee = "三冲村"}};
  const FlagFilter one_each{.cap = {.per_township = 1}};
  const auto first = take_steps_where(workspace(), one_each, order);
  ASSERT_TRUE(first) << first.error().describe();
  EXPECT_FALSE(first->steps.empty());
  const auto second = take_steps_where(workspace(), one_each, order);  // all have their share
  ASSERT_TRUE(second) << second.error().describe();
  EXPECT_TRUE(second->steps.empty());
  EXPECT_EQ(second->beyond.flags, all->count - first->steps.size());
}

TEST_F(FlagLedgerTest, TheLedgerOfARunComesBackAfterItsFlagsWereAssigned) {
  const std::vector<Filled> rows = run_rows();
  ASSERT_FALSE(rows.empty());
  assign_all();
  const auto file = workbook(rows);
  EXPECT_EQ(import(file).taken(), rows.size());
  EXPECT_EQ(state(rows[0].flag_id), State::kCheckedTrue);
  const auto again = import(file);
  EXPECT_EQ(again.known, rows.size());
  EXPECT_THAT(again.refused, IsEmpty());
}

TEST_F(FlagLedgerTest, WhatNobodyWasGivenIsTakenFromTheTownshipAlone) {
  const std::vector<Filled> rows = run_rows();
  const auto file = workbook(rows);
  const auto refused = import(file);
  ASSERT_THAT(refused.refused, SizeIs(rows.size()));
  EXPECT_THAT(refused.refused[0].why.zh, HasSubstr("还没有交办"));
  EXPECT_EQ(import(file, Role::kTownship).taken(), rows.size());
  const auto flag = find_flag(workspace(), rows[0].flag_id);
  ASSERT_THAT(flag->steps, SizeIs(2));
  EXPECT_EQ(flag->steps[0].taken.step.assignee, "王会计");
  EXPECT_EQ(flag->steps[1].taken.to, State::kCheckedTrue);
  EXPECT_FALSE(flag->steps[1].evidence.empty());
  EXPECT_EQ(import(file, Role::kTownship).known, rows.size());
}

TEST(FlagRanking, WhatHasNoPlaceTakesNothingOfACap) {
  std::vector<ShownFlag> flags(4);
  for (const std::size_t placed : {1U, 3U}) flags[placed].place = "千岭乡";
  for (ShownFlag& flag : flags) flag.state.flag.division = "340826000000";
  std::vector<ShownFlag> ranked = flags;
  const BeyondCap beyond = apply_cap({.county = 1}, ranked);
  ASSERT_THAT(ranked, SizeIs(1));
  EXPECT_EQ(ranked[0].place, "千岭乡");
  EXPECT_EQ(beyond.flags, 1U);
  EXPECT_EQ(beyond.without_place, 2U);
  EXPECT_EQ(apply_cap({}, flags).without_place, 0U);
  EXPECT_THAT(flags, SizeIs(4));
}

TEST(TaskMark, IsOfOneKeyAndOneFlag) {
  store::IndexSecret secret{};
  const std::string text = mark_text(secret, "160AB4Z7Q8YM", mark_of(3, 0x0123456789ABCDEF));
  EXPECT_EQ(parse_mark(secret, "160AB4Z7Q8YM", text), (TaskMark{3, 0x01234567}));
  EXPECT_FALSE(parse_mark(secret, "160AB4Z7Q8YN", text));
  EXPECT_FALSE(parse_mark(secret, "160AB4Z7Q8YM", text + "0"));
  secret[0] = std::byte{1};
  EXPECT_FALSE(parse_mark(secret, "160AB4Z7Q8YM", text));
  for (const char* wrong : {"", "V", "V-", "V1", "V1-", "V99999999999999999999999-0-0", "1-2-3"})
    EXPECT_FALSE(parse_mark(secret, "160AB4Z7Q8YM", wrong)) << wrong;
}

TEST(AdjustmentRules, KnowEveryRuleThatShips) {
  std::vector<std::string> known;
  for (const AdjustmentRule& rule : adjustment_rules()) known.push_back(rule.rule);
  std::vector<std::string> shipped;
  for (const rule::NamedText& file : shipped_rules())
    shipped.push_back(std::filesystem::path(file.name).stem().string());
  EXPECT_THAT(known, UnorderedElementsAreArray(shipped));
  EXPECT_FALSE(parse_adjustment_rules("DEAD_IN_PR\tdrop\t-\t-\n"));
  EXPECT_FALSE(parse_adjustment_rules("DEAD_IN_PR\tremove\n"));
}

}  // namespace
}  // namespace bidui::workspace
