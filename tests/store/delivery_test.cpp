#include "store/delivery.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bidui::store {
namespace {

DeliveryInfo housing(std::string instance, std::string coverage, std::string as_of) {
  return {.source = "housing",
          .instance = std::move(instance),
          .coverage = std::move(coverage),
          .as_of = std::move(as_of)};
}

TEST(Delivery, ManifestRoundTrips) {
  Manifest manifest;
  manifest.info = housing("housing@县", "500235", "2017-11-20");
  manifest.info.id = DeliveryId{7};
  manifest.info.content_hash = "ab";
  manifest.info.schema_hash = "cd";
  manifest.info.files = {"一.csv", "two \"quoted\".csv"};
  manifest.info.rows = {.read = 10, .loaded = 7, .rejected = 2, .skipped = 1};
  manifest.info.record_count = 7;
  manifest.info.feature_stride = 112;
  manifest.info.feature_version = 3;
  manifest.info.details = R"({"encoding":"GB18030","nested":{"a":[1,2]}})";
  manifest.segments = {{.block_bits = 14, .entries = 8388608}, {.block_bits = 0, .entries = 3}};
  const auto decoded = decode_manifest(encode_manifest(manifest));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->info, manifest.info);
  EXPECT_EQ(decoded->segments, manifest.segments);
}

TEST(Delivery, AManifestFromBeforeFeatureVersionsHasVersion0) {
  std::string text = encode_manifest({.info = housing("housing", "500235", "2017-11-20")});
  const std::string member = R"("feature_version":0,)";
  const std::size_t at = text.find(member);
  ASSERT_NE(at, std::string::npos);
  const auto decoded = decode_manifest(text.erase(at, member.size()));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->info.feature_version, 0u);
}

TEST(Delivery, DamagedManifestIsCorrupt) {
  for (const char* text : {"", "[]", "{}", R"({"id":"seven"})"}) {
    const auto decoded = decode_manifest(text);
    ASSERT_FALSE(decoded) << text;
    EXPECT_EQ(decoded.error().code, ErrorCode::kCorrupt);
  }
}

TEST(Delivery, RefusesInfoThatHasNoMeaning) {
  const DeliveryInfo good = housing("housing@county", "500235", "2017-11-20");
  EXPECT_TRUE(check_delivery_info(good));
  const auto refused = [&](auto change) {
    DeliveryInfo info = good;
    change(info);
    return !check_delivery_info(info);
  };
  EXPECT_TRUE(refused([](DeliveryInfo& info) { info.source.clear(); }));
  EXPECT_TRUE(refused([](DeliveryInfo& info) { info.instance = "civil"; }));
  EXPECT_TRUE(refused([](DeliveryInfo& info) { info.instance = "housing2"; }));
  EXPECT_TRUE(refused([](DeliveryInfo& info) { info.coverage.clear(); }));
  EXPECT_TRUE(refused([](DeliveryInfo& info) { info.as_of = "2017-11"; }));
  EXPECT_TRUE(refused([](DeliveryInfo& info) { info.as_of = "2017/11/20"; }));
  EXPECT_TRUE(refused([](DeliveryInfo& info) { info.feature_stride = 12; }));
  EXPECT_TRUE(refused([](DeliveryInfo& info) { info.details = "[]"; }));
  EXPECT_TRUE(refused([](DeliveryInfo& info) { info.details = "{"; }));
}

TEST(Delivery, NewestCountsForEachInstanceAndCoverage) {
  const std::vector<DeliveryInfo> all = {
      housing("housing@national", "500235", "2017-06-30"),
      housing("housing@county", "500235", "2017-11-20"),
      housing("housing@county", "500235", "2017-06-30"),
      housing("housing@county", "500236", "2016-06-30"),
  };
  std::vector<DeliveryInfo> reversed(all.rbegin(), all.rend());
  const std::vector<DeliveryInfo> newest = {all[1], all[3], all[0]};
  EXPECT_EQ(newest_deliveries(all), newest);
  EXPECT_EQ(newest_deliveries(reversed), newest);
  EXPECT_TRUE(newest_deliveries({}).empty());
}

}  // namespace
}  // namespace bidui::store
