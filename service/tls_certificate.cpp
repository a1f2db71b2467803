#include "service/tls_certificate.h"

#include <array>
#include <cstdio>
#include <fcntl.h>
#include <fmt/format.h>
#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include "matcher/base/bilingual_error.h"

namespace bidui::service {
namespace {

template <auto Free>
struct Freed {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using File = std::unique_ptr<std::FILE, Freed<std::fclose>>;

Error failure(const std::filesystem::path& path) {
  return bilingual_error(ErrorCode::kIo, "无法生成试用证书，请用 --cert 和 --cert-key 指定",
                         "no trial certificate can be made; name one by --cert and --cert-key",
                         path.string());
}

bool add_extension(X509* certificate, int what, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, what, value.c_str());
  if (extension == nullptr) return false;
  const bool added = X509_add_ext(certificate, extension, -1) == 1;
  X509_EXTENSION_free(extension);
  return added;
}

Certificate make_certificate(EVP_PKEY* key, const std::string& host) {
  Certificate certificate(X509_new());
  X509* const c = certificate.get();
  std::array<unsigned char, 16> serial{};
  if (RAND_bytes(serial.data(), serial.size()) != 1) return nullptr;
  serial[0] &= 0x7F;
  BIGNUM* const number = BN_bin2bn(serial.data(), serial.size(), nullptr);
  BN_to_ASN1_INTEGER(number, X509_get_serialNumber(c));
  BN_free(number);
  constexpr long kYears = 10L * 365 * 24 * 3600;
  X509_set_version(c, 2);
  X509_gmtime_adj(X509_getm_notBefore(c), -3600);
  X509_gmtime_adj(X509_getm_notAfter(c), kYears);
  X509_set_pubkey(c, key);
  X509_NAME* const name = X509_get_subject_name(c);
  const std::string title = "Bidui (self-signed, for trial)";
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(title.c_str()), -1, -1, 0);
  X509_set_issuer_name(c, name);
  std::string names = "DNS:localhost,IP:127.0.0.1";
  const bool is_address = host.find_first_not_of("0123456789.") == std::string::npos;
  if (is_address && host != "127.0.0.1" && host != "0.0.0.0") names += ",IP:" + host;
  const bool done = add_extension(c, NID_subject_alt_name, names) &&
                    add_extension(c, NID_basic_constraints, "critical,CA:FALSE") &&
                    X509_sign(c, key, EVP_sha256()) != 0;
  return done ? std::move(certificate) : nullptr;
}

File create_private(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  return File(descriptor < 0 ? nullptr : ::fdopen(descriptor, "w"));
}

}  // namespace

Result<CertificateFiles> trial_certificate(const std::filesystem::path& folder,
                                           const std::string& host) {
  CertificateFiles files{.certificate = folder / "tls.crt", .private_key = folder / "tls.key"};
  std::error_code ignored;
  if (!std::filesystem::exists(files.private_key, ignored)) {
    const Key key(EVP_EC_gen("P-256"));
    const Certificate made = key == nullptr ? nullptr : make_certificate(key.get(), host);
    if (made == nullptr) return failure(files.certificate);
    std::filesystem::remove(files.certificate, ignored);
    const File certificate_file = create_private(files.certificate);
    const File key_file = create_private(files.private_key);
    const bool written =
        certificate_file != nullptr && key_file != nullptr &&
        PEM_write_X509(certificate_file.get(), made.get()) == 1 &&
        PEM_write_PrivateKey(key_file.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1;
    if (!written) return failure(files.private_key);
    files.made = true;
  }
  const File file(std::fopen(files.certificate.c_str(), "re"));
  const Certificate read(file == nullptr ? nullptr
                                         : PEM_read_X509(file.get(), nullptr, nullptr, nullptr));
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned size = 0;
  if (read == nullptr || X509_digest(read.get(), EVP_sha256(), hash.data(), &size) != 1)
    return bilingual_error(ErrorCode::kBadInput,
                           "证书文件无法读取；删除 tls.crt 和 tls.key 可重新生成",
                           "the certificate cannot be read; without tls.crt and tls.key another is "
                           "made",
                           files.certificate.string());
  for (unsigned i = 0; i < size; ++i)
    files.fingerprint += fmt::format("{}{:02X}", i == 0 ? "" : ":", hash[i]);
  return files;
}

}  // namespace bidui::service
