// The tab-separated tables of schemas/reference, read as a whole by the packing program.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bidui::pack {

class Tsv {
 public:
  // Stops the program with a message when the file cannot be read or has no such column: the build
  // then fails, as it must.
  explicit Tsv(const std::filesystem::path& path);

  std::size_t size() const { return rows_.size(); }
  // The cell of a row under the header `column`.
  std::string_view at(std::size_t row, std::string_view column) const;

 private:
  std::size_t column_index(std::string_view column) const;

  std::string name_;
  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
};

std::vector<std::string> split(std::string_view text, char separator);

// The only code point of `text`; 0 when it has none or several.
char32_t single_char(std::string_view text);

// "U+3400"; 0 when it is no code point.
char32_t parse_code_point(std::string_view text);

[[noreturn]] void fail(const std::string& message);

}  // namespace bidui::pack
