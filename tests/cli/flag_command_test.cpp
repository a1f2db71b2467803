// What is done about flags, as a township's worker does it: in the order of the work, with the
// words that stand on the screen.
#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "cli/command.h"
#include "cli/console.h"
#include "tests/store/temporary_directory.h"
#include "tests/workspace/small_world.h"

namespace bidui::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

class FlagCommand : public testing::Test {
 protected:
  FlagCommand() {
    workspace::SmallWorld world(directory_.path());
    world.compare();
    path_ = world.path().string();
  }

  // `bidui flag …` on the day 2018-01-0D.
  int flag(Arguments arguments, const std::string& day = "1") {
    const bool steps = arguments[0] != "list" && arguments[0] != "show";
    arguments.insert(arguments.begin(), {"flag", "-w", path_});
    if (steps) arguments.insert(arguments.end(), {"--on", "2018-01-0" + day});
    return call(arguments);
  }
  int call(const Arguments& arguments) {
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const int status = run(arguments);
    out_ = testing::internal::GetCapturedStdout();
    err_ = testing::internal::GetCapturedStderr();
    return status;
  }
  std::string first_flag(const std::string& rule) {
    EXPECT_EQ(flag({"list", "--rule", rule, "--limit", "1", "--json"}), kDone);
    return std::string(boost::json::parse(out_).at("flags").at(0).at("flag_id").as_string());
  }

  store::TemporaryDirectory directory_;
  std::string path_;
  std::string out_;
  std::string err_;
};

TEST_F(FlagCommand, TakesAFlagFromOpenToConfirmedAndTellsItsHistory) {
  const std::string id = first_flag("DEAD_IN_PR");
  ASSERT_EQ(flag({"assign", id, "--as", "township", "--by", "李四"}), kDone) << err_;
  EXPECT_EQ(out_, "待交办 → 已交办  1 个疑点  " + id + "\n");
  ASSERT_EQ(flag({"check", id, "--as", "村", "--by", "王会计", "--outcome", "属实", "--reason",
                  "情况属实", "--visited", "2018-01-02", "--note", "家属承认"},
                 "2"),
            kDone)
      << err_;
  EXPECT_EQ(
      flag({"decide", id, "--as", "county", "--by", "赵六", "--decision", "adverse", "--note", "x"},
           "3"),
      kFailed);
  EXPECT_THAT(err_, HasSubstr("现在可以：决定：更正数据（县）"));
  ASSERT_EQ(flag({"decide", id, "--as", "county", "--by", "赵六", "--decision", "correct", "--note",
                  "减员"},
                 "3"),
            kDone);
  ASSERT_EQ(flag({"rectify", id, "--as", "source", "--by", "钱七", "--note", "已减员", "--where",
                  "扶贫系统"},
                 "4"),
            kDone);
  ASSERT_EQ(flag({"confirm", id, "--as", "township", "--by", "李四"}, "5"), kDone);
  EXPECT_EQ(out_, "已整改 → 已整改（乡镇已确认）  1 个疑点  " + id + "\n");
  ASSERT_EQ(flag({"confirm", id, "--as", "county", "--by", "赵六"}, "6"), kDone);
  ASSERT_EQ(flag({"show", id}), kDone);
  for (const char* const said :
       {"2018-01-01  乡镇 李四", "交给 下仓镇三冲村、期限 2018-01-31",
        "核实：属实（情况属实、入户 2018-01-02）", "整改（改在 扶贫系统）：已减员", "现在：已确认",
        "可以：销号（县）、退回（县）"})
    EXPECT_THAT(out_, HasSubstr(said));
  ASSERT_EQ(flag({"show", id, "--json"}), kDone);
  const boost::json::value shown = boost::json::parse(out_);
  EXPECT_EQ(shown.at("state").as_string(), "confirmed");
  EXPECT_EQ(shown.at("steps").as_array().size(), 6U);
  EXPECT_EQ(call({"audit", "-w", path_, "verify"}), kDone);
  EXPECT_THAT(out_, HasSubstr("日志共 10 条，前后相接，没有改动"));
}

TEST_F(FlagCommand, BatchesSayHowManyAndLeaveOutWhatIsNotPossible) {
  const std::string id = first_flag("DEAD_IN_PR");
  ASSERT_EQ(flag({"list", "--json"}), kDone);
  const auto all = boost::json::parse(out_).at("count").to_number<std::size_t>();
  ASSERT_EQ(flag({"assign", id, "--as", "township", "--by", "李四"}), kDone);
  const Arguments batch = {"assign", "--township", "下仓镇", "--as", "township", "--by", "李四"};
  Arguments dry = batch;
  dry.emplace_back("--dry-run");
  ASSERT_EQ(flag(dry), kDone);
  EXPECT_THAT(out_, HasSubstr("将会 待交办 → 已交办  " + std::to_string(all - 1) + " 个疑点"));
  ASSERT_EQ(flag(batch), kDone);
  EXPECT_THAT(out_, HasSubstr("待交办 → 已交办  " + std::to_string(all - 1) + " 个疑点"));
  EXPECT_THAT(out_, HasSubstr("另有 1 个"));
  ASSERT_EQ(flag({"list", "--state", "已交办"}), kDone);
  EXPECT_THAT(out_, HasSubstr("共 " + std::to_string(all) + " 个疑点"));
}

TEST_F(FlagCommand, ADismissedFlagLeavesTheWorkListAndCountsForItsRule) {
  const std::string id = first_flag("DEAD_IN_PR");
  ASSERT_EQ(flag({"assign", id, "--as", "township", "--by", "李四"}), kDone);
  ASSERT_EQ(flag({"check", id, "--as", "village", "--by", "王会计", "--outcome", "false",
                  "--reason", "wrong_link", "--visited", "2018-01-02", "--note", "同名的另一人"},
                 "2"),
            kDone);
  ASSERT_EQ(flag({"dismiss", id, "--as", "township", "--by", "李四", "--until", "2019-12-31"}, "3"),
            kDone);
  EXPECT_THAT(out_, HasSubstr("认定 1 对记录不是同一人"));
  ASSERT_EQ(flag({"list"}), kDone);
  EXPECT_THAT(out_, Not(HasSubstr(id)));
  ASSERT_EQ(flag({"list", "--state", "dismissed"}), kDone);
  EXPECT_THAT(out_, HasSubstr(id));
  ASSERT_EQ(flag({"list", "--by-rule"}), kDone);
  EXPECT_THAT(out_, HasSubstr("0.0% (0.0%–"));
  ASSERT_EQ(call({"constraint", "-w", path_, "list"}), kDone);
  EXPECT_THAT(out_, HasSubstr("疑点 " + id));
}

}  // namespace
}  // namespace bidui::cli
