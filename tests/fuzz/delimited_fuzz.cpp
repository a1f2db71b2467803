#include <cstdint>
#include <span>

#include "connectors/delimited/delimited_reader.h"
#include "tests/fuzz/fuzz_target.h"

namespace bidui::fuzz {
namespace {

using namespace connectors;

struct Outcome {
  bool usable = false;
  RowCounts counts;
  std::uint64_t cell_hash = 0;
};

// Any text with letters may be a header: the fuzzer then reaches what lies behind it.
int count_short_cells(std::span<const std::string_view> cells) {
  int known = 0;
  for (const std::string_view cell : cells) known += !cell.empty() && cell.size() < 12 ? 1 : 0;
  return known;
}

void add_rows(const RowBatch& batch, std::uint64_t& hash) {
  for (const Row& row : batch.rows()) {
    for (const std::string_view cell : batch.cells(row)) {
      for (const char c : cell) hash = hash * 31 + static_cast<unsigned char>(c);
      hash = hash * 31 + 256;
    }
    hash = hash * 31 + row.number;
  }
}

Outcome read_all(std::string_view bytes, std::size_t block_bytes) {
  ReaderOptions options;
  options.block_bytes = block_bytes;
  auto reader = DelimitedReader::open_bytes(std::string(bytes), "fuzz", count_short_cells, options);
  Outcome outcome;
  if (!reader) return outcome;
  if (!reader->fill_down({.key_column = 0, .columns = {1}})) return outcome;
  RowBatch batch;
  for (;;) {
    const Result<bool> more = reader->read(batch);
    if (!more) return {};
    if (!*more) break;
    add_rows(batch, outcome.cell_hash);
  }
  outcome.usable = true;
  outcome.counts = reader->counts();
  return outcome;
}

}  // namespace

std::string check_delimited(std::string_view bytes) {
  const Outcome whole = read_all(bytes, 1 << 20);
  const Outcome pieces = read_all(bytes, 7);
  if (whole.usable != pieces.usable) return "usable in one piece but not in others";
  if (!whole.usable) return "";
  const RowCounts& c = whole.counts;
  if (c.read != c.loaded + c.rejected + c.skipped) return "read != loaded + rejected + skipped";
  if (c.read != pieces.counts.read || c.loaded != pieces.counts.loaded)
    return "other counts in pieces";
  if (whole.cell_hash != pieces.cell_hash) return "other cells in pieces";
  return "";
}

}  // namespace bidui::fuzz
