#include "connectors/delimited/line_decoder.h"

#include <gmock/gmock.h>

#include "tests/connectors/delimited/testing.h"

namespace bidui::connectors {
namespace {

using testing::ElementsAre;

const std::string kRows = "王伟,竹墩村\n李娜,白岭村\n";

std::string gb(const std::string& text) { return encode(text, "gb18030"); }

ReadFile read(const std::string& bytes, std::size_t block_bytes = 1 << 20) {
  auto opened =
      DelimitedReader::open_bytes(bytes, "f", known_columns, {.block_bytes = block_bytes});
  EXPECT_TRUE(opened) << opened.error().describe();
  const auto file = read_all(std::move(opened));
  EXPECT_TRUE(file) << file.error().describe();
  return *file;
}

TEST(LineDecoder, AFilePutTogetherOfTwoIsReadInBothAndTheRowTold) {
  const std::string utf8 = "姓名,住址\n" + kRows;
  for (const std::size_t block : {std::size_t{1} << 20, std::size_t{5}}) {
    const ReadFile one = read(utf8 + gb(kRows) + "a,b\n" + kRows, block);
    EXPECT_THAT(one.loaded(0), ElementsAre("王伟", "李娜", "王伟", "李娜", "a", "王伟", "李娜"));
    EXPECT_THAT(one.notes.encoding_changes, ElementsAre(EncodingChange{4, Encoding::kGb18030},
                                                        EncodingChange{7, Encoding::kUtf8}));
    EXPECT_EQ(one.format.encoding, Encoding::kUtf8);
    const ReadFile other = read(gb("姓名,住址\n" + kRows + kRows) + "\xEF\xBB\xBF" + utf8, block);
    EXPECT_THAT(other.loaded(1),
                ElementsAre("竹墩村", "白岭村", "竹墩村", "白岭村", "竹墩村", "白岭村"));
    EXPECT_THAT(other.notes.encoding_changes, ElementsAre(EncodingChange{6, Encoding::kUtf8}));
    EXPECT_EQ(other.format.encoding, Encoding::kGb18030);
  }
}

// A character cut in half is damage, not another encoding.
TEST(LineDecoder, ADamagedLineIsRejectedAsBefore) {
  const ReadFile file = read("姓名,住址\n" + kRows + "王\xE4\xB8,竹墩村\n\xE4\xB8,a\n" + kRows);
  EXPECT_EQ(file.counts.loaded, 4u);
  EXPECT_EQ(file.counts.rejected, 2u);
  EXPECT_TRUE(file.notes.encoding_changes.empty());
}

TEST(LineDecoder, LineEndsMayBeMixed) {
  const ReadFile file = read("姓名,住址\r\n王,a\n李,b\r" + gb("赵云,竹墩\r\n") + "钱,c");
  EXPECT_THAT(file.loaded(0), ElementsAre("王", "李", "赵云", "钱"));
  EXPECT_THAT(file.notes.encoding_changes, ElementsAre(EncodingChange{4, Encoding::kGb18030},
                                                       EncodingChange{5, Encoding::kUtf8}));
}

// All that a county writes, row by row in either encoding, comes back, but for rows that tell
// nothing.
TEST(LineDecoder, EachLineOfAMixedFileIsTold) {
  constexpr std::uint32_t kSeed = 77;
  std::mt19937 random(kSeed);
  const char* const names[] = {"王伟", "欧阳修文", "李娜", "买买提·艾力", "闫红"};
  const char* const places[] = {"千岭乡竹墩村5组", "白岭村", "凉泉乡", "县城关镇"};
  std::string bytes = "姓名,住址\n";
  std::vector<std::string> expected;
  for (int row = 0; row < 3000; ++row) {
    const std::string name = names[random() % 5];
    const std::string line = name + "," + places[random() % 4] + "\n";
    expected.push_back(name);
    bytes += random() % 2 == 0 ? line : gb(line);
  }
  EXPECT_EQ(read(bytes).loaded(0), expected) << "seed " << kSeed;
  EXPECT_EQ(read(bytes, 100).loaded(0), expected) << "seed " << kSeed;
}

TEST(LineDecoder, KnowsWholeLines) {
  EXPECT_EQ(whole_lines("a\nb"), 2u);
  EXPECT_EQ(whole_lines("a\rb\n"), 4u);
  EXPECT_EQ(whole_lines("a\nb\rc"), 4u);
  EXPECT_EQ(whole_lines("abc"), 0u);
}

}  // namespace
}  // namespace bidui::connectors
