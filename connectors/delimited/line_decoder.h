// Decoding a text whose lines are not all in one encoding: files put behind each other, rows pasted
// from elsewhere.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "connectors/delimited/encoding.h"
#include "connectors/delimited/text_buffer.h"

namespace bidui::connectors {

// Each line of a file in UTF-8 or GB18030 is read in the other of the two where it plainly is: it
// decodes in that one only, and not because of a damaged character or two; or it decodes in both
// but has Han characters in UTF-8, which make no sense read as GB18030. A line that tells nothing
// goes with those before it. What becomes of a line depends on it and the lines before, not on the
// pieces that the file is read in.
class LineDecoder {
 public:
  struct Change {
    std::size_t at = 0;  // in the decoded text: where a line begins that is in another encoding
    Encoding encoding = Encoding::kUtf8;
  };

  explicit LineDecoder(Encoding file = Encoding::kUtf8) : file_(file), current_(file) {}

  // Whether text can change its encoding at all: not in UTF-16.
  bool by_line() const { return file_ == Encoding::kUtf8 || file_ == Encoding::kGb18030; }
  // That of the last line.
  Encoding current() const { return current_; }
  // The file's encoding, as long as no line was in another.
  bool is_plain_utf8() const { return file_ == Encoding::kUtf8 && current_ == Encoding::kUtf8; }

  // Appends `lines`, which are whole but for the end of the file, to `out` as decode() does with
  // `last`. Changes are added with their places in `out`.
  void decode_lines(std::string_view lines, TextBuffer& out, std::vector<Change>& changes);

 private:
  Encoding judge(std::string_view line) const;

  Encoding file_;
  Encoding current_;
};

// Bytes up to and with the last line end (LF or CR); 0 if there is none.
std::size_t whole_lines(std::string_view text);

}  // namespace bidui::connectors
