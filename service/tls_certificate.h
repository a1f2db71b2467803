// The certificate for trial: self-signed, made on first start, told plainly.
#pragma once

#include <filesystem>
#include <string>

#include "matcher/base/result.h"

namespace bidui::service {

struct CertificateFiles {
  std::filesystem::path certificate{};
  std::filesystem::path private_key{};
  bool made = false;          // just now
  std::string fingerprint{};  // SHA-256, "AB:CD:…": what a browser shows
};

// tls.crt and tls.key in the folder; made where they are not there: ECDSA P-256, for `host` and
// localhost, ten years. The key has mode 0600. kIo, kBadInput where they are there but unreadable.
Result<CertificateFiles> trial_certificate(const std::filesystem::path& folder,
                                           const std::string& host);

}  // namespace bidui::service
