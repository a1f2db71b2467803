#include "connectors/delimited/reject.h"

#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

#include "tests/connectors/delimited/testing.h"

namespace bidui::connectors {
namespace {

TEST(RejectTest, MasksAllButTheBeginning) {
  EXPECT_EQ(mask_value("王小伟"), "王**");
  EXPECT_EQ(mask_value("342826197810010055"), "342826************");
  EXPECT_EQ(mask_value("342826\xFF"), "3*****?");
  EXPECT_EQ(mask_value(""), "");
  EXPECT_EQ(mask_value(std::string(100, 'a')).size(), 24u);
}

TEST(RejectTest, WritesTheContractsColumns) {
  auto reader = DelimitedReader::open_bytes(
      "姓名,住址\n王\xFF伟,x\n李,y,z\n赵,\"好\n钱,x\n\"孙,z\n", "a.csv", known_columns);
  ASSERT_TRUE(reader.has_value());
  RowBatch batch;
  ASSERT_TRUE(*reader->read(batch));
  std::vector<Reject> rejects;
  for (const Row& row : batch.rows()) {
    if (row.fate != RowFate::kRejected) continue;
    rejects.push_back(describe_reject(reader->header(), batch, row));
  }
  const auto path = std::filesystem::path(testing::TempDir()) / "rejects_test.csv";
  ASSERT_TRUE(write_rejects(path, rejects).has_value());
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  EXPECT_EQ(text.str(),
            "file,row,field,reason,value\n"
            "a.csv,2,姓名,undecodable_bytes: 有字节无法按文件编码解码,王?*\n"
            "a.csv,3,,wrong_field_count: 字段数与表头不一致,3/2\n"
            "a.csv,4,,wrong_field_count: 字段数与表头不一致,3/2 (3 lines)\n");
}

}  // namespace
}  // namespace bidui::connectors
