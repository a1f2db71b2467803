// The hash that names a delivery's content.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "matcher/base/result.h"

struct evp_md_ctx_st;

namespace bidui::workspace {

// Lower-case hexadecimal digits, two for each byte.
std::string hex(std::span<const unsigned char> bytes);

// SHA-256 over what is added, in that order.
class ContentHash {
 public:
  ContentHash();

  void add(std::string_view bytes);
  // The bytes of a file; kIo.
  Status add_file(const std::filesystem::path& path);
  // 64 hexadecimal digits; nothing may be added after.
  std::string finish();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

}  // namespace bidui::workspace
