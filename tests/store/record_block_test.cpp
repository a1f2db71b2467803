#include "store/record_block.h"

#include <gtest/gtest.h>

namespace bidui::store {
namespace {

TEST(RecordBlock, GivesBackWhatWasAdded) {
  const std::vector<std::string> records = {"", "a", std::string("\0b", 2), std::string(5000, 'x')};
  RecordBlockBuilder builder;
  for (const std::string& record : records) builder.add(record);
  EXPECT_EQ(builder.count(), records.size());
  const std::string bytes = builder.take();
  EXPECT_EQ(builder.count(), 0U);
  const auto block = RecordBlock::parse(bytes);
  ASSERT_TRUE(block);
  ASSERT_EQ(block->count(), records.size());
  for (std::uint32_t i = 0; i < block->count(); ++i) EXPECT_EQ(block->record(i), records[i]);
}

TEST(RecordBlock, RefusesEveryTruncation) {
  RecordBlockBuilder builder;
  builder.add("first");
  builder.add("second");
  const std::string bytes = builder.take();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(RecordBlock::parse(std::string_view(bytes).substr(0, size))) << size;
  }
}

TEST(RecordBlock, RefusesEndsThatGoBack) {
  RecordBlockBuilder builder;
  builder.add("first");
  builder.add("second");
  std::string bytes = builder.take();
  bytes[4] = '\x7f';  // the first record would end after the second
  EXPECT_FALSE(RecordBlock::parse(bytes));
}

}  // namespace
}  // namespace bidui::store
