#include "connectors/delimited/encoding_detection.h"

#include <algorithm>
#include <array>
#include <utility>

#include "connectors/delimited/gb18030.h"
#include "connectors/delimited/utf8.h"

namespace bidui::connectors {
namespace {

using SequenceLength = int (*)(const unsigned char*, std::size_t);

struct Fit {
  std::size_t lines = 0;
  std::size_t bad_lines = 0;
  std::size_t good_bytes = 0;  // in sequences of several bytes
  std::size_t bad_bytes = 0;

  bool acceptable() const { return bad_lines * 3 <= lines || bad_bytes * 20 <= good_bytes; }
};

// Whether the line decodes.
bool add_line(std::string_view line, SequenceLength sequence_length, Fit& fit) {
  const auto* const p = reinterpret_cast<const unsigned char*>(line.data());
  std::size_t bad = 0;
  for (std::size_t i = 0; i < line.size();) {
    const int length = sequence_length(p + i, line.size() - i);
    if (length <= 0) ++bad;
    if (length > 1) fit.good_bytes += static_cast<std::size_t>(length);
    i += length > 0 ? static_cast<std::size_t>(length) : 1;
  }
  ++fit.lines;
  fit.bad_bytes += bad;
  if (bad > 0) ++fit.bad_lines;
  return bad == 0;
}

// Where the line ends; npos if it does not. (find_first_of() asks for each byte anew.)
std::size_t line_end(std::string_view text) {
  const std::size_t lf = text.find('\n');
  const std::size_t cr = text.substr(0, lf).find('\r');
  return cr != std::string_view::npos ? cr : lf;
}

struct Fits {
  Fit utf8;
  Fit gb18030;
  std::size_t bad_in_both = 0;  // lines

  // Each line is plainly in one of the two: files put behind each other (line_decoder.h).
  bool mixed() const { return bad_in_both * 3 <= utf8.lines; }
};

void add_line(std::string_view line, Fits& fits) {
  const bool utf8 = add_line(line, utf8_sequence_length, fits.utf8);
  const bool gb18030 = add_line(line, gb18030_sequence_length, fits.gb18030);
  if (!utf8 && !gb18030) ++fits.bad_in_both;
}

// The last line counts only if it is the only one: the sample may cut it.
Fits measure(std::size_t ascii_lines, std::string_view sample) {
  Fits fits{.utf8 = {.lines = ascii_lines}, .gb18030 = {.lines = ascii_lines}};
  const auto has_whole_line = [&] { return fits.utf8.lines > ascii_lines; };
  while (!sample.empty()) {
    const std::size_t end = line_end(sample);
    if (end == std::string_view::npos) {
      if (!has_whole_line()) add_line(sample, fits);
      break;
    }
    if (end > 0) add_line(sample.substr(0, end), fits);
    sample.remove_prefix(end + 1);
  }
  return fits;
}

// UTF-16 without a mark: of each pair of bytes, commas, digits and line ends leave one zero, always
// on the same side; and each line feed is a whole unit.
bool looks_like_utf16(std::string_view head, std::size_t zero_side) {
  std::array<std::size_t, 2> zeros{};
  std::size_t line_ends = 0;
  for (std::size_t i = 0; i + 1 < head.size(); i += 2) {
    for (std::size_t side = 0; side < 2; ++side) zeros[side] += head[i + side] == '\0' ? 1u : 0u;
    const char unit = head[i + 1 - zero_side];
    if (head[i + zero_side] == '\0' && (unit == '\n' || unit == '\r')) ++line_ends;
  }
  return line_ends > 0 && zeros[zero_side] * 50 >= head.size() &&
         zeros[1 - zero_side] * 20 <= zeros[zero_side];
}

}  // namespace

std::vector<DetectedEncoding> detect_encodings(std::string_view head, std::string_view sample) {
  using namespace std::string_view_literals;
  constexpr std::array kMarks{std::pair{"\xEF\xBB\xBF"sv, Encoding::kUtf8},
                              std::pair{"\xFF\xFE"sv, Encoding::kUtf16Le},
                              std::pair{"\xFE\xFF"sv, Encoding::kUtf16Be},
                              std::pair{"\x84\x31\x95\x33"sv, Encoding::kGb18030}};
  for (const auto& [mark, encoding] : kMarks) {
    if (head.starts_with(mark)) return {{encoding, mark.size()}};
  }
  if (looks_like_utf16(head, 1)) return {{Encoding::kUtf16Le, 0}};
  if (looks_like_utf16(head, 0)) return {{Encoding::kUtf16Be, 0}};
  if (sample.empty()) return {{Encoding::kUtf8, 0}};

  const std::size_t ascii = ascii_run(head.data(), head.size());
  const auto ascii_lines = static_cast<std::size_t>(
      std::count(head.begin(), head.begin() + static_cast<std::ptrdiff_t>(ascii), '\n'));
  const Fits fits = measure(ascii_lines, sample);
  std::vector<DetectedEncoding> fitting;
  const auto add_if = [&](bool utf8, bool gb18030) {
    if (utf8) fitting.push_back({Encoding::kUtf8, 0});
    if (gb18030) fitting.push_back({Encoding::kGb18030, 0});
  };
  const bool utf8 = fits.utf8.acceptable();
  const bool gb18030 = fits.gb18030.acceptable();
  add_if(utf8, gb18030);
  if (fitting.size() == 2 && fits.gb18030.bad_lines < fits.utf8.bad_lines)
    std::swap(fitting[0], fitting[1]);
  if (fits.mixed()) add_if(!utf8, !gb18030);
  return fitting;
}

}  // namespace bidui::connectors
