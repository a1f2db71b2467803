#include "store/store_file.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <string>
#include <string_view>

#include "matcher/base/bilingual_error.h"
#include "store/layout.h"
#include "store/posix_file.h"

namespace bidui::store {
namespace {

// magic 8, format version 4 (little endian), salt 16, HMAC-SHA-256 of salt and a fixed text 32.
constexpr std::string_view kMagic = "BIDUISTO";
constexpr std::string_view kCheckText = "bidui store key check";
constexpr std::size_t kSaltOffset = 12;
constexpr std::size_t kSaltSize = 16;
constexpr std::size_t kProofOffset = kSaltOffset + kSaltSize;
constexpr std::size_t kProofSize = 32;

std::string proof_of(const StoreKey& key, std::string_view salt) {
  std::string message(salt);
  message += kCheckText;
  std::string proof(kProofSize, '\0');
  unsigned length = 0;
  HMAC(EVP_sha256(), key.encryption.data(), static_cast<int>(key.encryption.size()),
       reinterpret_cast<const unsigned char*>(message.data()), message.size(),
       reinterpret_cast<unsigned char*>(proof.data()), &length);
  return proof;
}

}  // namespace

Error no_store_error(const std::filesystem::path& directory) {
  return bilingual_error(ErrorCode::kNotFound, "这个目录里没有存储；请检查 -w 给出的目录",
                         "there is no store in this directory; check the one given with -w",
                         directory.string());
}

Status write_store_file(const std::filesystem::path& directory, const StoreKey& key) {
  std::string salt(kSaltSize, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(salt.data()), static_cast<int>(kSaltSize)) != 1) {
    return bilingual_error(ErrorCode::kInternal, "系统没有给出随机数，无法新建存储",
                           "no random numbers for a new store");
  }
  std::string bytes(kMagic);
  append_little_endian(bytes, kFormatVersion);
  bytes += salt;
  bytes += proof_of(key, salt);
  return write_small_file(directory / "STORE", bytes, 0644);
}

Status check_store_file(const std::filesystem::path& directory, const StoreKey& key) {
  const auto bytes = read_small_file(directory / "STORE");
  if (!bytes) {
    if (bytes.error().code != ErrorCode::kNotFound) return bytes.error();
    return no_store_error(directory);
  }
  const std::string_view text = *bytes;
  if (text.size() < kSaltOffset || !text.starts_with(kMagic)) {
    return bilingual_error(ErrorCode::kBadInput, "这不是比对的存储目录",
                           "this is not a Bidui store", directory.string());
  }
  const auto version = read_little_endian<std::uint32_t>(text.data() + kMagic.size());
  if (version != kFormatVersion) {
    const std::string its = std::to_string(version);
    const std::string ours = std::to_string(kFormatVersion);
    return bilingual_error(
        ErrorCode::kBadInput,
        "存储的格式是第 " + its + " 版，本程序能读第 " + ours + " 版；请用写它的程序版本",
        "the store has format version " + its + ", this program reads version " + ours +
            "; use the version of the program that wrote it",
        directory.string());
  }
  if (text.size() != kProofOffset + kProofSize) {
    return damaged_error("文件 STORE ", "the file STORE", directory.string());
  }
  const std::string expected = proof_of(key, text.substr(kSaltOffset, kSaltSize));
  if (CRYPTO_memcmp(expected.data(), text.data() + kProofOffset, kProofSize) != 0) {
    return bilingual_error(
        ErrorCode::kBadInput, "密钥文件不是这个存储的；请用 --key-file 给出它自己的密钥文件",
        "the key file belongs to another store; name its own with --key-file", directory.string());
  }
  return {};
}

}  // namespace bidui::store
