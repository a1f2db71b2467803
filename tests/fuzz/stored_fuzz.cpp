// What is read back from disk: models, records, blocks, manifests, kept reports.
#include <numeric>

#include "matcher/model/model.h"
#include "store/delivery.h"
#include "store/index_block.h"
#include "store/record_block.h"
#include "tests/fuzz/fuzz_target.h"
#include "workspace/report_codec.h"
#include "workspace/stored_record.h"

namespace bidui::fuzz {
namespace {

std::string check_record(std::string_view bytes) {
  workspace::StoredRecord record;
  if (!record.decode(bytes)) return "";
  std::vector<std::string_view> fields;
  for (std::size_t i = 0; i < record.field_count(); ++i) fields.push_back(record.field(i));
  if (!record.field(record.field_count()).empty()) return "a field beyond the last";
  std::string encoded;
  workspace::encode_record({.key = record.key(),
                            .file = record.file(),
                            .row = record.row(),
                            .fields = fields,
                            .extras = record.extras()},
                           encoded);
  workspace::StoredRecord again;
  if (!again.decode(encoded)) return "a record that cannot be read again";
  if (again.key() != record.key() || again.row() != record.row() ||
      again.field_count() != fields.size() || again.extras().size() != record.extras().size())
    return "another record when read again";
  return "";
}

void read_blocks(std::string_view bytes) {
  if (const auto block = store::RecordBlock::parse(bytes)) {
    std::size_t total = 0;
    for (std::uint32_t i = 0; i < block->count(); ++i) {
      const std::string_view record = block->record(i);
      total = std::accumulate(record.begin(), record.end(), total);  // touches every byte
    }
  }
  if (const auto block = store::IndexBlock::parse(bytes)) {
    std::vector<std::uint32_t> rows;
    for (const std::uint64_t hash : {0ULL, 1ULL, ~0ULL}) block->append_rows(hash, rows);
  }
}

}  // namespace

std::string check_stored(std::string_view bytes) {
  read_blocks(bytes);
  if (const auto manifest = store::decode_manifest(bytes)) {
    const auto again = store::decode_manifest(store::encode_manifest(*manifest));
    if (!again || again->info != manifest->info || again->segments != manifest->segments)
      return "another manifest when read again";
  }
  return check_record(bytes);
}

std::string check_report(std::string_view bytes) {
  const auto report = workspace::decode_report(bytes);
  if (!report) return "";
  const std::string encoded = workspace::encode_report(*report);
  const auto again = workspace::decode_report(encoded);
  if (!again || workspace::encode_report(*again) != encoded) return "another when read again";
  return "";
}

std::string check_model(std::string_view bytes) {
  const auto read = model::model_from_json(bytes, "fuzz");
  if (!read) return read.error().describe().empty() ? "an error without words" : "";
  const std::string json = model::model_to_json(*read);
  const auto again = model::model_from_json(json, "again");
  if (!again) return "a model that cannot be read again: " + again.error().describe();
  if (model::model_to_json(*again) != json) return "another model when read again";
  return "";
}

}  // namespace bidui::fuzz
