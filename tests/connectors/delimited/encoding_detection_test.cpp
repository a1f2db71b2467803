#include "connectors/delimited/encoding_detection.h"

#include <gtest/gtest.h>

#include "tests/connectors/delimited/testing.h"

namespace bidui::connectors {
namespace {

using Encodings = std::vector<DetectedEncoding>;

const std::string kTable =
    "户编号,姓名,住址\n1,王伟,千岭乡竹墩村\n2,张敏,凉泉乡长岭镇8组\n3,李娜,\n";

Encodings detect(const std::string& bytes) {
  const auto high = std::ranges::find_if(bytes, [](char c) { return (c & 0x80) != 0; });
  return detect_encodings(bytes, {high, bytes.end()});
}

TEST(EncodingDetectionTest, ByteOrderMarksDecide) {
  EXPECT_EQ(detect("\xEF\xBB\xBF" + kTable), (Encodings{{Encoding::kUtf8, 3}}));
  EXPECT_EQ(detect("\xFF\xFE" + encode(kTable, "UTF-16LE")), (Encodings{{Encoding::kUtf16Le, 2}}));
  EXPECT_EQ(detect("\xFE\xFF" + encode(kTable, "UTF-16BE")), (Encodings{{Encoding::kUtf16Be, 2}}));
  EXPECT_EQ(detect("\x84\x31\x95\x33" + encode(kTable, "gb18030")),
            (Encodings{{Encoding::kGb18030, 4}}));
}

TEST(EncodingDetectionTest, BytesDecideWithoutMark) {
  EXPECT_EQ(detect(kTable)[0], (DetectedEncoding{Encoding::kUtf8, 0}));
  EXPECT_EQ(detect(encode(kTable, "gb18030"))[0], (DetectedEncoding{Encoding::kGb18030, 0}));
  EXPECT_EQ(detect(encode(kTable, "UTF-16LE")), (Encodings{{Encoding::kUtf16Le, 0}}));
  EXPECT_EQ(detect(encode(kTable, "UTF-16BE")), (Encodings{{Encoding::kUtf16Be, 0}}));
  EXPECT_EQ(detect("name,id\nA,1\n"), (Encodings{{Encoding::kUtf8, 0}}));
  EXPECT_EQ(detect(""), (Encodings{{Encoding::kUtf8, 0}}));
}

TEST(EncodingDetectionTest, ADamagedRowDoesNotChangeTheEncoding) {
  EXPECT_EQ(detect(kTable + "4,王\xE4\xBC,\n")[0].encoding, Encoding::kUtf8);
  EXPECT_EQ(detect(encode(kTable, "gb18030") + "4,\xCD\xF5\xFF,\n")[0].encoding,
            Encoding::kGb18030);
  EXPECT_EQ(detect("name,id\nA,1\nB,2\nC\xFF,3\nD,4\n")[0].encoding, Encoding::kUtf8);
}

TEST(EncodingDetectionTest, NulBytesAreNoUtf16) {
  using namespace std::string_literals;
  EXPECT_EQ(detect("name,id\nA\0,1\nB,2\0\n"s), (Encodings{{Encoding::kUtf8, 0}}));
  EXPECT_EQ(detect("name,id\nA\0\0\0\0\0\0,1\nB\0\0\0\0\0\0,2\n"s),
            (Encodings{{Encoding::kUtf8, 0}}));
}

TEST(EncodingDetectionTest, NothingFitsNoise) {
  std::mt19937 random(5);
  std::string noise;
  for (int i = 0; i < 20000; ++i) noise += static_cast<char>(random());
  EXPECT_TRUE(detect(noise).empty());
}

}  // namespace
}  // namespace bidui::connectors
