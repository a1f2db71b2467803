// Every call that cannot succeed (tests/cases/cli/bad_calls.tsv) says so in the user's language,
// and ends with the documented status (contracts §4).
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

#include "tests/cli/program.h"
#include "tests/store/temporary_directory.h"

namespace bidui::cli {
namespace {

namespace fs = std::filesystem;

struct BadCall {
  std::string where;  // file:line
  std::vector<std::string> arguments;
  int status = 0;
  std::string says;  // part of the message
};

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, at);) parts.push_back(part);
  return parts;
}

std::vector<BadCall> bad_calls() {
  const std::string path = "tests/cases/cli/bad_calls.tsv";
  std::ifstream file(BIDUI_SOURCE_DIR "/" + path);
  std::vector<BadCall> calls;
  std::string line;
  std::getline(file, line);  // names of the columns
  for (int number = 2; std::getline(file, line); ++number) {
    std::vector<std::string> cells = split(line, '\t');
    cells.resize(4);
    calls.push_back(
        {path + ":" + std::to_string(number), split(cells[0], ' '), std::stoi(cells[1]), cells[2]});
  }
  return calls;
}

bool is_word(const std::string& text) {
  return !text.empty() && std::ranges::all_of(text, [](unsigned char c) {
    return std::isalpha(c) != 0 || c == '\'';
  });
}

// Four English words in a row; options, paths, file names and identifiers are none.
bool has_english_sentence(const std::string& line) {
  std::size_t run = 0;
  for (std::string word : split(line, ' ')) {
    const bool ends =
        !word.empty() && std::string_view(",;:.").find(word.back()) != std::string::npos;
    if (ends) word.pop_back();
    run = is_word(word) ? run + 1 : 0;
    if (run > 3) return true;
  }
  return false;
}

bool has_chinese(const std::string& line) {
  return std::ranges::any_of(line, [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
}

class BadCallTest : public testing::Test {
 protected:
  // What the table's calls name, all in one directory, from which the program is run.
  void SetUp() override {
    fs::create_directory(path("folder"));
    write("folder/file", "x");
    write("people.csv", "户编号,人编号,姓名,证件号码\nH1,P1,王小二,342826197208260274\n");
    write("others.csv", "户编号,人编号,姓名,证件号码\nH1,P2,李四,\n");
    write("header.csv", "户编号,人编号,姓名,证件号码\n");
    write("unnumbered.csv", "户编号,人编号,姓名,性别\n");
    write("open.csv", "户编号,人编号,姓名,证件号码\nH1,P1,\"王小二,\n");
    write("words.csv", "1,2\n3,4\n");
    write("empty.csv", "");
    write("binary.csv",
          std::string("\xFF\x81\xFE\xC0\x80\xF9\xFF\x01\x02\xFD\xFF\xFF\x80\x00", 14));
    write("broken.xlsx", "PK\x03\x04 cut off");
    write("old.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    write("broken.json", "{");
    write("typing.json", R"({"source": "mine", "titel": "我的"})");
    ASSERT_EQ(run({"init", "-w", "ws", "--division", "340826"}).status, 0);
    ASSERT_EQ(run({"init", "-w", "empty", "--division", "340826"}).status, 0);
    ASSERT_EQ(run({"init", "-w", "broken"}).status, 0);
    ASSERT_EQ(
        run({"import", "-w", "ws", "--source", "poverty", "--as-of", "2017-11-20", "people.csv"})
            .status,
        0);
    write("broken/bidui.json", "{");
    std::string key = content("ws.key");
    key.back() = static_cast<char>(key.back() ^ 1);
    write("damaged.key", key);
  }

  std::string path(const std::string& name) const { return (place_.path() / name).string(); }
  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path(name), std::ios::binary) << bytes;
  }
  std::string content(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(path(name), std::ios::binary).rdbuf();
    return text.str();
  }
  Ended run(const std::vector<std::string>& arguments, const std::string& language = "zh") const {
    return run_bidui_in(place_.path().string(), arguments, language);
  }

  store::TemporaryDirectory place_;
};

TEST_F(BadCallTest, ChineseUsersReadChinese) {
  const std::vector<BadCall> calls = bad_calls();
  ASSERT_GT(calls.size(), 50U);
  for (const BadCall& call : calls) {
    const Ended ended = run(call.arguments);
    EXPECT_EQ(ended.status, call.status) << call.where << "\n" << ended.err;
    EXPECT_TRUE(has_chinese(ended.err)) << call.where << "\n" << ended.err;
    EXPECT_NE(ended.err.find(call.says), std::string::npos) << call.where << "\n" << ended.err;
    for (const std::string& line : split(ended.err, '\n'))
      EXPECT_FALSE(has_english_sentence(line)) << call.where << "\n" << line;
  }
}

// File names, headers and place names stay as they are; all else is English.
TEST_F(BadCallTest, EnglishUsersReadEnglish) {
  for (const BadCall& call : bad_calls()) {
    const Ended ended = run(call.arguments, "en");
    EXPECT_EQ(ended.status, call.status) << call.where << "\n" << ended.err;
    for (const std::string_view word : {"错误", "请", "没有", "无法", "：", "；"})
      EXPECT_EQ(ended.err.find(word), std::string::npos) << call.where << "\n" << ended.err;
  }
}

TEST(EnglishSentenceTest, KnowsOptionsFromWords) {
  EXPECT_TRUE(has_english_sentence("错误：there is no such file"));
  EXPECT_TRUE(has_english_sentence("cannot open: no such file"));
  EXPECT_FALSE(has_english_sentence("没有模型：bidui model train --model 文件"));
  EXPECT_FALSE(has_english_sentence("用法：bidui import -w DIR --source poverty FILE…"));
}

}  // namespace
}  // namespace bidui::cli
