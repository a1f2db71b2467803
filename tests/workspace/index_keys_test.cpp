#include "workspace/index_keys.h"

#include <algorithm>
#include <gtest/gtest.h>

#include "matcher/record/feature_builder.h"

namespace bidui::workspace {
namespace {

// Bytes 0, 1, … 15, the key of the published test vectors.
store::IndexSecret counting_secret() {
  store::IndexSecret secret{};
  for (std::size_t i = 0; i < secret.size(); ++i) secret[i] = static_cast<std::byte>(i);
  return secret;
}

record::PersonFeatures person() {
  record::RepairCounts repairs{};
  return record::FeatureBuilder(340826).build({.name = "欧阳建国",
                                               .former_name = "欧阳小毛",
                                               .id_number = "11010519491231002X",
                                               .birth = "1949-12-31",
                                               .household = "H1"},
                                              repairs);
}

// vectors_sip64[8] of the reference implementation: SipHash-2-4 of the message 00 01 … 07.
TEST(IndexKeysTest, KeyedIsSipHash24) {
  EXPECT_EQ(IndexKeys(counting_secret()).keyed(0x0706050403020100), 0x93f5f5799a932462u);
}

TEST(IndexKeysTest, AnotherSecretGivesOtherKeys) {
  store::IndexSecret other = counting_secret();
  other[15] = std::byte{16};
  const IndexKeys keys(counting_secret());
  const IndexKeys others(other);
  EXPECT_NE(keys.keyed(1), others.keyed(1));
  EXPECT_NE(keys.record_key("P1"), others.record_key("P1"));
}

TEST(IndexKeysTest, KindsOfLookUpDoNotMeet) {
  const IndexKeys keys(counting_secret());
  EXPECT_NE(keys.record_key("1"), keys.household("1"));
}

TEST(IndexKeysTest, ARecordsKeysAreAscendingAndStandOnce) {
  const IndexKeys keys(counting_secret());
  std::vector<std::uint64_t> hashes{7, 7};
  keys.append_all(person(), "P1", "H1", hashes);
  ASSERT_GT(hashes.size(), 6u);
  EXPECT_EQ(hashes[0], 7u);
  EXPECT_EQ(hashes[1], 7u) << "what stood there before is left alone";
  const auto own = std::span(hashes).subspan(2);
  EXPECT_TRUE(std::ranges::is_sorted(own));
  EXPECT_EQ(std::ranges::adjacent_find(own), own.end());
}

TEST(IndexKeysTest, HoldsEveryWayToLookARecordUp) {
  const IndexKeys keys(counting_secret());
  std::vector<std::uint64_t> hashes;
  const record::PersonFeatures features = person();
  keys.append_all(features, "P1", "H1", hashes);
  const auto has = [&](std::uint64_t hash) { return std::ranges::binary_search(hashes, hash); };
  EXPECT_TRUE(has(keys.record_key("P1")));
  EXPECT_TRUE(has(keys.household("H1")));
  EXPECT_TRUE(has(keys.name(features.name_fold)));
  EXPECT_TRUE(has(keys.name(features.alias_fold[0])));
  key::KeyList fuzzy;
  key::append_person_keys(features, fuzzy);
  for (const key::FuzzyKey& key : fuzzy.keys()) EXPECT_TRUE(has(keys.keyed(key.hash)));
}

TEST(IndexKeysTest, AnEmptyHouseholdIsNoKey) {
  const IndexKeys keys(counting_secret());
  std::vector<std::uint64_t> hashes;
  keys.append_all({}, "P1", "", hashes);
  EXPECT_EQ(hashes, std::vector<std::uint64_t>{keys.record_key("P1")});
}

}  // namespace
}  // namespace bidui::workspace
