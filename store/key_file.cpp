#include "store/key_file.h"

#include <cstring>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <string>
#include <string_view>

#include "matcher/base/bilingual_error.h"
#include "store/posix_file.h"

namespace bidui::store {
namespace {

// magic 8, version 4 (little endian), encryption key 32, index secret 16, first 8 bytes of the
// SHA-256 of everything before.
constexpr std::string_view kMagic = "BIDUIKEY";
constexpr std::string_view kVersion{"\1\0\0\0", 4};
constexpr std::size_t kKeyOffset = 12;
constexpr std::size_t kSecretOffset = 44;
constexpr std::size_t kChecksumOffset = 60;
constexpr std::size_t kFileSize = 68;

std::string checksum(std::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest, &length, EVP_sha256(), nullptr);
  std::string text(8, '\0');
  std::memcpy(text.data(), digest, text.size());
  return text;
}

template <std::size_t kSize>
bool draw_random(std::array<std::byte, kSize>& bytes) {
  return RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(kSize)) == 1;
}

}  // namespace

// Who copies the directory has not copied the key.
std::filesystem::path default_key_file(const std::filesystem::path& directory) {
  std::filesystem::path path = std::filesystem::absolute(directory).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();
  path += ".key";
  return path;
}

Result<StoreKey> create_key_file(const std::filesystem::path& path) {
  if (std::filesystem::exists(path)) {
    return bilingual_error(ErrorCode::kConflict, "密钥文件已经存在", "the key file exists already",
                           path.string());
  }
  StoreKey key;
  if (!draw_random(key.encryption) || !draw_random(key.index_secret)) {
    return bilingual_error(ErrorCode::kInternal, "系统没有给出随机数，无法生成密钥",
                           "no random numbers for a new key");
  }
  std::string bytes(kMagic);
  bytes += kVersion;
  bytes.append(reinterpret_cast<const char*>(key.encryption.data()), key.encryption.size());
  bytes.append(reinterpret_cast<const char*>(key.index_secret.data()), key.index_secret.size());
  bytes += checksum(bytes);
  BIDUI_TRY(write_small_file(path, bytes, 0600));
  return key;
}

Result<StoreKey> read_key_file(const std::filesystem::path& path) {
  const auto bytes = read_small_file(path);
  if (!bytes) {
    if (bytes.error().code != ErrorCode::kNotFound) return bytes.error();
    return bilingual_error(ErrorCode::kNotFound, "找不到密钥文件；请用 --key-file 给出，或放回原处",
                           "the key file is missing; name it with --key-file or put it back",
                           path.string());
  }
  const std::string_view text = *bytes;
  if (text.size() != kFileSize || !text.starts_with(kMagic)) {
    return bilingual_error(
        ErrorCode::kBadInput, "这不是比对的密钥文件；请用 --key-file 给出正确的文件",
        "this is not a Bidui key file; name the right one with --key-file", path.string());
  }
  if (text.substr(kMagic.size(), kVersion.size()) != kVersion) {
    return bilingual_error(ErrorCode::kBadInput, "密钥文件的版本不认识；请用写它的程序版本",
                           "the key file has a version that is not known; use the version of the "
                           "program that wrote it",
                           path.string());
  }
  if (checksum(text.substr(0, kChecksumOffset)) != text.substr(kChecksumOffset)) {
    return bilingual_error(ErrorCode::kBadInput, "密钥文件已损坏（校验和不符）；请用备份恢复",
                           "the key file is damaged (its checksum differs); restore a backup",
                           path.string());
  }
  StoreKey key;
  std::memcpy(key.encryption.data(), text.data() + kKeyOffset, key.encryption.size());
  std::memcpy(key.index_secret.data(), text.data() + kSecretOffset, key.index_secret.size());
  return key;
}

}  // namespace bidui::store
