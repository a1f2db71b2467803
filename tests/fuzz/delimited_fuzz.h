// What must hold for every input of the delimited reader; shared by the fuzzer and the corpus test.
#pragma once

#include <string>
#include <string_view>

#include "connectors/delimited/delimited_reader.h"

namespace bidui::connectors {

struct FuzzOutcome {
  bool usable = false;
  RowCounts counts;
  std::uint64_t cell_hash = 0;
};

inline FuzzOutcome fuzz_read(const std::string& bytes, std::size_t block_bytes) {
  // Any text with letters may be a header: the fuzzer then reaches what lies behind it.
  const HeaderTest test = [](std::span<const std::string_view> cells) {
    int known = 0;
    for (const std::string_view cell : cells) known += !cell.empty() && cell.size() < 12 ? 1 : 0;
    return known;
  };
  ReaderOptions options;
  options.block_bytes = block_bytes;
  auto reader = DelimitedReader::open_bytes(bytes, "fuzz", test, options);
  FuzzOutcome outcome;
  if (!reader) return outcome;
  if (!reader->fill_down({.key_column = 0, .columns = {1}})) return outcome;
  RowBatch batch;
  for (;;) {
    const Result<bool> more = reader->read(batch);
    if (!more) return {};
    if (!*more) break;
    for (const Row& row : batch.rows()) {
      for (const std::string_view cell : batch.cells(row)) {
        for (const char c : cell)
          outcome.cell_hash = outcome.cell_hash * 31 + static_cast<unsigned char>(c);
        outcome.cell_hash = outcome.cell_hash * 31 + 256;
      }
      outcome.cell_hash = outcome.cell_hash * 31 + row.number;
    }
  }
  outcome.usable = true;
  outcome.counts = reader->counts();
  return outcome;
}

// Empty, or which invariant the bytes break.
inline std::string fuzz_delimited(const std::string& bytes) {
  const FuzzOutcome whole = fuzz_read(bytes, 1 << 20);
  const FuzzOutcome pieces = fuzz_read(bytes, 7);
  if (whole.usable != pieces.usable) return "usable in one piece but not in others";
  if (!whole.usable) return "";
  const RowCounts& c = whole.counts;
  if (c.read != c.loaded + c.rejected + c.skipped) return "read != loaded + rejected + skipped";
  if (c.read != pieces.counts.read || c.loaded != pieces.counts.loaded)
    return "other counts in pieces";
  if (whole.cell_hash != pieces.cell_hash) return "other cells in pieces";
  return "";
}

}  // namespace bidui::connectors
