// The fuzzer's corpus as an ordinary test: each file is an input that once broke something, or a
// shape worth keeping. No input crashes, none breaks an invariant.
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <random>

#include "tests/fuzz/fuzz_target.h"

namespace bidui::fuzz {
namespace {

std::string read_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(FuzzCorpusTest, EveryFileHoldsTheInvariants) {
  int files = 0;
  for (const FuzzTarget& target : kFuzzTargets) {
    const std::filesystem::path folder =
        std::filesystem::path(BIDUI_SOURCE_DIR "/tests/fuzz/corpus") / target.name;
    if (!std::filesystem::exists(folder)) continue;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      EXPECT_EQ(target.check(read_bytes(entry.path())), "") << entry.path();
      ++files;
    }
  }
  EXPECT_GE(files, 5);
}

TEST(FuzzCorpusTest, RandomPiecesHoldTheInvariants) {
  constexpr unsigned kSeed = 31;
  const std::string_view pieces[] = {
      "a",  "1",  ",", "\"", "\n",   "|",      "\t", "{", "}", ":",  "[",  "名", "\xCD\xF5", "\xFF",
      "村", "组", "-", ".",  "2017", "340826", "王", "(", ")", "&&", "r.", "年", "*",        "'"};
  for (const FuzzTarget& target : kFuzzTargets) {
    std::minstd_rand random(kSeed);
    for (int round = 0; round < 1000; ++round) {
      std::string bytes = target.name == "delimited" ? "a,b,c\n" : "";
      for (auto k = random() % 60; k > 0; --k) bytes += pieces[random() % std::size(pieces)];
      ASSERT_EQ(target.check(bytes), "") << target.name << " seed " << kSeed << " round " << round;
    }
  }
}

}  // namespace
}  // namespace bidui::fuzz
