#include "connectors/delimited/line_decoder.h"

#include <algorithm>

#include "connectors/delimited/gb18030.h"
#include "connectors/delimited/utf8.h"

namespace bidui::connectors {
namespace {

// What a line is as a sequence of characters.
struct Reading {
  std::size_t bad = 0;     // bytes in no character
  std::size_t triple = 0;  // characters of three bytes
  std::size_t pairs = 0;   // characters of two bytes
};

template <typename SequenceLength>
Reading read_as(SequenceLength sequence_length, std::string_view line, bool stop_at_bad) {
  Reading reading;
  const auto* const p = reinterpret_cast<const unsigned char*>(line.data());
  for (std::size_t i = ascii_run(line.data(), line.size()); i < line.size();) {
    const int length = sequence_length(p + i, line.size() - i);
    if (length == 1 && p[i] < 0x80) {
      i += ascii_run(line.data() + i, line.size() - i);
      continue;
    }
    const std::size_t bytes = length > 0 ? static_cast<std::size_t>(length) : 1;
    if (length <= 0) ++reading.bad;
    if (reading.bad > 0 && stop_at_bad) break;
    if (length == 2) ++reading.pairs;
    if (length == 3) ++reading.triple;
    i += bytes;
  }
  return reading;
}

// One character alone may be chance.
constexpr std::size_t kPlainly = 2;

}  // namespace

std::size_t whole_lines(std::string_view text) {
  const std::size_t lf = text.rfind('\n');
  if (lf != std::string_view::npos && lf + 1 == text.size()) return text.size();
  const std::size_t cr = text.rfind('\r');
  const std::size_t last = lf == std::string_view::npos   ? cr
                           : cr == std::string_view::npos ? lf
                                                          : std::max(lf, cr);
  return last == std::string_view::npos ? 0 : last + 1;
}

// `line` has a byte above 0x7F.
Encoding LineDecoder::judge(std::string_view line) const {
  const bool utf8_file = file_ == Encoding::kUtf8;
  const Reading utf8 = read_as(utf8_sequence_length, line, !utf8_file);
  // Genuine GB18030 fails as UTF-8 within its first characters.
  if (!utf8_file && utf8.bad > 0) return Encoding::kGb18030;
  if (utf8.triple >= kPlainly && utf8.bad == 0) return Encoding::kUtf8;
  const Reading gb18030 = read_as(gb18030_sequence_length, line, true);
  if (utf8.bad == 0) return gb18030.bad > 0 ? Encoding::kUtf8 : current_;
  // Han characters of UTF-8 are rare in what is GB18030; damage leaves most of them whole.
  const bool damage_only = utf8.triple * 2 >= utf8.bad || gb18030.pairs < kPlainly;
  return gb18030.bad > 0 || damage_only ? Encoding::kUtf8 : Encoding::kGb18030;
}

void LineDecoder::decode_lines(std::string_view lines, TextBuffer& out,
                               std::vector<Change>& changes) {
  std::size_t run_begin = 0;
  for (std::size_t begin = 0; begin < lines.size();) {
    std::size_t end = lines.find('\n', begin);
    end = end == std::string_view::npos ? lines.size() : end + 1;
    const std::size_t cr = lines.substr(begin, end - begin).find('\r');
    if (cr != std::string_view::npos) end = begin + cr + 1;
    const std::string_view line = lines.substr(begin, end - begin);
    const bool tells = ascii_run(line.data(), line.size()) < line.size();
    const Encoding encoding = tells ? judge(line) : current_;
    if (encoding != current_) {
      decode(current_, lines.substr(run_begin, begin - run_begin), true, out);
      changes.push_back({out.size(), encoding});
      current_ = encoding;
      run_begin = begin;
    }
    begin = end;
  }
  decode(current_, lines.substr(run_begin), true, out);
}

}  // namespace bidui::connectors
