#include "store/file_encryption.h"

#include <gtest/gtest.h>
#include <random>

#include "store/posix_file.h"
#include "temporary_directory.h"

namespace bidui::store {
namespace {

StoreKey some_key(unsigned char first) {
  StoreKey key;
  key.encryption.fill(std::byte{7});
  key.encryption[0] = std::byte{first};
  return key;
}

std::string pattern(std::size_t size) {
  std::string bytes;
  while (bytes.size() < size) bytes += "planted " + std::to_string(bytes.size()) + " ";
  bytes.resize(size);
  return bytes;
}

void write_in_pieces(rocksdb::Env& env, const std::string& path, const std::string& bytes) {
  std::unique_ptr<rocksdb::WritableFile> file;
  ASSERT_TRUE(env.NewWritableFile(path, &file, {}).ok());
  std::mt19937 random(3);
  for (std::size_t place = 0; place < bytes.size();) {
    const std::size_t piece = std::min<std::size_t>(1 + random() % 9000, bytes.size() - place);
    ASSERT_TRUE(file->Append({bytes.data() + place, piece}).ok());
    place += piece;
  }
  ASSERT_TRUE(file->Close().ok());
}

TEST(FileEncryption, ReadsBackAtAnyOffset) {
  const TemporaryDirectory directory;
  const std::string path = directory.path() / "f";
  const std::string bytes = pattern(300000);
  const auto env = make_encrypting_env(some_key(1));
  write_in_pieces(*env, path, bytes);

  std::uint64_t size = 0;
  ASSERT_TRUE(env->GetFileSize(path, &size).ok());
  EXPECT_EQ(size, bytes.size());
  std::unique_ptr<rocksdb::RandomAccessFile> file;
  ASSERT_TRUE(env->NewRandomAccessFile(path, &file, {}).ok());
  std::mt19937 random(4);
  for (int i = 0; i < 200; ++i) {
    const std::size_t offset = random() % bytes.size();
    const std::size_t length = random() % (bytes.size() - offset);
    std::string scratch(length, '\0');
    rocksdb::Slice result;
    ASSERT_TRUE(file->Read(offset, length, &result, scratch.data()).ok());
    ASSERT_EQ(result.ToStringView(), std::string_view(bytes).substr(offset, length));
  }
}

TEST(FileEncryption, LeavesNoPlaintextAndNoTwoFilesAlike) {
  const TemporaryDirectory directory;
  const auto env = make_encrypting_env(some_key(1));
  const std::string bytes = pattern(10000);
  write_in_pieces(*env, directory.path() / "f", bytes);
  write_in_pieces(*env, directory.path() / "g", bytes);
  const auto one = read_small_file(directory.path() / "f");
  const auto two = read_small_file(directory.path() / "g");
  ASSERT_TRUE(one && two);
  EXPECT_EQ(one->size(), bytes.size() + 4096);
  EXPECT_EQ(one->find("planted"), std::string::npos);
  EXPECT_NE(one->substr(4096), two->substr(4096));
}

TEST(FileEncryption, FileCutOffInItsPrefixIsEmpty) {
  const TemporaryDirectory directory;
  const auto env = make_encrypting_env(some_key(1));
  const std::string path = directory.path() / "f";
  for (const std::size_t size : {0U, 8U, 4095U}) {
    ASSERT_TRUE(write_small_file(path, std::string(size, '\0'), 0600));
    std::uint64_t length = 1;
    ASSERT_TRUE(env->GetFileSize(path, &length).ok());
    EXPECT_EQ(length, 0U);
    std::unique_ptr<rocksdb::SequentialFile> file;
    ASSERT_TRUE(env->NewSequentialFile(path, &file, {}).ok());
    char scratch[16];
    rocksdb::Slice result;
    ASSERT_TRUE(file->Read(sizeof scratch, &result, scratch).ok());
    EXPECT_TRUE(result.empty());
  }
}

TEST(FileEncryption, RefusesAFileThatIsNotEncrypted) {
  const TemporaryDirectory directory;
  ASSERT_TRUE(write_small_file(directory.path() / "f", pattern(9000), 0600));
  const auto env = make_encrypting_env(some_key(1));
  std::unique_ptr<rocksdb::SequentialFile> file;
  EXPECT_TRUE(env->NewSequentialFile(directory.path() / "f", &file, {}).IsCorruption());
}

}  // namespace
}  // namespace bidui::store
