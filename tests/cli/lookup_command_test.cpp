// The commands as a user runs them: exit status, masked values on the screen.
#include <gmock/gmock.h>

#include "cli/command.h"
#include "cli/console.h"
#include "tests/golden.h"
#include "tests/store/temporary_directory.h"
#include "tests/workspace/small_world.h"

namespace bidui::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using workspace::civil_key;
using workspace::poverty_key;
using workspace::small_person;

class LookupCommand : public testing::Test {
 protected:
  LookupCommand() {
    workspace::SmallWorld world(directory_.path());
    world.compare();
    path_ = world.path().string();
  }

  int call(Arguments arguments) {
    testing::internal::CaptureStdout();
    const int status = run(arguments);
    out_ = testing::internal::GetCapturedStdout();
    return status;
  }

  store::TemporaryDirectory directory_;
  std::string path_;
  std::string out_;
};

TEST_F(LookupCommand, ShowsOneHouseholdMasked) {
  EXPECT_EQ(call({"lookup", "-w", path_, "--id", small_person(3, 0).id}), kDone);
  EXPECT_THAT(out_, HasSubstr("****"));
  EXPECT_THAT(out_, Not(HasSubstr(small_person(3, 0).id)));
  EXPECT_THAT(out_, Not(HasSubstr(small_person(3, 0).name)));
  EXPECT_THAT(out_, HasSubstr("H00003"));
}

TEST_F(LookupCommand, GivesJson) {
  EXPECT_EQ(call({"lookup", "-w", path_, "--household", "poverty:H00003", "--json"}), kDone);
  EXPECT_THAT(out_, HasSubstr("\"rule\":\"DEAD_IN_PR\""));
}

TEST_F(LookupCommand, EndsWithOneWhereStrictAndNothingFound) {
  EXPECT_EQ(call({"lookup", "-w", path_, "--id", "110101198001010010"}), kDone);
  EXPECT_EQ(call({"lookup", "-w", path_, "--id", "110101198001010010", "--strict"}), kCheckFailed);
  EXPECT_EQ(call({"lookup", "-w", path_}), kWrongUsage);
}

TEST_F(LookupCommand, ExplainsTwoRecords) {
  EXPECT_EQ(call({"explain", "-w", path_, "poverty:" + poverty_key(1, 0),
                  "civil:" + civil_key(1, 0), "--json"}),
            kDone);
  EXPECT_THAT(out_, HasSubstr("\"decision\":\"linked\""));
  EXPECT_THAT(out_, HasSubstr("\"format\":\"bidui.explanation/1\""));
  EXPECT_EQ(call({"explain", "-w", path_, "poverty:" + poverty_key(1, 0)}), kWrongUsage);
  EXPECT_EQ(call({"explain", "-w", path_, "王伟", "civil:" + civil_key(1, 0)}), kWrongUsage);
  EXPECT_EQ(call({"explain", "-w", path_, "poverty:X", "civil:" + civil_key(1, 0)}), kFailed);
}

TEST_F(LookupCommand, ACheckReportInFullLeavesForAReasonThatIsLogged) {
  const std::string file = (directory_.path() / "one.html").string();
  EXPECT_EQ(call({"report", "household", "-w", path_, "poverty:H00003", "--out", file, "--by",
                  "李四", "--reveal", "入户核查"}),
            kDone);
  EXPECT_THAT(read_bytes(file), HasSubstr(small_person(3, 0).id));
  EXPECT_EQ(call({"review", "reveals", "-w", path_}), kDone);
  EXPECT_THAT(out_, HasSubstr("入户核查"));
  const std::string again = (directory_.path() / "again.html").string();
  EXPECT_EQ(call({"report", "verify", "-w", path_, file, "--out", again}), kWrongUsage);
  EXPECT_THAT(out_, Not(HasSubstr(small_person(3, 0).name)));
  EXPECT_FALSE(std::filesystem::exists(again));
  EXPECT_EQ(call({"report", "verify", "-w", path_, file, "--out", again, "--reveal", "存档",
                  "--reveal-by", "王五"}),
            kDone);
  EXPECT_EQ(read_bytes(again), read_bytes(file));
  EXPECT_EQ(call({"review", "reveals", "-w", path_}), kDone);
  EXPECT_THAT(out_, HasSubstr("王五"));
  EXPECT_EQ(call({"audit", "verify", "-w", path_}), kDone);
}

TEST_F(LookupCommand, DrawsAnExplanation) {
  const std::filesystem::path file = directory_.path() / "explain.html";
  EXPECT_EQ(call({"explain", "-w", path_, "poverty:" + poverty_key(2, 0),
                  "civil:" + civil_key(2, 0), "--locale", "en", "--html", file.string()}),
            kDone);
  EXPECT_THAT(out_, HasSubstr("One person."));
  const std::string page = read_bytes(file);
  EXPECT_THAT(page, HasSubstr("<svg"));
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  EXPECT_THAT(page, Not(HasSubstr("http://")));
  EXPECT_THAT(page, Not(HasSubstr("https://")));
  EXPECT_THAT(page, Not(HasSubstr(small_person(2, 0).id)));
  EXPECT_THAT(page, Not(HasSubstr(small_person(2, 0).name)));
}

TEST_F(LookupCommand, KeepsListsAndRemovesConstraints) {
  const std::string a = "poverty:" + poverty_key(1, 0);
  const std::string b = "civil:" + civil_key(1, 0);
  EXPECT_EQ(call({"constraint", "-w", path_, "add", a, b, "--as", "王会计", "--reason", "核实"}),
            kDone);
  EXPECT_EQ(call({"constraint", "-w", path_, "list"}), kDone);
  EXPECT_THAT(out_, HasSubstr("王会计"));
  EXPECT_THAT(out_, HasSubstr(a));
  EXPECT_EQ(call({"explain", "-w", path_, a, b, "--json"}), kDone);
  EXPECT_THAT(out_, HasSubstr(R"("kind":"vetoed")"));
  EXPECT_EQ(call({"constraint", "-w", path_, "add", b, a, "--as", "李", "--reason", "r"}), kFailed);
  EXPECT_EQ(call({"constraint", "-w", path_, "add", a, b}), kWrongUsage);
  EXPECT_EQ(call({"constraint", "-w", path_, "add", a, "王伟", "--as", "李", "--reason", "r"}),
            kWrongUsage);
  EXPECT_EQ(call({"constraint", "-w", path_, "remove", b, a}), kDone);
  EXPECT_EQ(call({"constraint", "-w", path_, "remove", b, a}), kFailed);
  EXPECT_EQ(call({"constraint", "-w", path_, "list", "--json"}), kDone);
  EXPECT_EQ(out_, "[]\n");
}

TEST_F(LookupCommand, ComparesSinceARun) {
  EXPECT_EQ(call({"compare", "-w", path_, "--no-report", "--since", "R0001"}), kDone);
  EXPECT_THAT(out_, HasSubstr("R0001"));
  EXPECT_EQ(call({"compare", "-w", path_, "--no-report", "--since", "R0009"}), kFailed);
}

TEST_F(LookupCommand, ListsAndShowsFlags) {
  EXPECT_EQ(call({"flag", "-w", path_, "list", "--rule", "DEAD_IN_PR", "--json"}), kDone);
  const std::size_t at = out_.find("\"flag_id\":\"");
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(call({"flag", "-w", path_, "show", out_.substr(at + 11, 12)}), kDone);
  EXPECT_THAT(out_, HasSubstr("DEAD_IN_PR"));
  EXPECT_EQ(call({"flag", "-w", path_, "list", "--severity", "Z"}), kWrongUsage);
}

}  // namespace
}  // namespace bidui::cli
