// The fuzzer's corpus as an ordinary test: no input crashes the reader or breaks the sum.
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

#include "tests/connectors/delimited/testing.h"
#include "tests/fuzz/delimited_fuzz.h"

namespace bidui::connectors {
namespace {

TEST(DelimitedFuzzCorpusTest, EveryFileHoldsTheInvariants) {
  int files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(BIDUI_SOURCE_DIR "/tests/fuzz/delimited_corpus")) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(fuzz_delimited(bytes), "") << entry.path();
    ++files;
  }
  EXPECT_GE(files, 5);
}

TEST(DelimitedFuzzCorpusTest, RandomBytesHoldTheInvariants) {
  constexpr unsigned kSeed = 31;
  std::mt19937 random(kSeed);
  for (int round = 0; round < 3000; ++round) {
    std::string bytes = "a,b,c\n";
    bytes += random_text(random, "ab,\"\n\r|;\t\xE5\x90\x8D\xCD\xF5\xFF\x81\x30", random() % 200);
    ASSERT_EQ(fuzz_delimited(bytes), "") << "seed " << kSeed << " round " << round;
  }
}

}  // namespace
}  // namespace bidui::connectors
