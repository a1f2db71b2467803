#include <gtest/gtest.h>
#include <string>
#include <string_view>

#include "matcher/record/feature_builder.h"

namespace bidui::record {
namespace {

std::string kept(std::string_view text) {
  const TextFeature f = build_text_feature(text);
  return {f.bytes.data(), f.length};
}

TEST(TextFeature, LettersAreFoldedAndSpacesJoined) {
  EXPECT_EQ(kept("  Müller   strasse "), "MULLER STRASSE");
  EXPECT_EQ(kept("rue  Émile"), "RUE EMILE");
  EXPECT_EQ(kept("Emile\u0301"), "EMILE");  // a combining accent
  EXPECT_EQ(kept("o'brien"), "OBRIEN");
  EXPECT_EQ(kept("st. mary-ann"), "ST MARY ANN");
  EXPECT_EQ(kept("12/345"), "12 345");
  EXPECT_EQ(kept("ＡＢＣ１２３"), "ABC123");
}

TEST(TextFeature, WordsForNothingAreMissing) {
  for (const char* text :
       {"", " ", "-", "—", "/", "无", "null", "None", "NaN", "n/a", "NA", "不详"})
    EXPECT_EQ(build_text_feature(text).full_length, 0) << text;
}

TEST(TextFeature, LongTextsDifferBehindTheKeptBytes) {
  const std::string base(40, 'a');
  const TextFeature a = build_text_feature(base + "x");
  const TextFeature b = build_text_feature(base + "y");
  EXPECT_EQ(a.length, kTextBytes);
  EXPECT_EQ(a.full_length, 41);
  EXPECT_NE(a.hash, b.hash);
  EXPECT_GE(build_text_feature(std::string(1000, 'z')).full_length, 250);
}

TEST(TextFeature, FoldingTwiceChangesNothing) {
  for (const char* text : {"Müller-Straße 12", "千岭乡 孙岭村", "o'Brien, J. P.", "Ærø", "1/2 b"}) {
    const std::string once = kept(text);
    EXPECT_EQ(kept(once), once);
    EXPECT_EQ(build_text_feature(once).hash, build_text_feature(text).hash) << text;
  }
}

}  // namespace
}  // namespace bidui::record
