#include "workspace/english_report.h"

#include <algorithm>
#include <gmock/gmock.h>

#include "tests/store/temporary_directory.h"
#include "tests/workspace/small_world.h"
#include "workspace/glossary.h"
#include "workspace/report_run.h"
#include "workspace/rule_files.h"

namespace bidui::workspace {
namespace {

// Han characters, and the punctuation and letters of full width.
bool has_chinese(const std::string& text) {
  return std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
}

class EnglishReport : public testing::Test {
 protected:
  EnglishReport() {
    world_.compare();
    auto data = load_report(world_.workspace().store(), "R0001");
    EXPECT_TRUE(data);
    data_ = std::move(*data);
    const auto rules = rules_of_run(world_.workspace().store(), "R0001");
    EXPECT_TRUE(rules);
    put_in_english(*rules, world_.workspace().schemas(), data_);
  }

  store::TemporaryDirectory directory_;
  SmallWorld world_{directory_.path()};
  connectors::report::ReportData data_;
};

TEST_F(EnglishReport, SaysOfRulesAndFlagsNothingInChinese) {
  ASSERT_FALSE(data_.rules.empty() || data_.flags.empty());
  for (const auto& rule : data_.rules)
    EXPECT_FALSE(has_chinese(rule.title + rule.definition + rule.not_evaluated))
        << rule.id << ": " << rule.title << ": " << rule.definition << rule.not_evaluated;
  for (const auto& flag : data_.flags) {
    EXPECT_FALSE(has_chinese(flag.visit + flag.basis)) << flag.rule << flag.visit << flag.basis;
    for (const auto& line : flag.evidence) EXPECT_FALSE(has_chinese(line.label)) << line.label;
  }
}

TEST_F(EnglishReport, SaysOfSourcesLinksAndErrorsNothingInChinese) {
  for (const auto& source : data_.sources) EXPECT_FALSE(has_chinese(source.title)) << source.title;
  for (const auto& link : data_.links) EXPECT_FALSE(has_chinese(link.note)) << link.note;
  for (const auto& row : data_.repairs) EXPECT_FALSE(has_chinese(row.repair)) << row.repair;
  EXPECT_FALSE(has_chinese(data_.errors.basis)) << data_.errors.basis;
  for (const auto& limit : data_.errors.limits) EXPECT_FALSE(has_chinese(limit)) << limit;
  for (const auto& level : data_.errors.levels)
    EXPECT_FALSE(has_chinese(level.source + level.comparison + level.level)) << level.level;
  for (const auto& row : data_.errors.captured) EXPECT_FALSE(has_chinese(row.sources));
  for (const auto& row : data_.errors.rows) {
    EXPECT_FALSE(has_chinese(row.dimension)) << row.dimension;
    if (row.dimension != "township" && row.dimension != "ethnicity") {
      EXPECT_FALSE(has_chinese(row.group)) << row.group;
    }
  }
}

TEST_F(EnglishReport, WhatIsKeptStaysChinese) {
  const auto kept = load_report(world_.workspace().store(), "R0001");
  ASSERT_TRUE(kept);
  EXPECT_TRUE(has_chinese(kept->rules.front().title));
}

TEST(GlossaryTest, PutsValuesOfASentenceInEnglishToo) {
  constexpr SentencePair kSentences[] = {{"没有{}（{}）的数据", "no delivery of {0} ({1})"},
                                         {"{}：{}。", "{0}: {1}."}};
  Glossary glossary(kSentences);
  glossary.add("死亡", "Deaths");
  EXPECT_EQ(glossary.english("没有死亡（death）的数据"), "no delivery of Deaths (death)");
  EXPECT_EQ(glossary.english("死亡：没有死亡（death）的数据。"),
            "Deaths: no delivery of Deaths (death).");
  EXPECT_EQ(glossary.english("没有别的"), "没有别的");
  EXPECT_EQ(glossary.english(""), "");
}

TEST(GlossaryTest, AListMayHoldItsSeparatorWithinATerm) {
  Glossary glossary;
  glossary.add("买；卖", "bought; sold");
  glossary.add("买", "bought");
  glossary.add("借", "lent");
  EXPECT_EQ(glossary.english_list("买；卖；借", "；", "; "), "bought; sold; lent");
  EXPECT_EQ(glossary.english_list("借；租", "；", "; "), "借；租");  // unknown: all stays
}

}  // namespace
}  // namespace bidui::workspace
