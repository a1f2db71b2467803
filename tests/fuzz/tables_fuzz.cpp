#include <array>
#include <span>
#include <zlib.h>

#include "connectors/tables/open_tables.h"
#include "connectors/tables/table_sequence.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/packed_parts.h"

namespace bidui::fuzz {
namespace {

using namespace connectors;

// Any text with letters may be a header: the fuzzer then reaches what lies behind it.
int count_short_cells(std::span<const std::string_view> cells) {
  int known = 0;
  for (const std::string_view cell : cells) known += !cell.empty() && cell.size() < 12 ? 1 : 0;
  return known;
}

std::string gzipped(std::string_view text) {
  z_stream zip{};
  if (deflateInit2(&zip, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::string out(deflateBound(&zip, text.size()) + 64, '\0');
  std::string in(text);
  zip.next_in = reinterpret_cast<Bytef*>(in.data());
  zip.avail_in = static_cast<uInt>(in.size());
  zip.next_out = reinterpret_cast<Bytef*>(out.data());
  zip.avail_out = static_cast<uInt>(out.size());
  deflate(&zip, Z_FINISH);
  out.resize(out.size() - zip.avail_out);
  deflateEnd(&zip);
  return out;
}

// An archive of up to three files, apart by NUL.
std::string archived(std::string_view bytes) {
  const std::vector<std::string_view> files = split(bytes, '\0');
  std::vector<std::pair<const char*, std::string_view>> entries;
  constexpr std::array kNames{"a.csv", "\xD2\xBB.xlsx", "b/c.xls"};
  for (std::size_t i = 0; i < std::min(files.size(), kNames.size()); ++i)
    entries.emplace_back(kNames[i], files[i]);
  return packed_parts(entries);
}

std::string check_table(TableReader& table) {
  if (!table.fill_down({.key_column = 0, .columns = {}})) return "";
  RowBatch batch;
  std::string last_table;
  std::uint32_t last = 0;
  for (;;) {
    const Result<bool> more = table.read(batch);
    if (!more) return more.error().message_zh.empty() ? "an error without a message" : "";
    if (!*more) break;
    if (batch.table() != last_table) last = 0;
    last_table = batch.table();
    for (const Row& row : batch.rows()) {
      if (row.number <= last) return "rows out of order";
      last = row.number;
      if (row.fate == RowFate::kLoaded && row.cell_count != table.header().size())
        return "a loaded row of another width";
      for (const std::string_view cell : batch.cells(row)) {
        if (row.fate == RowFate::kLoaded && cell.size() > kMaxFieldBytes) return "a cell too long";
      }
    }
  }
  const RowCounts& c = table.counts();
  return c.read == c.loaded + c.rejected + c.skipped ? "" : "read != loaded + rejected + skipped";
}

}  // namespace

std::string check_delivered(std::string bytes) {
  auto file = open_tables_of(std::move(bytes), "fuzz", count_short_cells);
  if (!file) return file.error().message_zh.empty() ? "an error without a message" : "";
  for (const LeftOut& left : file->left_out) {
    if (left.name.empty() || left.reason.message_zh.empty()) return "left out without a reason";
  }
  return check_table(*TableSequence::join(*file));
}

std::string check_tables(std::string_view bytes) {
  if (bytes.starts_with('G')) return check_delivered(gzipped(bytes.substr(1)));
  if (bytes.starts_with('Z')) return check_delivered(archived(bytes.substr(1)));
  return check_delivered(std::string(bytes));
}

}  // namespace bidui::fuzz
