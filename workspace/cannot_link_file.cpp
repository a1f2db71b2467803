#include "workspace/cannot_link_file.h"

#include <algorithm>
#include <unordered_map>

#include "connectors/delimited/delimited_reader.h"
#include "matcher/base/bilingual_error.h"

namespace bidui::workspace {
namespace {

constexpr std::string_view kLeft = "left_id";
constexpr std::string_view kRight = "right_id";

using RowsByKey = std::unordered_map<std::string_view, std::vector<std::uint32_t>>;

RowsByKey rows_of(const KeyPairs& wanted, std::string KeyPairs::value_type::*side,
                  const RowKeys& keys, std::uint32_t first) {
  RowsByKey rows;
  for (const auto& pair : wanted) rows[pair.*side];
  for (std::size_t row = 0; row < keys.size(); ++row) {
    const auto at = rows.find(keys[row]);
    if (at != rows.end()) at->second.push_back(first + static_cast<std::uint32_t>(row));
  }
  return rows;
}

}  // namespace

Result<KeyPairs> read_cannot_links(const std::filesystem::path& path) {
  KeyPairs pairs;
  if (path.empty()) return pairs;
  const auto known = [](std::span<const std::string_view> cells) {
    return static_cast<int>(std::ranges::count(cells, kLeft) + std::ranges::count(cells, kRight));
  };
  Result<connectors::DelimitedReader> reader =
      connectors::DelimitedReader::open(path, known, {.header = {.accept_unknown = true}});
  BIDUI_TRY(reader);
  const auto left = std::ranges::find(reader->header(), kLeft) - reader->header().begin();
  const auto right = std::ranges::find(reader->header(), kRight) - reader->header().begin();
  const auto columns = static_cast<std::ptrdiff_t>(reader->header().size());
  if (left == columns || right == columns) {
    return bilingual_error(ErrorCode::kBadInput,
                           "--cannot-link 的文件须有 left_id 和 right_id 两列",
                           "--cannot-link needs the columns left_id and right_id", reader->name());
  }
  connectors::RowBatch batch;
  for (;;) {
    const Result<bool> more = reader->read(batch);
    BIDUI_TRY(more);
    if (!*more) return pairs;
    for (const connectors::Row& row : batch.rows()) {
      if (row.fate != connectors::RowFate::kLoaded) continue;
      const auto cells = batch.cells(row);
      pairs.emplace_back(cells[static_cast<std::size_t>(left)],
                         cells[static_cast<std::size_t>(right)]);
    }
  }
}

PlacedCannotLinks place_cannot_links(const KeyPairs& keys, const RowKeys& left,
                                     const RowKeys& right) {
  PlacedCannotLinks placed;
  if (keys.empty()) return placed;
  const std::uint32_t right_first = &left == &right ? 0 : static_cast<std::uint32_t>(left.size());
  const RowsByKey lefts = rows_of(keys, &KeyPairs::value_type::first, left, 0);
  const RowsByKey rights = rows_of(keys, &KeyPairs::value_type::second, right, right_first);
  std::vector<link::RecordPair> pairs;
  for (const auto& [left_key, right_key] : keys) {
    const auto& left_rows = lefts.at(left_key);
    const auto& right_rows = rights.at(right_key);
    placed.not_found += left_rows.empty() || right_rows.empty() ? 1 : 0;
    for (const std::uint32_t l : left_rows) {
      for (const std::uint32_t r : right_rows) {
        if (l != r) pairs.emplace_back(l, r);
      }
    }
  }
  placed.pairs = link::CannotLinks(std::move(pairs));
  return placed;
}

}  // namespace bidui::workspace
