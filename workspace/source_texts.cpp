#include "workspace/source_texts.h"

#include <algorithm>
#include <tbb/parallel_for.h>

#include "matcher/base/bilingual_error.h"
#include "workspace/stored_record.h"

namespace bidui::workspace {
namespace {

constexpr std::size_t kUsualBytes = 128;  // of a row's texts; room for more is made

}  // namespace

Result<SourceTexts> SourceTexts::load(const store::Store& store, const RunSource& source,
                                      std::span<const std::size_t> fields) {
  SourceTexts texts;
  texts.rows_ = source.rows();
  texts.column_of_field_.assign(source.schema->fields.size(), -1);
  for (std::size_t i = 0; i < fields.size(); ++i)
    texts.column_of_field_[fields[i]] = static_cast<int>(i + 1);
  texts.stride_ = fields.size() + 1;

  texts.blocks_.resize((texts.rows_ + std::size_t{kBlock} - 1) / kBlock);
  std::vector<Status> results(texts.blocks_.size());
  tbb::parallel_for(std::size_t{0}, texts.blocks_.size(), [&](std::size_t b) {
    const auto begin = static_cast<std::uint32_t>(b * kBlock);
    const std::uint32_t end = begin + std::min(texts.rows_ - begin, kBlock);
    Result<Block> block = load_block(store, source, {begin, end}, fields);
    if (block) {
      texts.blocks_[b] = std::move(*block);
    } else {
      results[b] = block.error();
    }
  });
  for (const Status& status : results) BIDUI_TRY(status);
  return texts;
}

Result<SourceTexts::Block> SourceTexts::load_block(const store::Store& store,
                                                   const RunSource& source, store::RowRange rows,
                                                   std::span<const std::size_t> fields) {
  Block block;
  const std::size_t count = rows.end - rows.begin;
  const std::size_t texts = count * (fields.size() + 1);
  block.bytes.reserve(count * kUsualBytes);
  block.begins.reserve(texts + 1);
  const auto keep = [&](std::string_view text) {
    block.begins.push_back(static_cast<std::uint32_t>(block.bytes.size()));
    block.bytes.insert(block.bytes.end(), text.begin(), text.end());
  };
  StoredRecord record;
  bool sound = true;
  for (std::size_t d = 0; d < source.deliveries.size(); ++d) {
    const std::uint32_t first = source.first_rows[d];
    const std::uint32_t last = first + source.deliveries[d].record_count;
    const std::uint32_t begin = std::max(first, rows.begin);
    const std::uint32_t end = std::min(last, rows.end);
    if (begin >= end) continue;
    BIDUI_TRY(store.scan_records(source.deliveries[d].id, {begin - first, end - first},
                                 [&](std::uint32_t, std::string_view bytes) {
                                   sound = record.decode(bytes) && sound;
                                   keep(record.key());
                                   for (const std::size_t field : fields) keep(record.field(field));
                                 }));
  }
  if (!sound || block.begins.size() != texts)
    return damaged_error("存储的记录", "a stored record", source.instance);
  block.begins.push_back(static_cast<std::uint32_t>(block.bytes.size()));
  return block;
}

std::string_view SourceTexts::text(std::uint32_t row, int column) const {
  if (row >= rows_ || column < 0) return {};
  const Block& block = blocks_[row / kBlock];
  const std::size_t at = row % kBlock * stride_ + static_cast<std::size_t>(column);
  return {block.bytes.data() + block.begins[at], block.begins[at + 1] - block.begins[at]};
}

}  // namespace bidui::workspace
