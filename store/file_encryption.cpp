#include "store/file_encryption.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <openssl/evp.h>
#include <rocksdb/env_encryption.h>
#include <rocksdb/file_system.h>
#include <string_view>
#include <unistd.h>

namespace bidui::store {
namespace {

// Prefix of a file: magic 8, version 4, zero 4, IV 16, zeros.
constexpr std::string_view kMagic{"BIDUIENC\1\0\0\0\0\0\0\0", 16};
constexpr std::size_t kPrefixSize = 4096;
constexpr std::size_t kCipherBlock = 16;
constexpr std::size_t kLargestPiece = std::size_t{1} << 30;  // OpenSSL counts in int

using Iv = std::array<unsigned char, kCipherBlock>;

const EVP_CIPHER* cipher() {
  static const std::unique_ptr<EVP_CIPHER, decltype(&EVP_CIPHER_free)> fetched(
      EVP_CIPHER_fetch(nullptr, "AES-256-CTR", nullptr), &EVP_CIPHER_free);
  return fetched.get();
}

EVP_CIPHER_CTX* thread_context() {
  thread_local const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(
      EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  return context.get();
}

// The counter block `blocks` after the file's first, big endian as CTR mode counts.
Iv counter_at(const Iv& iv, std::uint64_t blocks) {
  Iv counter = iv;
  unsigned carry = 0;
  for (std::size_t i = kCipherBlock; i-- > 0 && (blocks != 0 || carry != 0); blocks >>= 8) {
    const unsigned sum = counter[i] + static_cast<unsigned>(blocks & 0xff) + carry;
    counter[i] = static_cast<unsigned char>(sum);
    carry = sum >> 8;
  }
  return counter;
}

class CtrStream final : public rocksdb::BlockAccessCipherStream {
 public:
  CtrStream(const StoreKey& key, const Iv& iv) : key_(key), iv_(iv) {}

  std::size_t BlockSize() override { return kCipherBlock; }

  rocksdb::Status Encrypt(std::uint64_t offset, char* data, std::size_t size) override {
    return apply(offset, data, size) ? rocksdb::Status::OK()
                                     : rocksdb::Status::IOError("cannot encrypt or decrypt");
  }
  rocksdb::Status Decrypt(std::uint64_t offset, char* data, std::size_t size) override {
    return Encrypt(offset, data, size);  // CTR is its own inverse
  }

 protected:
  void AllocateScratch(std::string&) override {}
  rocksdb::Status EncryptBlock(std::uint64_t, char*, char*) override {
    return rocksdb::Status::NotSupported("whole ranges only");
  }
  rocksdb::Status DecryptBlock(std::uint64_t, char*, char*) override {
    return rocksdb::Status::NotSupported("whole ranges only");
  }

 private:
  bool apply(std::uint64_t offset, char* data, std::size_t size) const {
    EVP_CIPHER_CTX* const context = thread_context();
    const Iv counter = counter_at(iv_, offset / kCipherBlock);
    if (EVP_EncryptInit_ex2(context, cipher(),
                            reinterpret_cast<const unsigned char*>(key_.encryption.data()),
                            counter.data(), nullptr) != 1) {
      return false;
    }
    int written = 0;
    Iv skipped{};
    const auto lead = static_cast<int>(offset % kCipherBlock);
    if (lead != 0 &&
        EVP_EncryptUpdate(context, skipped.data(), &written, skipped.data(), lead) != 1)
      return false;
    auto* place = reinterpret_cast<unsigned char*>(data);
    while (size > 0) {
      const std::size_t piece = std::min(size, kLargestPiece);
      if (EVP_EncryptUpdate(context, place, &written, place, static_cast<int>(piece)) != 1)
        return false;
      place += piece;
      size -= piece;
    }
    return true;
  }

  StoreKey key_;
  Iv iv_;
};

class CtrProvider final : public rocksdb::EncryptionProvider {
 public:
  explicit CtrProvider(const StoreKey& key) : key_(key) {}

  const char* Name() const override { return "BiduiAes256Ctr"; }
  std::size_t GetPrefixLength() const override { return kPrefixSize; }

  rocksdb::Status CreateNewPrefix(const std::string&, char* prefix,
                                  std::size_t size) const override {
    std::memset(prefix, 0, size);
    std::memcpy(prefix, kMagic.data(), kMagic.size());
    // From the kernel: OpenSSL would keep a generator for each of RocksDB's threads, and those
    // outlive OpenSSL at exit.
    if (::getentropy(prefix + kMagic.size(), kCipherBlock) == 0) return rocksdb::Status::OK();
    return rocksdb::Status::IOError("no random numbers for a new file");
  }

  rocksdb::Status AddCipher(const std::string&, const char*, std::size_t, bool) override {
    return rocksdb::Status::NotSupported("one cipher only");
  }

  rocksdb::Status CreateCipherStream(
      const std::string& name, const rocksdb::EnvOptions&, rocksdb::Slice& prefix,
      std::unique_ptr<rocksdb::BlockAccessCipherStream>* result) override {
    Iv iv{};
    if (prefix.size() == kPrefixSize) {
      if (!prefix.starts_with({kMagic.data(), kMagic.size()})) {
        return rocksdb::Status::Corruption("a file of the store is not encrypted", name);
      }
      std::memcpy(iv.data(), prefix.data() + kMagic.size(), iv.size());
    }  // else: cut off inside its prefix, nothing follows that could be decrypted
    *result = std::make_unique<CtrStream>(key_, iv);
    return rocksdb::Status::OK();
  }

 private:
  StoreKey key_;
};

class EncryptingFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  EncryptingFileSystem(const std::shared_ptr<rocksdb::FileSystem>& encrypted,
                       std::shared_ptr<rocksdb::FileSystem> plain)
      : FileSystemWrapper(encrypted), plain_(std::move(plain)) {}

  const char* Name() const override { return "BiduiEncryptingFileSystem"; }

  rocksdb::IOStatus GetFileSize(const std::string& name, const rocksdb::IOOptions& options,
                                std::uint64_t* size, rocksdb::IODebugContext* context) override {
    rocksdb::IOStatus status = plain_->GetFileSize(name, options, size, context);
    if (status.ok()) *size -= std::min<std::uint64_t>(*size, kPrefixSize);
    return status;
  }

  rocksdb::IOStatus ReopenWritableFile(const std::string&, const rocksdb::FileOptions&,
                                       std::unique_ptr<rocksdb::FSWritableFile>*,
                                       rocksdb::IODebugContext*) override {
    return rocksdb::IOStatus::NotSupported("an encrypted file is written once");
  }

 private:
  std::shared_ptr<rocksdb::FileSystem> plain_;
};

}  // namespace

std::unique_ptr<rocksdb::Env> make_encrypting_env(const StoreKey& key) {
  const auto plain = rocksdb::FileSystem::Default();
  const auto encrypted = rocksdb::NewEncryptedFS(plain, std::make_shared<CtrProvider>(key));
  return rocksdb::NewCompositeEnv(std::make_shared<EncryptingFileSystem>(encrypted, plain));
}

}  // namespace bidui::store
