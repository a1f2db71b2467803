#include "connectors/delimited/formula_text.h"

#include <gtest/gtest.h>
#include <random>

#include "tests/connectors/delimited/testing.h"

namespace bidui::connectors {
namespace {

TEST(FormulaTextTest, KnowsWhatASpreadsheetWouldRun) {
  for (const char* const text :
       {"=1", "+1", "-1+1", "-2-3", "@x", "\t1", "\r1", "\n=1", "＝1", "＋1", "－1", "＠x", " =1",
        "\u3000=1", "\u200b=1", "\ufeff=1", "=cmd|'/c calc'!A0", "+8613800138000", "-王"})
    EXPECT_TRUE(looks_like_formula(text)) << text;
}

TEST(FormulaTextTest, LeavesNumbersAndOrdinaryText) {
  for (const char* const text : {"", "-3.5", "-1,200", "-", "－", "王=甲", "0551-62612345", "1+1",
                                 "340826197001010011", "'引号", "—"})
    EXPECT_EQ(neutralised(text), text);
}

TEST(FormulaTextTest, WhatComesBackIsWhatWasWritten) {
  std::mt19937 random(20171220);
  for (int round = 0; round < 20'000; ++round) {
    const std::string text = random_text(random, "'=-+@1. \t\na", random() % 6);
    const std::string cell = neutralised(text);
    EXPECT_FALSE(looks_like_formula(cell)) << text;
    EXPECT_EQ(restored(cell), text) << cell;
  }
}

}  // namespace
}  // namespace bidui::connectors
