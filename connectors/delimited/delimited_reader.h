// Reading a delimited text file as offices deliver it: whatever encoding, delimiter and quotes,
// with titles above the header and subtotals, signatures and remarks between and below the rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "connectors/delimited/byte_source.h"
#include "connectors/delimited/encoding.h"
#include "connectors/delimited/encoding_detection.h"
#include "connectors/delimited/header_search.h"
#include "connectors/delimited/line_decoder.h"
#include "connectors/delimited/record_splitter.h"
#include "connectors/delimited/table_reader.h"
#include "matcher/base/result.h"

namespace bidui::connectors {

struct ReaderOptions {
  HeaderSearch header{};
  std::size_t block_bytes = 1024 * 1024;  // of the file per batch; a batch takes about 5 times that
};

// A line that does not fit the file's encoding but plainly another (UTF-8 among GB18030, or the
// other way round: files put behind each other) is read in that one, and the change noted. A
// damaged row has bytes that decode in neither, a NUL, or is too long.
class DelimitedReader : public TableReader {
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
  static Result<DelimitedReader> open_source(ByteSource source, std::string name,
                                             const HeaderTest& test,
                                             const ReaderOptions& options = {});

  // kBadInput if the file ends inside a quoted cell. About 400 MB/s to 1 GB/s of UTF-8.
  Result<bool> read(RowBatch& out) override;
  std::uint64_t bytes_read() const override { return offset_; }
  std::uint64_t bytes_total() const override { return source_.size(); }

 private:
  DelimitedReader(ByteSource source, std::string name, const ReaderOptions& options)
      : TableReader(std::move(name), options.block_bytes),
        source_(std::move(source)),
        search_(options.header) {}

  static Result<DelimitedReader> begin(DelimitedReader reader, const HeaderTest& test);
  bool find_table(std::string_view head, bool whole, const std::vector<DetectedEncoding>& encodings,
                  const HeaderTest& test, const HeaderSearch& search);
  Result<std::string> non_ascii_sample(std::string_view head) const;
  Result<bool> append_decoded(TextBuffer& text, std::size_t bytes);
  void append_lines(TextBuffer& text, std::string_view lines, bool in_place);
  Result<bool> split_next_records(TextBuffer& text);
  void drop_oversized_record(TextBuffer& text);
  void build_rows(RowBatch& out);
  void build_row(const RawRecord& record, bool damaged, RowBatch& out);
  RejectReason damage(const RawRecord& record, std::string_view raw, bool damaged, Row& row,
                      const RowBatch& out) const;
  void note_changes(const RawRecord& record, std::uint32_t row);

  ByteSource source_;
  HeaderSearch search_;
  RecordSplitter splitter_{','};
  LineDecoder lines_;

  std::uint64_t offset_ = 0;       // in the file, of what is not yet read
  std::string undecoded_;          // the line, or character, that the last block cut off
  TextBuffer open_record_;         // decoded, of a record that the last block cut off
  bool open_was_dropped_ = false;  // it grew too long; the splitter only looks for its end
  bool at_end_ = false;
  std::uint32_t last_row_ = 0;
  std::vector<char> block_;
  std::vector<LineDecoder::Change> changes_;  // not yet noted; places in the text being split
};

}  // namespace bidui::connectors
