#include "connectors/delimited/record_splitter.h"

#include <algorithm>

namespace bidui::connectors {
namespace {

std::uint32_t offset(std::int64_t position) {
  return static_cast<std::uint32_t>(std::max<std::int64_t>(position, 0));
}

}  // namespace

void RecordSplitter::split(std::string_view text, bool last) {
  if (!resume_) state_ = State{};
  resume_ = false;
  records_.clear();
  cells_.clear();
  record_first_cell_ = 0;
  const auto size = static_cast<std::int64_t>(text.size());
  for (const std::uint32_t at : scan_.find(text)) {
    const std::int64_t position = at;
    const char c = text[at];
    if (position < state_.record_begin) continue;  // the LF of a CRLF
    if (state_.place != Place::kPlain && inside_quotes(position, c)) continue;
    if (c == delimiter_) {
      end_cell(position);
      state_.cell_begin = position + 1;
    } else if (c == '"') {
      if (position != state_.cell_begin) continue;
      state_.place = Place::kQuoted;
      state_.cell_quoted = true;
    } else if (c == '\r' && position + 1 == size && !last) {
      break;  // whether an LF belongs to it shows only in the next piece
    } else {
      const bool crlf = c == '\r' && position + 1 < size && text[at + 1] == '\n';
      end_record(position, position + (crlf ? 2 : 1));
    }
  }
  if (last && state_.place != Place::kQuoted && state_.record_begin < size) end_record(size, size);
  open_record_begin_ = offset(state_.record_begin);
}

// Whether the byte at `position` is text, or the quote that may close the cell. Otherwise the
// quoted part has ended before it, and it is read as plain.
bool RecordSplitter::inside_quotes(std::int64_t position, char c) {
  if (state_.place == Place::kQuoted) {
    if (c == '"') {
      state_.place = Place::kAfterQuote;
      state_.quote = position;
    }
    return true;
  }
  const bool doubled = c == '"' && position == state_.quote + 1;
  state_.place = doubled ? Place::kQuoted : Place::kPlain;
  return doubled;
}

void RecordSplitter::end_cell(std::int64_t end) {
  cells_.push_back({offset(state_.cell_begin), offset(end), state_.cell_quoted});
  state_.cell_quoted = false;
  state_.place = Place::kPlain;
}

void RecordSplitter::end_record(std::int64_t end, std::int64_t next) {
  end_cell(end);
  const auto cell_end = static_cast<std::uint32_t>(cells_.size());
  records_.push_back({.begin = offset(state_.record_begin),
                      .end = offset(end),
                      .first_cell = record_first_cell_,
                      .cell_count = cell_end - record_first_cell_});
  record_first_cell_ = cell_end;
  state_.record_begin = next;
  state_.cell_begin = next;
}

void RecordSplitter::drop_open_record(std::uint32_t text_size, std::uint32_t kept) {
  const std::int64_t dropped = static_cast<std::int64_t>(text_size) - kept;
  state_.quote -= dropped;
  state_.cell_begin -= dropped;
  state_.record_begin -= dropped;
  resume_ = true;
}

}  // namespace bidui::connectors
