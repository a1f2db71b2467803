// Reading a delimited text file as offices deliver it: whatever encoding, delimiter and quotes,
// with titles above the header and subtotals, signatures and remarks between and below the rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "connectors/delimited/byte_source.h"
#include "connectors/delimited/encoding.h"
#include "connectors/delimited/encoding_detection.h"
#include "connectors/delimited/fill_down.h"
#include "connectors/delimited/header_search.h"
#include "connectors/delimited/record_splitter.h"
#include "connectors/delimited/row_batch.h"
#include "connectors/delimited/row_fate.h"
#include "matcher/base/result.h"

namespace bidui::connectors {

// What was found out about a file.
struct TableFormat {
  Encoding encoding = Encoding::kUtf8;
  bool bom = false;
  char delimiter = ',';
  std::uint32_t header_row = 1;   // from 1 in the file
  std::uint32_t header_rows = 1;  // 1 or 2
};

struct ReaderOptions {
  HeaderSearch header{};
  std::size_t block_bytes = 1024 * 1024;  // of the file per batch; a batch takes about 5 times that
};

// One pass over one file. Rows are numbered from 1 as a spreadsheet does: one per record, blank
// lines included, so a cell with line breaks does not move the rows below it. All rows but those of
// the header are counted: read = loaded + rejected + skipped. A row is judged in this order: title
// rows above the header are skipped; damaged rows (bytes that do not decode, NUL, too long)
// rejected; then blank rows, repeated headers, subtotals, signatures and remarks skipped; then a
// wrong number of cells rejected. Memory is bounded whatever the file's size. Not for several
// threads; the batches are.
class DelimitedReader {
 public:
  // kNotFound, kIo; kBadInput if the file as a whole cannot be used: no encoding fits, no header
  // found, or it is a spreadsheet under the name of a text file. The error's place is the file's
  // name.
  static Result<DelimitedReader> open(const std::filesystem::path& path, const HeaderTest& test,
                                      const ReaderOptions& options = {});
  // The same of bytes in memory; `name` stands for the file's in errors.
  static Result<DelimitedReader> open_bytes(std::string bytes, std::string name,
                                            const HeaderTest& test,
                                            const ReaderOptions& options = {});

  // The file's name without directories.
  const std::string& name() const { return name_; }
  // The columns' names, trimmed; a loaded row has as many cells. "" for a column without a name.
  const std::vector<std::string>& header() const { return header_.columns; }
  const TableFormat& format() const { return format_; }

  // From now on fills blank cells down; before the first read(). Columns are indexes into header();
  // kInvalidArgument if one is not.
  Status fill_down(FillDown what);

  // ReaderOptions::block_bytes of the batches to come.
  void set_block_bytes(std::size_t bytes) { options_.block_bytes = bytes; }

  // Replaces `out` by the next rows; false when there are no more. kIo; kBadInput if the file ends
  // inside a quoted cell: then nothing of the file may be used, not even the rows that were read
  // before. About 400 MB/s to 1 GB/s of UTF-8.
  Result<bool> read(RowBatch& out);

  const RowCounts& counts() const { return counts_; }
  std::uint64_t bytes_read() const { return offset_; }
  std::uint64_t bytes_total() const { return source_.size(); }

 private:
  DelimitedReader(ByteSource source, std::string name, const ReaderOptions& options)
      : source_(std::move(source)), name_(std::move(name)), options_(options) {}

  static Result<DelimitedReader> begin(DelimitedReader reader, const HeaderTest& test);
  bool find_table(std::string_view head, bool whole, const std::vector<DetectedEncoding>& encodings,
                  const HeaderTest& test, const HeaderSearch& search);
  Result<std::string> non_ascii_sample(std::string_view head) const;
  Result<bool> append_decoded(TextBuffer& text, std::size_t bytes);
  Result<bool> split_next_records(TextBuffer& text);
  void drop_oversized_record(TextBuffer& text);
  void build_rows(RowBatch& out);
  void build_row(const RawRecord& record, bool damaged, RowBatch& out);
  RejectReason damage(const RawRecord& record, std::string_view raw, bool damaged, Row& row,
                      const RowBatch& out) const;
  void judge_row(Row& row, RejectReason damage, RowBatch& out);
  Error refusal(std::string zh, std::string en) const;
  Error no_header(const std::string& likeliest_row) const;

  ByteSource source_;
  std::string name_;
  ReaderOptions options_;
  TableFormat format_;
  FoundHeader header_;
  std::optional<BlockFiller> filler_;
  RecordSplitter splitter_{','};
  RowCounts counts_;

  std::uint64_t offset_ = 0;       // in the file, of what is not yet read
  std::string undecoded_;          // a character that the last block cut off
  TextBuffer open_record_;         // decoded, of a record that the last block cut off
  bool open_was_dropped_ = false;  // it grew too long; the splitter only looks for its end
  bool at_end_ = false;
  std::uint32_t last_row_ = 0;
  std::vector<char> block_;
};

}  // namespace bidui::connectors
