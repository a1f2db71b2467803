#include "workspace/check_report.h"

#include <gmock/gmock.h>
#include <regex>

#include "matcher/rule/calendar.h"
#include "tests/golden.h"
#include "tests/store/temporary_directory.h"
#include "tests/workspace/small_world.h"
#include "workspace/lookup.h"
#include "workspace/take_steps.h"

namespace bidui::workspace {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

class CheckReportTest : public testing::Test {
 protected:
  CheckReportTest() : world_(directory_.path()) { world_.compare(); }

  Workspace& workspace() { return world_.workspace(); }
  // Of the household with the flag of a dead member.
  IssuedReport issue(Values values = Values::kMasked) {
    const auto found =
        lookup(workspace(), {.household = "poverty:" + household_no(3), .values = values});
    EXPECT_TRUE(found && found->household);
    auto issued = issue_check_report(
        workspace(), *found->household,
        {.by = "李四", .purpose = "入户核查", .recorded = "2017-12-20T10:00:00+0800"});
    EXPECT_TRUE(issued) << issued.error().describe();
    return std::move(*issued);
  }
  CheckVerdict page_verdict(const std::string& page) {
    return verify_check_page(workspace(), page)->verdict;
  }

  store::TemporaryDirectory directory_;
  SmallWorld world_;
};

TEST_F(CheckReportTest, HoldsWhatTheSourcesSayAndNoNumberInFull) {
  const IssuedReport issued = issue();
  EXPECT_THAT(issued.page, HasSubstr("死亡仍在册"));
  EXPECT_THAT(issued.page, HasSubstr(issued.code));
  EXPECT_THAT(issued.page, HasSubstr("入户核查"));
  for (int p = 0; p < 3; ++p) {
    EXPECT_THAT(issued.page, Not(HasSubstr(small_person(3, p).id)));
    EXPECT_THAT(issued.page, Not(HasSubstr(small_person(3, p).name)));
  }
}

// What stands on the page, without what changes with any data, model, rule or key.
std::string words_of(std::string page) {
  page = page.substr(page.find("<body"));
  for (const auto& [pattern, instead] :
       {std::pair{"<[^>]*>", "\n"}, std::pair{"HD[0-9]{4}(-[0-9A-F]{4}){4}", "HD-CODE"},
        std::pair{"[0-9a-f]{16,}", "HASH"}, std::pair{"\\s*\n\\s*", "\n"}})
    page = std::regex_replace(page, std::regex(pattern), instead);
  return page;
}

TEST_F(CheckReportTest, SaysInEnglishWhatTheRulesSay) {
  const auto found = lookup(workspace(), {.household = "poverty:" + household_no(3)});
  ASSERT_TRUE(found && found->household);
  const auto issued = issue_check_report(workspace(), *found->household,
                                         {.by = "Li Si",
                                          .purpose = "visit",
                                          .recorded = "2017-12-20T10:00:00+0800",
                                          .locale = connectors::report::Locale::kEnglish});
  ASSERT_TRUE(issued) << issued.error().describe();
  for (const char* const unsaid :
       {"死亡登记", "证件号码", "村委会或派出所", "贫困人口动态管理", "；"})
    EXPECT_THAT(issued->page, Not(HasSubstr(unsaid)));
  expect_golden_file("tests/cases/workspace/check_report_en.txt", words_of(issued->page));
}

TEST_F(CheckReportTest, RevealedHoldsAllInFullButForTheJournal) {
  const IssuedReport issued = issue(Values::kFull);
  for (int p = 0; p < 3; ++p) {
    EXPECT_THAT(issued.page, HasSubstr(small_person(3, p).id));
    EXPECT_THAT(issued.page, HasSubstr(small_person(3, p).name));
  }
  EXPECT_THAT(issued.page, Not(HasSubstr("**")));
  EXPECT_THAT(issued.page, HasSubstr("按规定保管"));
  const auto checked = verify_check_page(workspace(), issued.page);
  EXPECT_EQ(checked->verdict, CheckVerdict::kGenuine);
  EXPECT_TRUE(checked->revealed);
  EXPECT_THAT(checked->head, HasSubstr("*"));
  EXPECT_FALSE(verify_check_code(workspace(), issue().code)->revealed);
}

TEST_F(CheckReportTest, IsFoundGenuineByPageAndByCode) {
  const IssuedReport issued = issue();
  EXPECT_EQ(page_verdict(issued.page), CheckVerdict::kGenuine);
  std::string windows;
  for (const char c : issued.page) windows += c == '\n' ? "\r\n" : std::string(1, c);
  EXPECT_EQ(page_verdict("\xEF\xBB\xBF" + windows), CheckVerdict::kGenuine);
  std::string typed = " " + issued.code;
  for (char& c : typed) c = static_cast<char>(std::tolower(c));
  const auto by_code = verify_check_code(workspace(), typed);
  EXPECT_EQ(by_code->verdict, CheckVerdict::kGenuine);
  EXPECT_EQ(by_code->by, "李四");
  EXPECT_EQ(by_code->page, issued.page);
}

TEST_F(CheckReportTest, EveryAlteredCharacterIsFound) {
  const IssuedReport issued = issue();
  for (std::size_t i = 0; i < issued.page.size(); i += 97) {
    std::string page = issued.page;
    page[i] = page[i] == 'x' ? 'y' : 'x';
    EXPECT_NE(page_verdict(page), CheckVerdict::kGenuine) << "byte " << i;
  }
  std::string code = issued.code;
  code.back() = code.back() == '0' ? '1' : '0';
  EXPECT_EQ(verify_check_code(workspace(), code)->verdict, CheckVerdict::kNeverIssued);
  EXPECT_EQ(verify_check_code(workspace(), "HD0001")->verdict, CheckVerdict::kNoCode);
  EXPECT_EQ(page_verdict("<html>"), CheckVerdict::kNoCode);
}

TEST_F(CheckReportTest, StillHoldsAfterLaterDeliveriesRunsAndSteps) {
  const IssuedReport issued = issue();
  const auto flags = verify_check_code(workspace(), issued.code)->flags;
  ASSERT_FALSE(flags.empty());
  const auto taken = take_steps(workspace(), {flags[0].flag_id},
                                {.step = {.action = flag::Action::kAssign,
                                          .role = flag::Role::kTownship,
                                          .by = "李四",
                                          .on = rule::parse_date_text("2017-12-21")->first,
                                          .assignee = "三冲村"}});
  ASSERT_TRUE(taken) << taken.error().describe();
  world_.import_again(
      "death", "2018-11-30",
      "登记编号,逝者姓名,性别,证件号,出生日期,死亡日期\nS2,钱某,男,,19200101,20150101\n");
  world_.compare();
  const auto later = verify_check_page(workspace(), issued.page);
  EXPECT_EQ(later->verdict, CheckVerdict::kGenuine);
  EXPECT_THAT(later->newer_runs, SizeIs(1));
  EXPECT_EQ(later->flags[0].then, "open");
  EXPECT_EQ(later->flags[0].now, "assigned");
  EXPECT_NE(issue().code.substr(0, 6), issued.code.substr(0, 6));
}

}  // namespace
}  // namespace bidui::workspace
