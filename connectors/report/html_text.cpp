#include "connectors/report/html_text.h"

#include <array>
#include <fmt/format.h>
#include <openssl/evp.h>

#include "connectors/report/cell_text.h"

namespace bidui::connectors::report {
namespace {

void append_json_char(std::string& out, char c) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\t':
      out += "\\t";
      return;
    case '<':
    case '>':
    case '&':
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
      return;
    default:
      out += c;
  }
}

}  // namespace

std::string html(std::string_view text) {
  const std::string clean = clean_text(text);
  std::string out;
  out.reserve(clean.size());
  for (const char c : clean) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string json_string(std::string_view text) {
  const std::string clean = clean_text(text);
  std::string out = "\"";
  for (std::size_t i = 0; i < clean.size(); ++i) {
    // U+2028 and U+2029, E2 80 A8/A9, end a line for scripts.
    if (clean.compare(i, 2, "\xE2\x80") == 0 &&
        (clean[i + 2] == '\xA8' || clean[i + 2] == '\xA9')) {
      out += clean[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      append_json_char(out, clean[i]);
    }
  }
  return out += '"';
}

std::string grouped(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

std::string percent(double share, int places) {
  return fmt::format("{:.{}f}%", share * 100, places);
}

std::string csp_hash(std::string_view content) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(content.data(), content.size(), digest.data(), &size, EVP_sha256(), nullptr);
  std::array<unsigned char, 4 * ((EVP_MAX_MD_SIZE + 2) / 3) + 1> base64{};
  const int length = EVP_EncodeBlock(base64.data(), digest.data(), static_cast<int>(size));
  std::string out = "sha256-";
  for (int i = 0; i < length; ++i) out += static_cast<char>(base64[static_cast<std::size_t>(i)]);
  return out;
}

std::string fill_template(std::string_view page, std::span<const Placeholder> values) {
  std::string out;
  while (true) {
    const std::size_t open = page.find("{{");
    const std::size_t close = open == page.npos ? open : page.find("}}", open);
    if (close == page.npos) return out.append(page);
    out += page.substr(0, open);
    const std::string_view name = page.substr(open + 2, close - open - 2);
    for (const Placeholder& value : values) {
      if (value.name == name) out += value.value;
    }
    page.remove_prefix(close + 2);
  }
}

}  // namespace bidui::connectors::report
