#include "workspace/stored_record.h"

#include <gtest/gtest.h>
#include <random>

namespace bidui::workspace {
namespace {

std::string encode(const RecordContent& content) {
  std::string bytes;
  encode_record(content, bytes);
  return bytes;
}

TEST(StoredRecordTest, RandomRecordsComeBackAsTheyWere) {
  const std::uint32_t seed = 20171120;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const auto text = [&] {
    const std::size_t lengths[] = {0, 1, 3, 127, 128, 300, 20'000};
    std::string value(lengths[random() % 7], '\0');
    for (char& c : value) c = static_cast<char>(random());
    return value;
  };
  StoredRecord record;
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> owned(1 + random() % 40);
    for (std::string& value : owned) value = text();
    const std::vector<std::string_view> views(owned.begin(), owned.end());
    const std::size_t split = random() % (views.size() + 1);
    const RecordContent content{.key = views[0],
                                .file = static_cast<std::uint32_t>(random() % 300),
                                .row = static_cast<std::uint32_t>(random()),
                                .fields = std::span(views).first(split),
                                .extras = std::span(views).subspan(split)};
    const std::string bytes = encode(content);
    ASSERT_TRUE(record.decode(bytes));
    EXPECT_EQ(record.key(), content.key);
    EXPECT_EQ(record.file(), content.file);
    EXPECT_EQ(record.row(), content.row);
    ASSERT_EQ(record.field_count(), split);
    for (std::size_t f = 0; f < split; ++f) EXPECT_EQ(record.field(f), views[f]);
    EXPECT_TRUE(std::ranges::equal(record.extras(), content.extras));
  }
}

TEST(StoredRecordTest, FieldsBeyondTheRecordAreEmpty) {
  const std::vector<std::string_view> fields{"a"};
  const std::vector<std::string_view> extras{"x"};
  StoredRecord record;
  const std::string bytes = encode({.key = "P1", .fields = fields, .extras = extras});
  ASSERT_TRUE(record.decode(bytes));
  EXPECT_EQ(record.field(0), "a");
  EXPECT_EQ(record.field(1), "") << "not the unmapped column that stands behind it";
}

TEST(StoredRecordTest, BytesThatAreNoRecordAreRefused) {
  const std::vector<std::string_view> fields{"王小二", "342826197208260274"};
  const std::string bytes = encode({.key = "P1", .file = 1, .row = 2, .fields = fields});
  StoredRecord record;
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(record.decode(std::string_view(bytes).substr(0, size))) << size;
  EXPECT_FALSE(record.decode(std::string(20, '\xff')));
  EXPECT_TRUE(record.decode(bytes));
}

}  // namespace
}  // namespace bidui::workspace
