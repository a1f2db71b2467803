#include "connectors/delimited/encoding.h"

#include <array>
#include <gtest/gtest.h>
#include <random>

#include "connectors/delimited/gb18030.h"
#include "connectors/delimited/utf8.h"
#include "tests/connectors/delimited/testing.h"

namespace bidui::connectors {

namespace {

std::string decoded(Encoding encoding, std::string_view bytes) {
  TextBuffer out;
  const Decoded result = decode(encoding, bytes, true, out);
  EXPECT_EQ(result.consumed, bytes.size());
  return std::string(out.view());
}

// Every character of Unicode, as ICU writes it, comes back.
std::string all_characters() {
  std::string text;
  for (char32_t c = 1; c <= 0x10FFFF; ++c) {
    if ((c >= 0xD800 && c < 0xE000) || c == 0xFFFF || c == 0xFEFF) continue;
    std::array<char, 4> bytes{};
    text.append(bytes.data(), write_utf8(c, bytes.data()));
  }
  return text;
}

TEST(EncodingTest, EveryCharacterRoundTrips) {
  const std::string text = all_characters();
  EXPECT_EQ(decoded(Encoding::kUtf8, text), text);
  EXPECT_EQ(decoded(Encoding::kGb18030, encode(text, "gb18030")), text);
  EXPECT_EQ(decoded(Encoding::kUtf16Le, encode(text, "UTF-16LE")), text);
  EXPECT_EQ(decoded(Encoding::kUtf16Be, encode(text, "UTF-16BE")), text);
}

TEST(EncodingTest, PrivateUseCharactersStayAsTheyAre) {
  EXPECT_EQ(decoded(Encoding::kGb18030, "\xFE\x59"), "\uE81E");
  EXPECT_EQ(decoded(Encoding::kGb18030, "\xAA\xA1"), "\uE000");
}

// Bytes that do not decode leave one kBadByte each and swallow nothing behind them.
TEST(EncodingTest, BadBytesDoNotSwallowWhatFollows) {
  using namespace std::string_literals;
  EXPECT_EQ(decoded(Encoding::kUtf8, "\xE7\x8E,a\xFFz\n"), "\xFF\xFF,a\xFFz\n"s);
  EXPECT_EQ(decoded(Encoding::kUtf8, "\xED\xA0\x80|\xC0\xAF|\xF4\x90\x80\x80"),
            "\xFF\xFF\xFF|\xFF\xFF|\xFF\xFF\xFF\xFF"s);
  EXPECT_EQ(decoded(Encoding::kGb18030, "\xCD\xF5\xCD,b\x80\n\xFF\""), "王\xFF,b\xFF\n\xFF\""s);
  EXPECT_EQ(decoded(Encoding::kGb18030, "\x81\x30,\x81\x30\x81\n\x81"),
            "\xFF"
            "0,\xFF"
            "0\xFF\n\xFF"s);
  EXPECT_EQ(decoded(Encoding::kGb18030, "\xE3\x32\x9A\x36"s),
            "\xFF"
            "2\xFF"
            "6"s);  // above U+10FFFF
  EXPECT_EQ(decoded(Encoding::kUtf16Le, "a\0\x00\xD8,\0\x00\xDCz\0q"s), "a\xFF,\xFFz\xFF"s);
}

// Random bytes: valid UTF-8 with marks in the place of what was wrong, whatever pieces they come
// in.
// Byte by byte, as the standard has it.
std::string marked_slowly(std::string text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto* const p = reinterpret_cast<const unsigned char*>(text.data()) + i;
    const int length = utf8_sequence_length(p, text.size() - i);
    if (length <= 0) text[i] = kBadByte;
    i += length > 0 ? static_cast<std::size_t>(length) : 1;
  }
  return text;
}

// Long runs of plain text are judged many bytes at a time, wherever a character lies in them.
TEST(EncodingTest, DamageInLongPlainTextIsFoundWhereverItStands) {
  constexpr std::uint32_t kSeed = 6464;
  std::mt19937 random(kSeed);
  constexpr std::array<std::string_view, 6> kPlain = {"a", ",", "王", "村", "号", "7"};
  constexpr std::array<std::string_view, 9> kRare = {
      "é",    "\U00020000",   "\xE4",         "\xE4\xB8",
      "\x80", "\xED\xA0\x80", "\xE0\xA4\x95", "\xEF\xBC\x8C",
      "\xFF"};
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    const auto length = static_cast<std::uint32_t>(random() % 300);
    const auto rare_one_in =
        static_cast<std::uint32_t>(round % 4 == 0 ? 0 : 20 * (1 + random() % 8));
    while (text.size() < length) {
      const bool rare = rare_one_in != 0 && random() % rare_one_in == 0;
      text += rare ? kRare[random() % kRare.size()] : kPlain[random() % kPlain.size()];
    }
    EXPECT_EQ(decoded(Encoding::kUtf8, text), marked_slowly(text)) << "seed " << kSeed;
  }
}

TEST(EncodingTest, PiecesGiveTheSameAsTheWhole) {
  constexpr unsigned kSeed = 3;
  std::mt19937 random(kSeed);
  for (int round = 0; round < 3000; ++round) {
    std::string bytes;
    for (std::size_t i = 0; i < random() % 40; ++i) {
      bytes += static_cast<char>(random() % 3 == 0 ? random() % 128 : random() % 256);
    }
    for (const auto encoding :
         {Encoding::kUtf8, Encoding::kGb18030, Encoding::kUtf16Le, Encoding::kUtf16Be}) {
      const std::string whole = decoded(encoding, bytes);
      std::string pieces;
      std::string pending;
      for (const char byte : bytes) {
        pending += byte;
        TextBuffer out;
        const Decoded result = decode(encoding, pending, false, out);
        pieces += out.view();
        pending.erase(0, result.consumed);
      }
      pieces += decoded(encoding, pending);
      ASSERT_EQ(pieces, whole) << "seed " << kSeed << " round " << round << " "
                               << encoding_name(encoding);
      std::string clean = whole;
      std::erase(clean, kBadByte);
      ASSERT_EQ(decoded(Encoding::kUtf8, clean), clean);
    }
  }
}

}  // namespace
}  // namespace bidui::connectors
