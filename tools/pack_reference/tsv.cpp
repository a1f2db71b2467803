#include "tools/pack_reference/tsv.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "matcher/text/utf8.h"

namespace bidui::pack {

void fail(const std::string& message) {
  std::fprintf(stderr, "pack_reference: %s\n", message.c_str());
  std::exit(1);
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

char32_t single_char(std::string_view text) {
  const std::u32string chars = text::to_utf32(text);
  return chars.size() == 1 ? chars[0] : 0;
}

char32_t parse_code_point(std::string_view text) {
  if (!text.starts_with("U+")) return 0;
  std::uint32_t c = 0;
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data() + 2, end, c, 16);
  return parsed.ptr == end ? c : 0;
}

Tsv::Tsv(const std::filesystem::path& path) : name_(path.string()) {
  std::ifstream in(path, std::ios::binary);
  if (!in) fail("cannot read " + name_);
  const std::string content((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  for (const std::string& line : split(content, '\n')) {
    if (line.empty()) continue;
    if (header_.empty()) {
      header_ = split(line, '\t');
    } else {
      rows_.push_back(split(line, '\t'));
    }
  }
  if (rows_.empty()) fail("no rows in " + name_);
}

std::size_t Tsv::column_index(std::string_view column) const {
  const auto found = std::find(header_.begin(), header_.end(), column);
  if (found == header_.end()) fail("no column " + std::string(column) + " in " + name_);
  return static_cast<std::size_t>(found - header_.begin());
}

std::string_view Tsv::at(std::size_t row, std::string_view column) const {
  const std::size_t i = column_index(column);
  return i < rows_[row].size() ? std::string_view(rows_[row][i]) : std::string_view();
}

}  // namespace bidui::pack
