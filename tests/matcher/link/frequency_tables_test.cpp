#include "matcher/link/frequency_tables.h"

#include <gtest/gtest.h>
#include <map>
#include <random>

namespace bidui::link {
namespace {

constexpr std::uint64_t kSeed = 31;

std::vector<record::PersonFeatures> named(std::size_t count, std::mt19937_64& random) {
  std::vector<record::PersonFeatures> persons(count);
  for (auto& p : persons)
    p.name_hash = random() % 10 == 0 ? 0 : static_cast<std::uint32_t>(mix64(random() % 500));
  return persons;
}

TEST(NameTable, HasWhatOccursTwiceOnASide) {
  std::mt19937_64 random(kSeed);
  const auto left = named(400, random);
  const auto right = named(900, random);
  NameCounter counter;
  counter.add_left(left);
  for (std::size_t i = 0; i < right.size(); i += 300)
    counter.add_right(std::span(right).subspan(i, 300));
  const NameTable table = std::move(counter).table();
  std::map<std::uint32_t, std::array<std::uint32_t, 2>> expected;
  for (const auto& p : left) ++expected[p.name_hash][0];
  for (const auto& p : right) ++expected[p.name_hash][1];
  expected.erase(0);
  for (const auto& [name, count] : expected) {
    const NameCount found = table.find(name);
    if (count[0] > 1 || count[1] > 1) {
      EXPECT_EQ(found, (NameCount{name, count[0], count[1]}));
    } else {
      EXPECT_EQ(found, (NameCount{name, 1, 1}));
    }
    EXPECT_DOUBLE_EQ(table.share(name), std::max(count[0] + count[1], 2U) / 1300.0);
    EXPECT_DOUBLE_EQ(table.left_share(name), std::max(count[0], 1U) / 400.0);
  }
}

TEST(NameTable, KnowsNobodyWhereNobodyWasCounted) {
  const NameTable none = NameCounter().table();
  EXPECT_EQ(none.find(7), (NameCount{7, 1, 1}));
  EXPECT_LE(none.share(7), 1);
  EXPECT_LE(NameTable().left_share(7), 1);
}

FrequencyTables sample_tables() {
  FrequencyTables tables{.key_cap = 100, .expected_right = 1e6};
  tables.names = NameTable({{3, 2, 0}, {70'000, 1, 9}}, 100, 1000);
  tables.keys = {HashSet({mix64(1), mix64(2)}), HashSet({mix64(3)})};
  return tables;
}

TEST(FrequencyTables, BytesGiveThemBack) {
  const FrequencyTables tables = sample_tables();
  const std::string bytes = encode_tables(tables);
  const auto read = decode_tables(bytes, "x.tables");
  ASSERT_TRUE(read) << read.error().describe();
  EXPECT_EQ(encode_tables(*read), bytes);
  EXPECT_EQ(read->names.find(70'000), tables.names.find(70'000));
  EXPECT_EQ(read->names.right_records(), 1000U);
  EXPECT_EQ(read->keys, tables.keys);
  EXPECT_EQ(read->expected_right, 1e6);
  EXPECT_EQ(tables_hash(*read), tables_hash(tables));
}

TEST(FrequencyTables, RefusesWhatIsNone) {
  const std::string bytes = encode_tables(sample_tables());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto read = decode_tables(bytes.substr(0, size), "x.tables");
    ASSERT_FALSE(read) << size;
    EXPECT_EQ(read.error().place, "x.tables");
  }
  EXPECT_FALSE(decode_tables(bytes + "x", "x.tables"));
  std::string huge = bytes;
  huge.replace(40, 8, 8, '\xff');  // the number of names
  EXPECT_FALSE(decode_tables(huge, "x.tables"));
}

}  // namespace
}  // namespace bidui::link
