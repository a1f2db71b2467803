// No byte of what was stored can be found in the directory, whatever state it was left in.
#include <cstring>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

#include "store/database.h"
#include "store/store.h"
#include "temporary_directory.h"

namespace bidui::store {
namespace {

constexpr std::string_view kPlanted = "500235199001010017";  // no one's: its check digit is wrong

std::string planted(std::string_view where) { return std::string(where) + std::string(kPlanted); }

// Files below the directory that hold the text.
std::vector<std::string> files_with(const std::filesystem::path& directory, std::string_view text) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (bytes.find(text) != std::string::npos) found.push_back(entry.path().string());
  }
  return found;
}

void plant_everywhere(Store& store) {
  DeliveryInfo info{.source = "civil",
                    .instance = planted("civil@"),
                    .coverage = planted("coverage"),
                    .as_of = "2017-11-20",
                    .files = {planted("file")},
                    .feature_stride = 24};
  auto writer = store.begin_delivery(info).value();
  const std::string record = planted("record");
  const std::string features = planted("featur");  // 24 bytes
  IndexEntry entry;
  std::memcpy(&entry.hash, kPlanted.data(), 8);
  for (std::uint32_t row = 0; row < 1000; ++row) {
    const std::string_view view = record;
    ASSERT_TRUE(writer.add_records(std::span(&view, 1)));
    ASSERT_TRUE(writer.add_features(std::as_bytes(std::span(features))));
    entry.row = row;
    ASSERT_TRUE(writer.add_index(std::span(&entry, 1)));
  }
  ASSERT_TRUE(writer.commit());
  const Flag flag{.id = planted("flag"), .state = planted("state")};
  ASSERT_TRUE(store.put_flags(std::span(&flag, 1)));
  ASSERT_TRUE(store.put_model(planted("model"), planted("bytes")));
  auto run = store.begin_run(planted("run")).value();
  ASSERT_TRUE(run.append(planted("artefact"), planted("bytes")));
  ASSERT_TRUE(run.commit(planted("manifest")));
}

void flush_and_compact(const std::filesystem::path& directory) {
  const auto key = read_key_file(default_key_file(directory)).value();
  const auto database = Database::open(directory / "db", key, Access::kReadWrite).value();
  for (std::size_t i = 0; i < kFamilyNames.size(); ++i) {
    auto* const family = database->family(static_cast<Family>(i));
    ASSERT_TRUE(database->db().Flush({}, family).ok());
    rocksdb::CompactRangeOptions options;
    options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
    ASSERT_TRUE(database->db().CompactRange(options, family, nullptr, nullptr).ok());
  }
}

class StoreEncryption : public testing::Test {
 protected:
  void expect_no_plaintext(const std::filesystem::path& directory) {
    // The number itself; its first eight digits, as a hash holds them; and words of RocksDB's own.
    for (const std::string_view text :
         {kPlanted, kPlanted.substr(0, 8), std::string_view("rocksdb"), std::string_view("civil"),
          std::string_view("deliveries")}) {
      EXPECT_EQ(files_with(directory, text), std::vector<std::string>{}) << text;
    }
  }

  TemporaryDirectory directory_;
};

TEST_F(StoreEncryption, NothingIsReadableWhileOpenAfterClosingAndAfterCompaction) {
  {
    auto store = Store::create(directory_.store());
    ASSERT_TRUE(store);
    plant_everywhere(*store);
    expect_no_plaintext(directory_.store());
  }
  expect_no_plaintext(directory_.store());
  flush_and_compact(directory_.store());
  expect_no_plaintext(directory_.store());
  const auto store = Store::open(directory_.store(), Access::kReadOnly);
  ASSERT_TRUE(store);
  EXPECT_EQ(store->read_record(store->deliveries()[0].id, 999).value(), planted("record"));
}

TEST_F(StoreEncryption, NothingIsReadableInAnUnfinishedImport) {
  auto store = Store::create(directory_.store());
  ASSERT_TRUE(store);
  auto writer = store->begin_delivery(
      {.source = "civil", .instance = "civil", .coverage = "1", .as_of = "2017-11-20"});
  ASSERT_TRUE(writer);
  const std::string record(kPlanted);
  const std::string_view view = record;
  for (int i = 0; i < 100000; ++i) ASSERT_TRUE(writer->add_records(std::span(&view, 1)));
  expect_no_plaintext(directory_.store());
}

TEST_F(StoreEncryption, TheTestWouldFindPlaintext) {
  std::ofstream(directory_.path() / "plain") << "x" << kPlanted;
  EXPECT_EQ(files_with(directory_.path(), kPlanted).size(), 1U);
}

}  // namespace
}  // namespace bidui::store
