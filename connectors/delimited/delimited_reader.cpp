#include "connectors/delimited/delimited_reader.h"

#include <algorithm>
#include <utility>

#include "connectors/delimited/cell_text.h"
#include "connectors/delimited/other_format.h"
#include "connectors/delimited/utf8.h"
#include "matcher/base/bilingual_error.h"

namespace bidui::connectors {
namespace {

constexpr std::size_t kHeadBytes = std::size_t{1024} * 1024;    // in which the header must stand
constexpr std::size_t kSampleBytes = std::size_t{1024} * 1024;  // by which encodings are judged

// What people rename to .csv.
std::optional<Error> not_text(std::string_view head) {
  if (head.starts_with("PK\x03\x04"))
    return bilingual_error(ErrorCode::kBadInput,
                           "这是电子表格（XLSX）或压缩文件，不是文本；请在表格软件中另存为 CSV",
                           "this is a spreadsheet (XLSX) or archive, not a text file; save it as "
                           "CSV in a spreadsheet program");
  return other_format(head);
}

Result<std::string> read_string(const ByteSource& source, std::uint64_t offset, std::size_t size) {
  const std::uint64_t left = source.size() - std::min(offset, source.size());
  std::string bytes(static_cast<std::size_t>(std::min<std::uint64_t>(size, left)), '\0');
  const Result<std::size_t> n = source.read_at(offset, bytes);
  BIDUI_TRY(n);
  bytes.resize(*n);
  return bytes;
}

}  // namespace

Result<DelimitedReader> DelimitedReader::open(const std::filesystem::path& path,
                                              const HeaderTest& test,
                                              const ReaderOptions& options) {
  const std::string name = path.filename().string();
  Result<ByteSource> source = ByteSource::open(path);
  if (!source) return source.error().with_context(name);
  return open_source(std::move(*source), name, test, options);
}

Result<DelimitedReader> DelimitedReader::open_source(ByteSource source, std::string name,
                                                     const HeaderTest& test,
                                                     const ReaderOptions& options) {
  return begin(DelimitedReader(std::move(source), std::move(name), options), test);
}

Result<DelimitedReader> DelimitedReader::open_bytes(std::string bytes, std::string name,
                                                    const HeaderTest& test,
                                                    const ReaderOptions& options) {
  return begin(DelimitedReader(ByteSource::from_memory(std::move(bytes)), std::move(name), options),
               test);
}

Result<DelimitedReader> DelimitedReader::begin(DelimitedReader reader, const HeaderTest& test) {
  const Result<std::string> head = read_string(reader.source_, 0, kHeadBytes);
  if (!head) return head.error().with_context(reader.name_);
  if (const auto other = not_text(*head)) return other->with_context(reader.name_);
  if (head->empty()) return reader.refusal("文件是空的", "the file is empty");
  const Result<std::string> sample = reader.non_ascii_sample(*head);
  if (!sample) return sample.error().with_context(reader.name_);
  const std::vector<DetectedEncoding> encodings = detect_encodings(*head, *sample);
  if (encodings.empty()) {
    return reader.refusal(
        "内容不是 UTF-8、GB18030 或 UTF-16 编码的文本，没有读入；请另存为 UTF-8 编码的 CSV",
        "the bytes fit none of UTF-8, GB18030 and UTF-16; nothing was read; save it as CSV in "
        "UTF-8");
  }
  const bool whole = reader.source_.size() <= head->size();
  // A header of known words also tells the encoding; one told by its form alone fits any of them.
  HeaderSearch search = reader.search_;
  search.accept_unknown = false;
  if (reader.find_table(*head, whole, encodings, test, search)) return reader;
  search.accept_unknown = true;
  if (reader.search_.accept_unknown && reader.find_table(*head, whole, encodings, test, search)) {
    return reader;
  }
  TextBuffer text;
  decode(encodings[0].encoding, std::string_view(*head).substr(encodings[0].bom_bytes), whole,
         text);
  return reader.no_header(search, describe_likeliest_row(text.view(), whole, test, search));
}

// Takes the first encoding in which a header is found.
bool DelimitedReader::find_table(std::string_view head, bool whole,
                                 const std::vector<DetectedEncoding>& encodings,
                                 const HeaderTest& test, const HeaderSearch& search) {
  for (const DetectedEncoding& detected : encodings) {
    TextBuffer text;
    decode(detected.encoding, head.substr(detected.bom_bytes), whole, text);
    std::optional<FoundHeader> header = find_header(text.view(), whole, test, search);
    if (!header) continue;
    header_ = std::move(*header);
    format_ = {.encoding = detected.encoding,
               .bom = detected.bom_bytes > 0,
               .delimiter = header_.delimiter,
               .header_row = header_.first_row,
               .header_rows = static_cast<std::uint32_t>(header_.rows.size())};
    offset_ = detected.bom_bytes;
    splitter_ = RecordSplitter(format_.delimiter);
    lines_ = LineDecoder(format_.encoding);
    return true;
  }
  return false;
}

// Up to 1 MiB from the first byte above 0x7F on; empty if there is none in the file.
Result<std::string> DelimitedReader::non_ascii_sample(std::string_view head) const {
  std::uint64_t offset = ascii_run(head.data(), head.size());
  std::string block;
  while (offset >= head.size() && offset < source_.size()) {
    Result<std::string> next = read_string(source_, offset, kHeadBytes);
    if (!next) return next.error();
    if (next->empty()) break;
    const std::size_t run = ascii_run(next->data(), next->size());
    offset += run;
    if (run < next->size()) break;
  }
  return read_string(source_, offset, kSampleBytes);
}

// Reads up to `bytes` more of the file and decodes its whole lines; whether that was its end.
Result<bool> DelimitedReader::append_decoded(TextBuffer& text, std::size_t bytes) {
  const std::uint64_t left = source_.size() - offset_;
  const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, left));
  const std::size_t size = undecoded_.size() + wanted;
  // UTF-8 is read to where it stays.
  const bool in_place = lines_.is_plain_utf8();
  if (!in_place) block_.resize(size);
  const std::span block(in_place ? text.reserve_more(size) : block_.data(), size);
  std::ranges::copy(undecoded_, block.begin());
  const Result<std::size_t> n = source_.read_at(offset_, block.subspan(undecoded_.size()));
  if (!n) return n.error().with_context(name_);
  if (*n < wanted)
    return bilingual_error(ErrorCode::kIo, "读取时文件变短了；请等它写完再读",
                           "the file shrank while it was read; wait until it is written", name_);
  offset_ += wanted;
  const bool last = wanted == left;
  const std::string_view read(block.data(), size);
  // A line longer than any record is no line that could tell its encoding.
  const bool endless = size > kMaxRecordBytes && whole_lines(read) == 0;
  std::size_t consumed = size;
  if (!lines_.by_line() || endless) {
    consumed = in_place ? mark_invalid_utf8(block.data(), size, last).consumed
                        : decode(lines_.current(), read, last, text).consumed;
    if (in_place) text.commit(consumed);
    undecoded_ = std::string_view(block.data(), size).substr(consumed);
    return last;
  }
  if (!last) consumed = whole_lines(read);
  undecoded_ = read.substr(consumed);
  append_lines(text, read.substr(0, consumed), in_place);
  return last;
}

// `lines` stand behind the text already if `in_place`.
void DelimitedReader::append_lines(TextBuffer& text, std::string_view lines, bool in_place) {
  std::size_t good = 0;
  if (in_place) {
    good = valid_utf8_prefix(lines);
    if (good < lines.size()) good = whole_lines(lines.substr(0, good));
    text.commit(good);
    if (good == lines.size()) return;
    block_.assign(lines.begin() + static_cast<std::ptrdiff_t>(good), lines.end());
    lines = {block_.data(), block_.size()};
  }
  lines_.decode_lines(lines, text, changes_);
}

// Fills `text` until it holds at least one whole record or the file ends; whether it ended.
Result<bool> DelimitedReader::split_next_records(TextBuffer& text) {
  std::size_t wanted = block_bytes_;
  for (;;) {
    const Result<bool> last = append_decoded(text, wanted);
    BIDUI_TRY(last);
    splitter_.split(text.view(), *last);
    if (*last || !splitter_.records().empty()) return *last;
    if (open_was_dropped_ || text.size() > kMaxRecordBytes) {
      drop_oversized_record(text);
    } else {
      wanted = std::max(wanted, text.size() + undecoded_.size());
    }
  }
}

void DelimitedReader::drop_oversized_record(TextBuffer& text) {
  const std::size_t kept = text.size() > 0 && text.view().back() == '\r' ? 1 : 0;
  splitter_.drop_open_record(static_cast<std::uint32_t>(text.size()),
                             static_cast<std::uint32_t>(kept));
  text.clear();
  if (kept == 1) text.append("\r");
  for (LineDecoder::Change& change : changes_) change.at = 0;
  open_was_dropped_ = true;
}

Result<bool> DelimitedReader::read(RowBatch& out) {
  out.clear();
  out.set_table(name_);
  if (at_end_) return false;
  TextBuffer& text = out.text();
  text.append(open_record_.view());
  open_record_.clear();
  const Result<bool> last = split_next_records(text);
  BIDUI_TRY(last);
  at_end_ = *last;
  if (at_end_ && splitter_.ends_in_quotes()) {
    const std::string row = std::to_string(last_row_ + splitter_.records().size() + 1);
    return refusal("文件在第 " + row + " 行开始的引号内结束：文件不完整，或少了一个引号",
                   "the file ends inside a quoted field that begins in row " + row +
                       "; it is cut off, or a quotation mark is missing");
  }
  build_rows(out);
  open_record_.append(text.view().substr(splitter_.open_record_begin()));
  for (LineDecoder::Change& change : changes_) change.at -= splitter_.open_record_begin();
  return !out.rows().empty() || !at_end_;
}

void DelimitedReader::build_rows(RowBatch& out) {
  const std::string_view text = out.text().view();
  // Unquoted cells are shorter than the text that they come from, so nothing below makes it grow.
  out.arena().reserve_more(text.size() + (filler_ ? filler_->carried_bytes() : 0));
  if (filler_) filler_->enter(out);
  const bool damaged = text.find(kBadByte) != text.npos || text.find('\0') != text.npos;
  for (const RawRecord& record : splitter_.records()) {
    build_row(record, damaged, out);
    open_was_dropped_ = false;
  }
  if (filler_) filler_->leave();
}

void DelimitedReader::build_row(const RawRecord& record, bool damaged, RowBatch& out) {
  Row row{.number = ++last_row_};
  if (!changes_.empty()) note_changes(record, row.number);
  if (is_header_row(row.number)) return;
  const std::string_view text = out.text().view();
  row.raw = text.substr(record.begin, record.end - record.begin);
  row.first_cell = out.next_cell();
  row.cell_count = record.cell_count;
  bool too_long = open_was_dropped_;
  const RawCell* const cells = splitter_.cells().data() + record.first_cell;
  const std::span<std::string_view> views = out.add_cells(record.cell_count);
  for (std::uint32_t i = 0; i < record.cell_count; ++i) {
    std::string_view cell = text.substr(cells[i].begin, cells[i].end - cells[i].begin);
    if (cells[i].quoted && !open_was_dropped_) cell = unquote(cell, out.arena());
    if (cell.size() > kMaxFieldBytes && !too_long) {
      too_long = true;
      row.reject_cell = i;
    }
    views[i] = unwrap_formula_text(trim_cell(cell));
  }
  RejectReason reason = too_long ? RejectReason::kFieldTooLong : RejectReason::kNone;
  if (damaged) reason = damage(record, row.raw, too_long, row, out);
  judge_row(row, reason, out);
}

// The first damage found in a row of a block that has some.
RejectReason DelimitedReader::damage(const RawRecord& record, std::string_view raw, bool too_long,
                                     Row& row, const RowBatch& out) const {
  const auto damaged_cell = [&](char byte) {
    const auto cells = out.cells(row);
    for (std::uint32_t i = 0; i < record.cell_count; ++i) {
      if (cells[i].find(byte) != std::string_view::npos) return i;
    }
    return std::uint32_t{0};
  };
  if (raw.find(kBadByte) != raw.npos) {
    row.reject_cell = damaged_cell(kBadByte);
    return RejectReason::kUndecodableBytes;
  }
  if (raw.find('\0') != raw.npos) {
    row.reject_cell = damaged_cell('\0');
    return RejectReason::kNulByte;
  }
  return too_long ? RejectReason::kFieldTooLong : RejectReason::kNone;
}

void DelimitedReader::note_changes(const RawRecord& record, std::uint32_t row) {
  while (!changes_.empty() && changes_.front().at <= record.end) {
    ++notes_.encoding_change_count;
    if (notes_.encoding_changes.size() < kNotedChanges)
      notes_.encoding_changes.push_back({row, changes_.front().encoding});
    changes_.erase(changes_.begin());
  }
}

}  // namespace bidui::connectors
