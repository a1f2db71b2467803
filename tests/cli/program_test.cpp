#include "tests/cli/program.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

#include "cli/command.h"
#include "tests/store/temporary_directory.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;

const std::string kSample = BIDUI_SOURCE_DIR "/tests/fixtures/sample/";

class ProgramTest : public testing::Test {
 protected:
  std::string path(const std::string& name) const { return (place_.path() / name).string(); }
  std::string write_file(const std::string& name, const std::string& content) const {
    std::ofstream(path(name), std::ios::binary) << content;
    return path(name);
  }
  Ended run(const std::vector<std::string>& arguments, const std::string& language = "zh") const {
    return run_bidui(place_.path().string(), arguments, language);
  }
  Ended import(const std::string& source, const std::string& file,
               std::vector<std::string> more = {}) const {
    std::vector<std::string> all{"import", "-w",      path("ws"),   "--source",
                                 source,   "--as-of", "2017-11-20", file};
    all.insert(all.end(), more.begin(), more.end());
    return run(all);
  }
  void init() const {
    ASSERT_EQ(run({"init", "-w", path("ws"), "--division", "340826"}).status, 0);
  }

  // A poverty file with one row that lacks its name.
  std::string file_with_reject() const {
    return write_file("a.csv",
                      "户编号,人编号,姓名,证件号码\nH1,P1,王小二,\nH1,P2,,342826197208260274\n");
  }

  store::TemporaryDirectory place_;
};

TEST_F(ProgramTest, HelpNamesEveryCommand) {
  const Ended help = run({"--help"});
  EXPECT_EQ(help.status, 0);
  for (const char* const name : {"init", "import", "schema", "link"})
    EXPECT_NE(help.out.find(name), std::string::npos) << name;
  EXPECT_NE(help.out.find("新建工作区"), std::string::npos);
  EXPECT_NE(run({"--help"}, "en").out.find("make a workspace"), std::string::npos);
}

TEST_F(ProgramTest, EveryCommandHasHelp) {
  for (const char* const name : {"init", "import", "refresh", "schema", "link", "rule", "model",
                                 "constraint", "flag", "audit"}) {
    const Ended help = run({name, "--help"});
    EXPECT_EQ(help.status, 0) << name;
    EXPECT_TRUE(help.out.starts_with("bidui " + std::string(name))) << help.out;
    EXPECT_TRUE(help.err.empty()) << help.err;
  }
}

TEST_F(ProgramTest, RulesAreListedCheckedAndTested) {
  EXPECT_NE(run({"rule", "list"}).out.find("DEAD_IN_PR"), std::string::npos);
  EXPECT_NE(run({"rule", "show", "DEAD_IN_PR"}).out.find("合理例外"), std::string::npos);
  EXPECT_EQ(run({"rule", "show", "NO_SUCH_RULE"}).status, 3);
  EXPECT_EQ(run({"rule", "test", "DEAD_IN_PR"}).status, 0);
  const std::string rule = R"({"id": "MINE", "version": 1, "title": "本县", "title_en": "mine",
    "severity": "I", "level": "L3", "touches": "data_quality", "subject": {"kind": "record", "sources": ["poverty"]},
    "deadline_days": 30, "when": "r.WHAT == 'male'", "basis": ["本县规定"]})";
  const auto rule_file = [&](const std::string& field) {
    std::string text = rule;
    return write_file(field + ".json", text.replace(text.find("WHAT"), 4, field));
  };
  EXPECT_EQ(run({"rule", "check", rule_file("sex")}).status, 0);
  const Ended wrong = run({"rule", "check", rule_file("sexx")});
  EXPECT_EQ(wrong.status, 1);
  EXPECT_NE(wrong.err.find("是不是“sex”"), std::string::npos) << wrong.err;
}

TEST_F(ProgramTest, WrongUsageEndsWithTwo) {
  const std::vector<std::vector<std::string>> wrong = {
      {},
      {"imprt"},
      {"init"},
      {"init", "-w", path("ws"), "--division", "34082"},
      {"import", "-w", path("ws")},
      {"import", "-w", path("ws"), "--source", "poverty", "--as-of", "2017-11-20"},
      {"import", "--no-such-option"},
      {"schema"},
      {"schema", "show"},
      {"rule"},
      {"rule", "shwo"},
  };
  for (const auto& arguments : wrong) {
    const Ended ended = run(arguments);
    EXPECT_EQ(ended.status, 2) << testing::PrintToString(arguments) << ended.err;
  }
}

TEST_F(ProgramTest, WhatCannotProceedEndsWithThree) {
  EXPECT_EQ(import("poverty", kSample + "建档立卡贫困人口.csv").status, 3) << "no workspace";
  init();
  EXPECT_EQ(run({"init", "-w", path("ws")}).status, 3) << "there is one already";
  EXPECT_EQ(import("pov", kSample + "建档立卡贫困人口.csv").status, 3) << "unknown source";
  EXPECT_EQ(import("poverty", path("none.csv")).status, 3) << "no such file";
  EXPECT_EQ(import("poverty", kSample + "机动车登记.csv").status, 3) << "another source's file";
  EXPECT_EQ(run({"schema", "show", "pov"}).status, 3);
}

// The first byte of a Chinese character or of its punctuation.
bool begins_han(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0xE3 && byte <= 0xEF;
}

// No command's help mixes the languages: not every line of an option is Chinese (values, names),
// but in English none is.
TEST_F(ProgramTest, HelpSpeaksOneLanguage) {
  for (const Command& command : commands()) {
    const std::string name(command.name);
    const Ended english = run({name, "--help"}, "en");
    EXPECT_EQ(english.status, 0) << name;
    EXPECT_TRUE(std::ranges::none_of(english.out, begins_han)) << english.out;
    std::istringstream lines(run({name, "--help"}, "zh").out);
    for (std::string line; std::getline(lines, line);) {
      const bool option = line.find("  -") != std::string::npos;
      const bool chinese = std::ranges::any_of(line, begins_han);
      EXPECT_TRUE(!option || chinese) << name << ": " << line;
    }
  }
}

TEST_F(ProgramTest, LinkSaysWhatAnOptionMayBe) {
  const std::string file = write_file("a.csv", "id,name\n1,x\n");
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{"--assign", "both"}, "one-to-one"},
      {{"--false-links", "0"}, "0.001"},
      {{"--false-links", "1.5"}, "0.001"},
      {{"--false-links", "x"}, "--false-links"},
      {{file, file}, "最多两个文件"}};
  for (const auto& [more, expected] : cases) {
    std::vector<std::string> all{"link", file, "--out", path("links.csv")};
    all.insert(all.end(), more.begin(), more.end());
    const Ended ended = run(all);
    EXPECT_EQ(ended.status, 2) << expected;
    EXPECT_NE(ended.err.find(expected), std::string::npos) << ended.err;
  }
  const Ended schema = run({"link", file, "--out", path("links.csv"), "--schema", "no_such"});
  EXPECT_EQ(schema.status, 3);
  EXPECT_NE(schema.err.find("poverty"), std::string::npos) << schema.err;
}

TEST_F(ProgramTest, LinksJsonIsOneObject) {
  std::string left = "编号,姓名,出生日期,住址\n";
  std::string right = left;
  for (int i = 10; i < 60; ++i) {
    const std::string row =
        fmt::format("王小{},19{}-03-1{},幸福村{}组\n", i % 2 == 0 ? "二" : "三", i, i % 9, i % 5);
    left += fmt::format("A{},{}", i, row);
    right += fmt::format("B{},{}", i, row);
  }
  left += "A99,,1960-01-01,幸福村1组\n";
  const Ended ended = run({"link", write_file("a.csv", left), write_file("b.csv", right), "--out",
                           path("links.csv"), "--json"});
  ASSERT_EQ(ended.status, 0) << ended.err;
  const json::object report = json::parse(ended.out).as_object();
  EXPECT_EQ(report.at("left").at("rows").to_number<int>() +
                static_cast<int>(report.at("left").at("rejects").as_array().size()),
            51);
  EXPECT_EQ(report.at("right").at("key"), "编号");
  EXPECT_EQ(report.at("links").to_number<int>(), 50);
  EXPECT_EQ(report.at("columns").at(1).at("kind"), "full_name");
  EXPECT_GT(report.at("keys").at("birth_surname").at("keys").to_number<int>(), 0);
  EXPECT_FALSE(report.at("phases").as_array().empty());
  EXPECT_EQ(ended.out.find("王小"), std::string::npos);
}

TEST_F(ProgramTest, ADateThatIsNoneIsWrongUsage) {
  init();
  const Ended ended = run({"import", "-w", path("ws"), "-s", "poverty", "--as-of", "2017-13-01",
                           kSample + "建档立卡贫困人口.csv"});
  EXPECT_EQ(ended.status, 2) << ended.err;
}

TEST_F(ProgramTest, ASecondImportIsRefusedAndSaysHowToReplace) {
  init();
  const std::string file = kSample + "死亡火化登记.csv";
  ASSERT_EQ(import("death", file).status, 0);
  const Ended same = import("death", file);
  EXPECT_EQ(same.status, 0);
  EXPECT_NE(same.out.find("同一文件已经导入过"), std::string::npos) << same.out;
  const std::string other = path("other.csv");
  std::ofstream(other) << std::ifstream(file).rdbuf() << "\n";
  const Ended again = import("death", other);
  EXPECT_EQ(again.status, 3);
  EXPECT_NE(again.err.find("--replace"), std::string::npos);
  EXPECT_EQ(import("death", other, {"--replace"}).status, 0);
}

TEST_F(ProgramTest, RefreshHasNothingToDoWithinOneVersion) {
  init();
  ASSERT_EQ(import("death", kSample + "死亡火化登记.csv").status, 0);
  const Ended text = run({"refresh", "-w", path("ws")});
  EXPECT_EQ(text.status, 0) << text.err;
  EXPECT_EQ(text.out, "数据都已按本版本标准化\n");
  EXPECT_EQ(run({"refresh", "-w", path("ws"), "--json"}).out, "{\"refreshed\":[]}\n");
}

TEST_F(ProgramTest, TheSummaryNamesWhatWasRead) {
  init();
  const Ended ended = import("relocation", kSample + "易地扶贫搬迁台账.csv");
  ASSERT_EQ(ended.status, 0) << ended.err;
  for (const char* const part :
       {"UTF-8（带 BOM）", "分隔符 逗号", "表头在第 1 行", "读取 230 = 导入 230 + 退回 0 + 跳过 0",
        "补齐的单元格 2,505", "迁出地(镇村组) → 迁出地", "15位升18位"}) {
    EXPECT_NE(ended.out.find(part), std::string::npos) << part << "\n" << ended.out;
  }
}

TEST_F(ProgramTest, TheSummarySaysWhatToCheckOfTheColumns) {
  init();
  const std::string file =
      write_file("a.csv", "档案号,户主姓名,补助资金（万元）,发放金额\nF1,王小二,1.5,15000\n");
  const Ended text = import("housing", file);
  ASSERT_EQ(text.status, 0) << text.err;
  EXPECT_NE(text.out.find("换算成元：补助资金（万元） × 10000\n"), std::string::npos) << text.out;
  EXPECT_NE(text.out.find("补助资金有几列可用：取“补助资金（万元）”，未取“发放金额”，请核对"),
            std::string::npos)
      << text.out;
  const json::object report =
      json::parse(import("housing", file, {"--again", "--json"}).out).as_object();
  const json::object& read = report.at("files").at(0).as_object();
  EXPECT_EQ(read.at("columns").at(2).at("scale").to_number<int>(), 10000);
  EXPECT_EQ(read.at("ambiguous").at(0).at("rejected").at(0), "发放金额");
}

// The poverty registry given as the civil one would be compared without an error, and be wrong from
// end to end. Of no file is that said whose source is right.
TEST_F(ProgramTest, AWrongSourceIsNoticed) {
  init();
  const std::vector<std::pair<std::string, std::string>> files = {
      {"poverty", "建档立卡贫困人口.csv"},    {"allowance", "农村低保花名册.csv"},
      {"relocation", "易地扶贫搬迁台账.csv"}, {"death", "死亡火化登记.csv"},
      {"housing", "农村住房信息.csv"},        {"civil", "常住人口登记.csv"},
      {"vehicle", "机动车登记.csv"},          {"business", "市场主体登记.csv"},
      {"disability", "持证残疾人.csv"},       {"payroll", "财政供养人员.csv"}};
  for (const auto& [source, file] : files) {
    const Ended ended = import(source, kSample + file);
    ASSERT_EQ(ended.status, 0) << ended.err;
    EXPECT_EQ(ended.out.find("注意"), std::string::npos) << source << "\n" << ended.out;
  }
  const Ended wrong = import("civil", kSample + "建档立卡贫困人口.csv", {"--replace"});
  ASSERT_EQ(wrong.status, 0) << wrong.err;
  EXPECT_NE(wrong.out.find("--source poverty"), std::string::npos) << wrong.out;
}

TEST_F(ProgramTest, RejectsAreResultsUnlessStrict) {
  init();
  const Ended ended = import("poverty", file_with_reject(), {"--rejects", path("rejects.csv")});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_NE(ended.out.find("必填字段为空"), std::string::npos) << ended.out;
  std::ostringstream rejects;
  rejects << std::ifstream(path("rejects.csv")).rdbuf();
  EXPECT_EQ(rejects.str(),
            "file,row,field,reason,value\na.csv,3,姓名,required_missing: 必填字段为空,\n");
  // The same file is not read again; what it is worth stays the same.
  EXPECT_EQ(import("poverty", file_with_reject(), {"--replace", "--strict"}).status, 1);
  EXPECT_EQ(import("poverty", file_with_reject(), {"--again", "--strict"}).status, 1);
}

TEST_F(ProgramTest, NoNumberOrNameIsPrinted) {
  init();
  const std::string file = write_file(
      "b.csv", "户编号,人编号,姓名,证件号码\nH1,P1,王小二,\nH1,P2,李四,342826197208260274,\n");
  const Ended ended = import("poverty", file);
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ((ended.out + ended.err).find("19720826"), std::string::npos);
  EXPECT_EQ((ended.out + ended.err).find("李四"), std::string::npos);
}

TEST_F(ProgramTest, ImportsJsonIsOneObject) {
  init();
  const Ended ended = import("poverty", file_with_reject(), {"--json"});
  ASSERT_EQ(ended.status, 0) << ended.err;
  const json::object report = json::parse(ended.out).as_object();
  EXPECT_EQ(report.at("instance"), "poverty");
  EXPECT_EQ(report.at("records").to_number<int>(), 1);
  const json::object& file = report.at("files").at(0).as_object();
  EXPECT_EQ(file.at("rows").at("rejected").to_number<int>(), 1);
  EXPECT_EQ(file.at("columns").at(2).at("field"), "name");
  EXPECT_EQ(report.at("rejects").at(0).at("row").to_number<int>(), 3);
  EXPECT_EQ(report.at("rejects").at(0).at("reason"), "required_missing");
}

TEST_F(ProgramTest, SchemasCanBeListedAndShown) {
  const json::array list = json::parse(run({"schema", "list", "--json"}).out).as_array();
  EXPECT_GE(list.size(), 10u);
  const Ended shown = run({"schema", "show", "housing", "--json"});
  EXPECT_EQ(json::parse(shown.out).at("key"), "file_no");
  EXPECT_NE(run({"schema", "list"}).out.find("农村住房信息"), std::string::npos);
  EXPECT_NE(run({"schema", "show", "housing"}).out.find("危房等级"), std::string::npos);
}

TEST_F(ProgramTest, AWorkspaceWithoutDivisionAsksForTheCoverage) {
  ASSERT_EQ(run({"init", "-w", path("ws"), "--key-file", path("k")}).status, 0);
  const std::string file = kSample + "死亡火化登记.csv";
  EXPECT_EQ(import("death", file, {"--key-file", path("k")}).status, 2);
  EXPECT_EQ(import("death", file, {"--key-file", path("k"), "--coverage", "340826"}).status, 0);
}

}  // namespace
}  // namespace bidui::cli
