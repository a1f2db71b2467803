#include "workspace/keyed_code.h"

#include <array>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace bidui::workspace {
namespace {

using Digest = std::array<unsigned char, 32>;

Digest hmac(const void* key, std::size_t key_size, std::string_view text) {
  Digest digest{};
  unsigned size = 0;
  HMAC(EVP_sha256(), key, static_cast<int>(key_size),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(), &size);
  return digest;
}

}  // namespace

std::string keyed_code(const store::IndexSecret& secret, std::string_view purpose,
                       std::string_view text, std::size_t digits) {
  const Digest key = hmac(secret.data(), secret.size(), std::string("bidui/").append(purpose));
  const Digest code = hmac(key.data(), key.size(), text);
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string result;
  for (std::size_t i = 0; i < digits; ++i)
    result += kDigits[(code[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 15U];
  return result;
}

}  // namespace bidui::workspace
