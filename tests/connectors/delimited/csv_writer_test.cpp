#include "connectors/delimited/csv_writer.h"

#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

#include "tests/connectors/delimited/testing.h"
#include "tests/reference/delimited_text.h"

namespace bidui::connectors {
namespace {

std::string content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(CsvWriterTest, QuotesOnlyWhatNeedsIt) {
  std::string out;
  for (const auto* cell : {"a", "a,b", "say \"x\"", "two\nlines", " padded", ""}) {
    append_csv_cell(out, cell);
    out += ';';
  }
  EXPECT_EQ(out, "a;\"a,b\";\"say \"\"x\"\"\";\"two\nlines\";\" padded\";;");
}

TEST(CsvWriterTest, NeutralisesFormulasInTextOnly) {
  const auto path = std::filesystem::path(testing::TempDir()) / "csv_writer_formula.csv";
  auto writer = CsvWriter::create(path, {.bom = true, .crlf = true});
  ASSERT_TRUE(writer.has_value());
  writer->text("=1+1");
  writer->text("＠x");
  writer->text("王伟");
  writer->plain("-3.5");
  writer->end_row();
  ASSERT_TRUE(writer->close().has_value());
  EXPECT_EQ(content(path), "\xEF\xBB\xBF'=1+1,'＠x,王伟,-3.5\r\n");
}

TEST(CsvWriterTest, WhatIsWrittenIsReadBack) {
  constexpr unsigned kSeed = 17;
  std::mt19937 random(kSeed);
  for (int round = 0; round < 2000; ++round) {
    std::vector<std::string> row(1 + random() % 4);
    for (auto& cell : row) cell = random_text(random, "a,\"\r\n ;=", random() % 6);
    if (row.size() == 1 && row[0].empty()) continue;
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) line += ',';
      append_csv_cell(line, row[i]);
    }
    const auto table = reference::split_delimited(line + "\n", ',');
    ASSERT_EQ(table.rows, (std::vector<std::vector<std::string>>{row})) << line;
  }
}

TEST(CsvWriterTest, ReportsAFileThatCannotBeCreated) {
  EXPECT_EQ(CsvWriter::create("/nonexistent/folder/x.csv").error().code, ErrorCode::kNotFound);
}

TEST(CsvWriterTest, ReportsAFullDisk) {
  auto writer = CsvWriter::create("/dev/full");
  if (!writer) GTEST_SKIP() << "no /dev/full here";
  writer->plain("x");
  writer->end_row();
  EXPECT_FALSE(writer->close().has_value());
}

}  // namespace
}  // namespace bidui::connectors
