#include "store/key_file.h"

#include <fstream>
#include <gtest/gtest.h>

#include "store/posix_file.h"
#include "temporary_directory.h"

namespace bidui::store {
namespace {

TEST(KeyFile, RoundTripsAndIsForTheOwnerOnly) {
  const TemporaryDirectory directory;
  const auto path = directory.path() / "a.key";
  const auto created = create_key_file(path);
  ASSERT_TRUE(created);
  const auto read = read_key_file(path);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->encryption, created->encryption);
  EXPECT_EQ(read->index_secret, created->index_secret);
  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(path).permissions(), perms::owner_read | perms::owner_write);
}

TEST(KeyFile, EveryKeyIsAnother) {
  const TemporaryDirectory directory;
  const auto one = create_key_file(directory.path() / "1.key");
  const auto two = create_key_file(directory.path() / "2.key");
  ASSERT_TRUE(one && two);
  EXPECT_NE(one->encryption, two->encryption);
  EXPECT_NE(one->index_secret, two->index_secret);
}

TEST(KeyFile, IsNeverOverwritten) {
  const TemporaryDirectory directory;
  ASSERT_TRUE(create_key_file(directory.path() / "a.key"));
  const auto again = create_key_file(directory.path() / "a.key");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::kConflict);
}

TEST(KeyFile, AnyChangedByteIsNoticed) {
  const TemporaryDirectory directory;
  const auto path = directory.path() / "a.key";
  ASSERT_TRUE(create_key_file(path));
  const auto bytes = read_small_file(path);
  ASSERT_TRUE(bytes);
  for (std::size_t i = 0; i < bytes->size(); ++i) {
    std::string changed = *bytes;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    ASSERT_TRUE(write_small_file(path, changed, 0600));
    const auto read = read_key_file(path);
    ASSERT_FALSE(read) << "byte " << i;
    EXPECT_EQ(read.error().code, ErrorCode::kBadInput);
  }
  ASSERT_TRUE(write_small_file(path, bytes->substr(0, 40), 0600));
  EXPECT_FALSE(read_key_file(path));
}

TEST(KeyFile, MissingIsNotFound) {
  const auto read = read_key_file("/nonexistent/a.key");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::kNotFound);
}

TEST(KeyFile, LiesBesideTheDirectoryByDefault) {
  EXPECT_EQ(default_key_file("/data/county"), "/data/county.key");
  EXPECT_EQ(default_key_file("/data/county/"), "/data/county.key");
}

}  // namespace
}  // namespace bidui::store
