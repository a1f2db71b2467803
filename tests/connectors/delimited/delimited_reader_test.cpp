#include "connectors/delimited/delimited_reader.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

#include "tests/connectors/delimited/testing.h"

namespace bidui::connectors {
namespace {

using namespace std::string_literals;
using Values = std::vector<std::string>;

void expect_consistent(const RowCounts& counts) {
  EXPECT_EQ(counts.read, counts.loaded + counts.rejected + counts.skipped);
}

const std::string kRoll =
    "××镇2017年农村低保花名册,,\r\n填报单位：千岭乡,,\r\n户编号,姓名,住址\r\n"
    "1,王伟,\"千岭乡\n竹墩村\"\r\n\r\n2,\"张\"\"敏\"\"\",a|b\n小计,2,\n户编号,姓名,住址\r3,李娜\n,,"
    "\n"
    "4,赵六,x,y\n5,\"钱, 七\",z\r\n填表人：某某,,审核人：某某\r\n注：完\n";

TEST(DelimitedReaderTest, EachRowHasItsFate) {
  const auto file = read_bytes(kRoll);
  ASSERT_TRUE(file.has_value()) << file.error().describe();
  EXPECT_EQ(file->loaded(1), (Values{"王伟", "张\"敏\"", "钱, 七"}));
  EXPECT_EQ(file->loaded(2), (Values{"千岭乡\n竹墩村", "a|b", "z"}));
  std::vector<std::pair<std::uint32_t, char>> fates;
  for (const auto& r : file->rows)
    fates.emplace_back(r.row.number, "LSR"[static_cast<int>(r.row.fate)]);
  const std::vector<std::pair<std::uint32_t, char>> expected{
      {1, 'S'}, {2, 'S'},  {4, 'L'},  {5, 'S'},  {6, 'L'},  {7, 'S'}, {8, 'S'},
      {9, 'R'}, {10, 'S'}, {11, 'R'}, {12, 'L'}, {13, 'S'}, {14, 'S'}};
  EXPECT_EQ(fates, expected);
  EXPECT_EQ(file->counts.read, 13u);
  EXPECT_EQ(file->counts.loaded, 3u);
  EXPECT_EQ(file->counts.rejected, 2u);
  EXPECT_EQ(file->counts.skipped, 8u);
  expect_consistent(file->counts);
}

// Every block size puts the borders elsewhere; the rows are the same in every encoding.
TEST(DelimitedReaderTest, EncodingAndBlockBordersChangeNothing) {
  const auto whole = read_bytes(kRoll);
  ASSERT_TRUE(whole.has_value());
  const std::vector<std::pair<std::string, Encoding>> forms{
      {kRoll, Encoding::kUtf8},
      {"\xEF\xBB\xBF" + kRoll, Encoding::kUtf8},
      {encode(kRoll, "gb18030"), Encoding::kGb18030},
      {"\xFF\xFE" + encode(kRoll, "UTF-16LE"), Encoding::kUtf16Le},
      {encode(kRoll, "UTF-16LE"), Encoding::kUtf16Le},
      {"\xFE\xFF" + encode(kRoll, "UTF-16BE"), Encoding::kUtf16Be}};
  for (const auto& [bytes, encoding] : forms) {
    for (std::size_t block = 1; block <= bytes.size() + 1; ++block) {
      const auto file = read_bytes(bytes, block);
      ASSERT_TRUE(file.has_value()) << encoding_name(encoding) << " " << block;
      ASSERT_EQ(file->format.encoding, encoding);
      ASSERT_EQ(file->rows.size(), whole->rows.size()) << encoding_name(encoding) << " " << block;
      for (std::size_t i = 0; i < file->rows.size(); ++i) {
        ASSERT_EQ(file->rows[i].cells, whole->rows[i].cells)
            << encoding_name(encoding) << " " << block;
        ASSERT_EQ(file->rows[i].row.number, whole->rows[i].row.number);
        ASSERT_EQ(file->rows[i].row.fate, whole->rows[i].row.fate);
      }
    }
  }
}

// `|` is the second byte of 116 characters of GBK.
TEST(DelimitedReaderTest, BarsInsideGbkCharactersAreNoDelimiters) {
  std::string text = "姓名|住址\n";

  text += "\u95C6|\u5DF8\n";
  const auto file = read_bytes(encode(text, "gb18030"));
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->loaded(0), Values{"\u95C6"});
  EXPECT_EQ(file->counts.loaded, 1u);
}

struct DamageCase {
  std::string bytes;
  RejectReason reason;
  std::uint32_t cell;
};

TEST(DelimitedReaderTest, DamagedRowsAreRejectedOneByOne) {
  const std::string good = "1,王伟,竹墩村\n2,张敏,竹墩村\n";
  const std::string long_cell(kMaxFieldBytes, 'x');
  const std::vector<DamageCase> cases{{"3,王\xE4\xBC,x\n", RejectReason::kUndecodableBytes, 1},
                                      {"3,王,\"a\nb\xFF\"\n", RejectReason::kUndecodableBytes, 2},
                                      {"3,王,a\0b\n"s, RejectReason::kNulByte, 2},
                                      {"3,王," + long_cell + "x\n", RejectReason::kFieldTooLong, 2},
                                      {"3,王\n", RejectReason::kWrongFieldCount, 0},
                                      {"3,王,x,\n", RejectReason::kWrongFieldCount, 0},
                                      {"3,王 \"x\"\"\"\n", RejectReason::kWrongFieldCount, 0}};
  for (const DamageCase& c : cases) {
    for (const std::size_t block : {std::size_t{16}, std::size_t{1} << 20}) {
      const auto file = read_bytes("户编号,姓名,住址\n" + good + c.bytes + "4,李娜,y\n", block);
      ASSERT_TRUE(file.has_value());
      EXPECT_EQ(file->loaded(0), (Values{"1", "2", "4"}));
      ASSERT_EQ(file->rows.size(), 4u);
      EXPECT_EQ(file->rows[2].row.reject, c.reason) << static_cast<int>(c.reason);
      EXPECT_EQ(file->rows[2].row.reject_cell, c.cell);
      EXPECT_EQ(file->rows[2].row.number, 4u);
      EXPECT_EQ(file->counts.by_reject_reason[static_cast<std::size_t>(c.reason)], 1u);
      expect_consistent(file->counts);
    }
  }
}

TEST(DelimitedReaderTest, AFieldOfExactlyTheLimitIsLoaded) {
  const std::string cell(kMaxFieldBytes, 'x');
  const auto file = read_bytes("姓名,住址\n王,\"" + cell + "\"\n");
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->loaded(1), Values{cell});
}

TEST(DelimitedReaderTest, FilesThatCannotBeUsedAreRefused) {
  const std::vector<std::string> files{
      "",
      "\n\n\n",
      "1,2,3\n4,5,6\n",
      "PK\x03\x04 姓名,住址\n",
      "\xD0\xCF\x11\xE0",
      "姓名,住址\n王,\"x\n",
      "姓名,住址\n王,\"x,\"\"",
      "姓名,住址\n\xFF\xFE\xFD,\x81\xFF\n\xFF,\xFF\n\xFF\xFF,\xFF\n\xFF,\x80\n"
      "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF,\n"};
  for (const std::string& bytes : files) {
    for (const std::size_t block : {std::size_t{1}, std::size_t{1} << 20}) {
      const auto file = read_bytes(bytes, block);
      ASSERT_FALSE(file.has_value()) << bytes;
      EXPECT_EQ(file.error().code, ErrorCode::kBadInput) << bytes;
      EXPECT_EQ(file.error().place, "file.csv");
    }
  }
}

TEST(DelimitedReaderTest, ARefusalNamesTheRowOfTheOpenQuote) {
  const auto file = read_bytes("姓名,住址\n王,x\n李,\"y\n赵,z\n");
  EXPECT_NE(file.error().message.find("row 3"), std::string::npos) << file.error().message;
}

TEST(DelimitedReaderTest, AHeaderAloneIsAnEmptyTable) {
  for (const char* text : {"姓名,住址", "姓名,住址\n"}) {
    const auto file = read_bytes(text);
    ASSERT_TRUE(file.has_value());
    EXPECT_EQ(file->counts.read, 0u);
  }
}

TEST(DelimitedReaderTest, FullWidthSpacesAndFormulaTextAreCleaned) {
  const auto file = read_bytes("姓名,身份证号\n　王　伟 ,\"=\"\"0123\"\"\"\n张敏,=\"045\"\n");
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->loaded(0), (Values{"王　伟", "张敏"}));
  EXPECT_EQ(file->loaded(1), (Values{"0123", "045"}));
}

// An encoding that fits the bytes as well but not the header is not taken.
TEST(DelimitedReaderTest, TheHeaderDecidesBetweenEncodings) {
  const auto file = read_bytes(encode("姓名,住址\n", "gb18030") + "a,b\n");
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->format.encoding, Encoding::kGb18030);
}

TEST(DelimitedReaderTest, BatchesOutliveTheReaderAndKeepRawText) {
  std::vector<RowBatch> batches;
  {
    ReaderOptions options;
    options.block_bytes = 8;
    auto reader =
        DelimitedReader::open_bytes("姓名,住址\n王,\"x\"\"\"\n李,y\n", "f", known_columns, options);
    ASSERT_TRUE(reader.has_value());
    for (RowBatch batch; *reader->read(batch); batch = RowBatch())
      batches.push_back(std::move(batch));
    EXPECT_EQ(reader->bytes_read(), reader->bytes_total());
  }
  std::string raw;
  std::string cells;
  for (const RowBatch& batch : batches) {
    for (const Row& row : batch.rows()) {
      raw += std::string(row.raw) + "/";
      for (const auto cell : batch.cells(row)) cells += std::string(cell) + "/";
    }
  }
  EXPECT_EQ(raw, "王,\"x\"\"\"/李,y/");
  EXPECT_EQ(cells, "王/x\"/李/y/");
}

// A quote that is never closed until far below: rejected, without holding all of it.
TEST(DelimitedReaderTest, AnOversizedRecordIsRejectedInBoundedMemory) {
  const std::size_t kBlock = 1024 * 1024;
  std::string bytes = "姓名,住址\n王,\"";
  bytes.append(40 * kBlock, 'x');
  bytes += "\"\r\n李,y\n";
  ReaderOptions options;
  options.block_bytes = kBlock;
  auto reader = DelimitedReader::open_bytes(std::move(bytes), "f", known_columns, options);
  ASSERT_TRUE(reader.has_value());
  RowBatch batch;
  std::vector<RowFate> fates;
  while (*reader->read(batch)) {
    EXPECT_LE(batch.text().size(), 2 * kMaxRecordBytes + 2 * kBlock);
    for (const Row& row : batch.rows()) fates.push_back(row.fate);
  }
  EXPECT_EQ(fates, (std::vector{RowFate::kRejected, RowFate::kLoaded}));
  EXPECT_EQ(
      reader->counts().by_reject_reason[static_cast<std::size_t>(RejectReason::kFieldTooLong)], 1u);
}

TEST(DelimitedReaderTest, ReadsFilesAndSaysWhatIsMissing) {
  const auto path = std::filesystem::path(testing::TempDir()) / "delimited_reader_test.csv";
  std::ofstream(path, std::ios::binary) << kRoll;
  const auto file = read_all(DelimitedReader::open(path, known_columns));
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->counts.loaded, 3u);
  EXPECT_EQ(DelimitedReader::open("/nonexistent.csv", known_columns).error().code,
            ErrorCode::kNotFound);
  EXPECT_EQ(DelimitedReader::open(testing::TempDir(), known_columns).error().code,
            ErrorCode::kBadInput);
}

// Truncated at any byte, a file is read or refused, and the sum holds.
TEST(DelimitedReaderTest, TruncatedFilesAreReadOrRefused) {
  for (const std::string& bytes :
       {kRoll, encode(kRoll, "gb18030"), "\xFF\xFE" + encode(kRoll, "UTF-16LE")}) {
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      const auto file = read_bytes(bytes.substr(0, size));
      if (file) expect_consistent(file->counts);
    }
  }
}

}  // namespace
}  // namespace bidui::connectors
