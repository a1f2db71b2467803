// Who may open a store: keys, versions, a second writer, readers beside the writer.
#include <atomic>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <thread>

#include "sample_delivery.h"
#include "store/posix_file.h"
#include "store/store.h"
#include "temporary_directory.h"

namespace bidui::store {
namespace {

using testing::HasSubstr;
using testing::Not;

class StoreAccess : public testing::Test {
 protected:
  // What opening says; "" where it succeeds.
  static std::string refusal(const std::filesystem::path& directory, ErrorCode code,
                             const std::filesystem::path& key_file = {}) {
    std::string message;
    for (const Access access : {Access::kReadOnly, Access::kReadWrite}) {
      const auto store = Store::open(directory, access, key_file);
      if (store) return "";
      EXPECT_EQ(store.error().code, code);
      message = store.error().describe();
      EXPECT_THAT(message, Not(HasSubstr("orruption")));
    }
    return message;
  }

  TemporaryDirectory directory_;
};

TEST_F(StoreAccess, NoStoreThere) {
  EXPECT_THAT(refusal(directory_.store(), ErrorCode::kNotFound), HasSubstr("no store"));
}

TEST_F(StoreAccess, KeyFileIsMissing) {
  ASSERT_TRUE(Store::create(directory_.store()));
  std::filesystem::remove(default_key_file(directory_.store()));
  EXPECT_THAT(refusal(directory_.store(), ErrorCode::kNotFound), HasSubstr("key file is missing"));
}

TEST_F(StoreAccess, KeyFileOfAnotherStore) {
  ASSERT_TRUE(Store::create(directory_.store()));
  ASSERT_TRUE(Store::create(directory_.path() / "other"));
  EXPECT_THAT(refusal(directory_.store(), ErrorCode::kBadInput, directory_.path() / "other.key"),
              HasSubstr("belongs to another store"));
}

TEST_F(StoreAccess, KeyFileElsewhere) {
  const auto key_file = directory_.path() / "safe.key";
  IndexSecret secret;
  {
    auto store = Store::create(directory_.store(), key_file);
    ASSERT_TRUE(store);
    secret = store->index_secret();
    ASSERT_TRUE(store->put_model("m", "1"));
  }
  EXPECT_FALSE(std::filesystem::exists(default_key_file(directory_.store())));
  const auto store = Store::open(directory_.store(), Access::kReadOnly, key_file);
  ASSERT_TRUE(store);
  EXPECT_EQ(store->index_secret(), secret);
  EXPECT_EQ(store->model("m").value(), "1");
}

TEST_F(StoreAccess, AnotherFormatVersion) {
  ASSERT_TRUE(Store::create(directory_.store()));
  auto bytes = read_small_file(directory_.store() / "STORE").value();
  bytes[8] = 99;
  ASSERT_TRUE(write_small_file(directory_.store() / "STORE", bytes, 0644));
  EXPECT_THAT(refusal(directory_.store(), ErrorCode::kBadInput), HasSubstr("format version 99"));
}

TEST_F(StoreAccess, CreateRefusesWhatIsNotEmpty) {
  ASSERT_TRUE(Store::create(directory_.store()));
  const auto again = Store::create(directory_.store());
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::kConflict);
}

TEST_F(StoreAccess, SecondWriterIsRefusedUntilTheFirstIsGone) {
  {
    const auto first = Store::create(directory_.store());
    ASSERT_TRUE(first);
    const auto second = Store::open(directory_.store(), Access::kReadWrite);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::kConflict);
    EXPECT_THAT(second.error().message, HasSubstr("another bidui is writing"));
  }
  EXPECT_TRUE(Store::open(directory_.store(), Access::kReadWrite));
}

TEST_F(StoreAccess, ReaderBesideTheWriterSeesWhatWasWholeWhenItOpened) {
  auto writer = Store::create(directory_.store());
  ASSERT_TRUE(writer);
  const SampleDelivery one{.seed = 1, .rows = 1000};
  const SampleDelivery two{.seed = 2, .rows = 1000};
  const DeliveryId first = import_sample(*writer, one).value().id;
  auto unfinished = writer->begin_delivery(two.info());
  ASSERT_TRUE(unfinished);
  ASSERT_TRUE(add_content(*unfinished, two));

  const auto early = Store::open(directory_.store(), Access::kReadOnly);
  ASSERT_TRUE(early);
  const DeliveryId second = unfinished->commit().value().id;
  const auto late = Store::open(directory_.store(), Access::kReadOnly);
  ASSERT_TRUE(late);
  ASSERT_TRUE(writer->withdraw(first));

  ASSERT_EQ(early->deliveries().size(), 1U);
  expect_whole(*early, first, one);  // although it was withdrawn behind its back
  ASSERT_EQ(late->deliveries().size(), 2U);
  expect_whole(*late, second, two);
}

TEST_F(StoreAccess, ReadersOpenedDuringImportsSeeWholeDeliveriesOnly) {
  auto writer = Store::create(directory_.store());
  ASSERT_TRUE(writer);
  constexpr std::uint32_t kDeliveries = 25;
  std::atomic<std::uint32_t> committed = 0;
  std::thread importing([&] {
    for (std::uint32_t seed = 1; seed <= kDeliveries; ++seed) {
      EXPECT_TRUE(import_sample(*writer, {.seed = seed, .rows = 200}));
      committed = seed;
    }
  });
  while (committed < kDeliveries) {
    const std::uint32_t at_least = committed;
    const auto reader = Store::open(directory_.store(), Access::kReadOnly);
    if (!reader) {
      EXPECT_EQ(reader.error().code, ErrorCode::kConflict) << reader.error().describe();
      continue;
    }
    const auto seen = reader->deliveries();
    EXPECT_GE(seen.size(), at_least);
    for (std::uint32_t i = 0; i < seen.size(); ++i) {
      expect_whole(*reader, seen[i].id, {.seed = i + 1, .rows = 200});
    }
  }
  importing.join();
}

}  // namespace
}  // namespace bidui::store
