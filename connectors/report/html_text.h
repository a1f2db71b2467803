// Text made safe for its place in the page. All three take any bytes and give valid UTF-8.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace bidui::connectors::report {

// For element content and quoted attributes: & < > " ' become references.
std::string html(std::string_view text);

// A JSON string with its quotes, safe inside <script>: < > & and U+2028/9 are written as \uXXXX.
std::string json_string(std::string_view text);

// "1,234,567"
std::string grouped(std::uint64_t number);

// "97.31%"; one place where `places` is 1.
std::string percent(double share, int places = 2);

// "sha256-…" of Content Security Policy for an inline script or style.
std::string csp_hash(std::string_view content);

// Replaces each {{name}} of the template; names without value vanish. O(template + values).
// What a value holds is never searched for placeholders.
struct Placeholder {
  std::string_view name;
  std::string value;
};
std::string fill_template(std::string_view page, std::span<const Placeholder> values);

}  // namespace bidui::connectors::report
