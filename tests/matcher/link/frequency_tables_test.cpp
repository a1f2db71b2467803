#include "matcher/link/frequency_tables.h"

#include <gtest/gtest.h>
#include <map>
#include <random>

#include "matcher/link/term_counter.h"
#include "tests/matcher/record/sample_person.h"

namespace bidui::link {
namespace {

constexpr std::uint64_t kSeed = 31;

RecordTable people(std::size_t count, std::mt19937_64& random) {
  RecordTable table(1);
  for (std::size_t i = 0; i < count; ++i) {
    record::PersonFeatures p;
    p.name_hash = random() % 10 == 0 ? 0 : static_cast<std::uint32_t>(mix64(random() % 500));
    p.name_fold = static_cast<std::uint32_t>(mix64(p.name_hash % 40)) | 1U;
    p.name = {.units = {static_cast<std::uint16_t>(0x4E00 + random() % 30),
                        static_cast<std::uint16_t>(0x5E00 + random() % 90)},
              .length = 2,
              .surname_length = 1,
              .script = record::NameScript::kHan};
    p.village = static_cast<std::uint32_t>(random() % 20);
    record::TextFeature text;
    text.full_length = 1;
    text.hash = static_cast<std::uint32_t>(random() % 60 + 1);
    table.append({&p, std::span(&text, 1)});
  }
  return table;
}

using Counts = std::map<std::uint32_t, std::array<std::uint32_t, 2>>;

void expect_counts(const ValueTable& table, Counts expected, const std::string& what) {
  expected.erase(0);
  std::array<double, 2> records{};
  double mean = 0;
  for (const auto& [value, count] : expected) {
    for (std::size_t side = 0; side < 2; ++side) records[side] += count[side];
  }
  const double all = records[0] + records[1];
  for (const auto& [value, count] : expected) {
    const bool listed = count[0] > 1 || count[1] > 1;
    EXPECT_EQ(table.find(value),
              listed ? (ValueCount{value, count[0], count[1]}) : (ValueCount{value, 1, 1}))
        << what;
    mean += (count[0] + count[1]) / all * std::max(count[0] + count[1], 2U) / all;
  }
  EXPECT_NEAR(table.mean_share(), mean, mean * .02) << what;
}

TEST(TermCounter, HasWhatOccursTwiceOnASide) {
  std::mt19937_64 random(kSeed);
  const RecordTable left = people(400, random);
  const RecordTable right = people(900, random);
  TermCounter counter({record::TextKind::kName}, 900);
  counter.add_left(left.span());
  for (std::size_t i = 0; i < right.size(); i += 300) {
    counter.add_right(
        {std::span(right.persons).subspan(i, 300), std::span(right.texts).subspan(i, 300), 1});
  }
  const TermTables tables = std::move(counter).tables();
  std::array<Counts, model::kPersonTerms + 1> expected;
  for (std::size_t side = 0; side < 2; ++side) {
    const RecordTable& table = side == 0 ? left : right;
    for (std::size_t row = 0; row < table.size(); ++row) {
      const auto values = term_values(table.persons[row]);
      for (std::size_t t = 0; t < values.size(); ++t) {
        // The sound of no name is none's.
        if (t != 1 || values[0] != 0) ++expected[t][values[t]][side];
      }
      ++expected[model::kPersonTerms][table.texts[row].hash][side];
    }
  }
  for (std::size_t t = 1; t < model::kPersonTerms; ++t) {
    if (t != 1) expect_counts(tables.person[t], expected[t], "term " + std::to_string(t));
  }
  expect_counts(tables.columns[0], expected[model::kPersonTerms], "column");
  for (const auto& [name, count] : expected[0]) {
    if (name == 0) continue;
    EXPECT_DOUBLE_EQ(tables.names().share(name), std::max(count[0] + count[1], 2U) / 1300.0);
    EXPECT_DOUBLE_EQ(tables.names().left_share(name), std::max(count[0], 1U) / 400.0);
  }
  for (const auto& [sound, count] : expected[1])
    EXPECT_EQ(tables.person[1].find(sound), (ValueCount{sound, count[0], count[1]}));
}

// Of a million names some share a hash, and not their sound: one value, or the file is refused.
TEST(TermCounter, NamesOfOneHashAreCountedTogether) {
  RecordTable table;
  for (std::uint32_t i = 0; i < 6; ++i)
    table.persons.push_back({.name = {}, .name_hash = 77, .name_fold = 10 + i % 2});
  TermCounter counter({}, 6);
  counter.add_left(table.span());
  counter.add_right(table.span());
  const TermTables tables = std::move(counter).tables();
  EXPECT_EQ(tables.names().find(77), (ValueCount{77, 6, 6}));
  EXPECT_EQ(tables.person[1].find(10), (ValueCount{10, 3, 3}));
  const FrequencyTables frozen{.terms = tables, .key_cap = 100};
  EXPECT_TRUE(decode_tables(encode_tables(frozen), "test"));
}

// A long right side is drawn from: the shares are those of all, whatever the order.
TEST(TermCounter, ALongSideIsDrawnFrom) {
  std::mt19937_64 random(kSeed);
  RecordTable right;
  for (std::uint32_t i = 0; i < 40'000; ++i) {
    right.persons.push_back({.name = {},
                             .name_hash = i + 1,
                             .birth = 19500101 + i % 7,
                             .id_digits = random(),
                             .village = i % 4 == 0 ? 5U : 6U});
  }
  TermCounter some({}, 2'000'000);  // as if these were a fiftieth of all
  some.add_right(right.span());
  const TermTables tables = std::move(some).tables();
  constexpr auto kVillage = static_cast<std::size_t>(model::Term::kVillage);
  EXPECT_NEAR(tables.person[kVillage].share(5), .25, .03);
  EXPECT_LT(tables.person[kVillage].find(6).right, 5'000U);
  EXPECT_GT(tables.person[kVillage].find(6).right, 2'000U);
}

TEST(TermTables, ASmallFileKnowsSurnamesFromThePopulation) {
  record::PersonFeatures common = record::build_features({.name = "王建国"});
  record::PersonFeatures rare = record::build_features({.name = "尉建国"});
  TermCounter counter({}, 2);
  RecordTable table;
  table.persons = {common, rare};
  counter.add_left(table.span());
  counter.add_right(table.span());
  const TermTables tables = std::move(counter).tables();
  const double common_share = term_share(tables, model::Term::kSurname, common, false);
  const double rare_share = term_share(tables, model::Term::kSurname, rare, false);
  EXPECT_NEAR(common_share, .075, .02);
  EXPECT_LT(rare_share, .01);
}

TEST(ValueTable, KnowsNobodyWhereNobodyWasCounted) {
  const TermTables none = TermCounter({}, 1).tables();
  EXPECT_EQ(none.names().find(7), (ValueCount{7, 1, 1}));
  EXPECT_LE(none.names().share(7), 1);
  EXPECT_LE(ValueTable().left_share(7), 1);
}

FrequencyTables sample_tables() {
  FrequencyTables tables{.key_cap = 100, .expected_right = 1e6};
  tables.terms.person[0] = ValueTable({{3, 2, 0}, {70'000, 1, 9}}, 100, 1000);
  tables.terms.person[4] = ValueTable({{5, 20, 31}}, 90, 900);
  tables.terms.columns.push_back(ValueTable({{8, 4, 1}}, 80, 800));
  tables.keys = {HashSet({mix64(1), mix64(2)}), HashSet({mix64(3)})};
  return tables;
}

TEST(FrequencyTables, BytesGiveThemBack) {
  const FrequencyTables tables = sample_tables();
  const std::string bytes = encode_tables(tables);
  const auto read = decode_tables(bytes, "x.tables");
  ASSERT_TRUE(read) << read.error().describe();
  EXPECT_EQ(encode_tables(*read), bytes);
  EXPECT_EQ(read->terms.names().find(70'000), tables.terms.names().find(70'000));
  EXPECT_EQ(read->terms.names().right_records(), 1000U);
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
  std::string old = bytes;
  old.replace(6, 1, "1");
  EXPECT_NE(decode_tables(old, "x.tables").error().message.find("bidui model train"),
            std::string::npos);
}

}  // namespace
}  // namespace bidui::link
