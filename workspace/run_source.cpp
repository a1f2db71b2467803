#include "workspace/run_source.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <tbb/parallel_for.h>

#include "workspace/stored_record.h"

namespace bidui::workspace {
namespace {

// The place of a source in the order of contracts §3.
std::size_t source_rank(std::string_view source) {
  static constexpr std::array<std::string_view, 4> kMain = {"poverty", "allowance", "housing",
                                                            "relocation"};
  const auto at = std::ranges::find(kMain, source);
  if (at != kMain.end()) return static_cast<std::size_t>(at - kMain.begin());
  return source == "civil" ? kMain.size() + 1 : kMain.size();
}

bool ordered_before(const RunSource& a, const RunSource& b) {
  const std::size_t x = source_rank(a.schema->source);
  const std::size_t y = source_rank(b.schema->source);
  return x != y ? x < y : a.instance < b.instance;
}

Status load_features(const store::Store& store, RunSource& source) {
  std::uint32_t rows = 0;
  for (const store::DeliveryInfo& delivery : source.deliveries) {
    source.first_rows.push_back(rows);
    rows += delivery.record_count;
    if (delivery.feature_stride != sizeof(record::PersonFeatures)) {
      return make_error(ErrorCode::kCorrupt,
                        "imported by another version of the program; import it again",
                        store::delivery_name(delivery));
    }
  }
  source.features.resize(rows);
  for (std::size_t d = 0; d < source.deliveries.size(); ++d) {
    const store::DeliveryId id = source.deliveries[d].id;
    record::PersonFeatures* const begin = source.features.data() + source.first_rows[d];
    const auto ranges = store.split_rows(id, 4);
    BIDUI_TRY(ranges);
    std::vector<Status> results(ranges->size());
    tbb::parallel_for(std::size_t{0}, ranges->size(), [&](std::size_t r) {
      results[r] = store.scan_features(
          id, (*ranges)[r], [&](std::uint32_t first_row, std::span<const std::byte> bytes) {
            std::memcpy(begin + first_row, bytes.data(), bytes.size());
          });
    });
    for (const Status& status : results) BIDUI_TRY(status);
  }
  return {};
}

}  // namespace

std::string RunSource::as_of() const {
  std::string newest;
  for (const store::DeliveryInfo& delivery : deliveries) newest = std::max(newest, delivery.as_of);
  return newest;
}

Result<std::vector<RunSource>> list_sources(const Workspace& workspace, const std::string& as_of) {
  std::vector<store::DeliveryInfo> usable;
  for (store::DeliveryInfo& delivery : workspace.store().deliveries()) {
    if (as_of.empty() || delivery.as_of <= as_of) usable.push_back(std::move(delivery));
  }
  std::vector<RunSource> sources;
  for (const schema::Schema& schema : workspace.schemas()) {
    sources.push_back({.instance = schema.source, .schema = &schema});
  }
  for (store::DeliveryInfo& delivery : store::newest_deliveries(usable)) {
    auto at = std::ranges::find(sources, delivery.instance, &RunSource::instance);
    if (at == sources.end()) {
      const Result<const schema::Schema*> schema = workspace.schema_of(delivery.instance);
      BIDUI_TRY(schema);
      sources.push_back({.instance = delivery.instance, .schema = *schema});
      at = sources.end() - 1;
    }
    at->deliveries.push_back(std::move(delivery));
  }
  std::ranges::sort(sources, ordered_before);
  return sources;
}

Result<std::vector<RunSource>> load_sources(const Workspace& workspace, const std::string& as_of,
                                            const Progress& progress) {
  Result<std::vector<RunSource>> sources = list_sources(workspace, as_of);
  BIDUI_TRY(sources);
  std::uint64_t done = 0;
  for (RunSource& source : *sources) {
    BIDUI_TRY(load_features(workspace.store(), source));
    done += source.rows();
    report(progress, {"load", "rows", done, 0});
  }
  return sources;
}

Result<SourceTexts> SourceTexts::load(const store::Store& store, const RunSource& source,
                                      std::span<const std::uint32_t> rows,
                                      std::span<const std::size_t> fields) {
  SourceTexts texts;
  texts.rows_.assign(rows.begin(), rows.end());
  texts.all_rows_ = rows.size() == source.rows();
  texts.column_of_field_.assign(source.schema->fields.size(), -1);
  for (std::size_t i = 0; i < fields.size(); ++i)
    texts.column_of_field_[fields[i]] = static_cast<int>(i + 1);
  texts.stride_ = fields.size() + 1;
  texts.texts_.resize(texts.stride_ * rows.size());

  constexpr std::size_t kBlock = 8192;
  const std::size_t blocks = (rows.size() + kBlock - 1) / kBlock;
  for (std::size_t b = 0; b < blocks; ++b) texts.arena_.push_back(std::make_unique<std::string>());
  std::vector<Status> results(blocks);
  tbb::parallel_for(std::size_t{0}, blocks, [&](std::size_t block) {
    const std::size_t begin = block * kBlock;
    const std::size_t end = std::min(rows.size(), begin + kBlock);
    std::string& arena = *texts.arena_[block];
    std::vector<std::pair<std::size_t, std::size_t>> places;  // offset and size, per text
    places.reserve((end - begin) * texts.stride_);
    StoredRecord record;
    bool sound = true;
    const auto keep = [&](std::string_view text) {
      places.emplace_back(arena.size(), text.size());
      arena.append(text);
    };
    for (std::size_t at = begin; at < end;) {
      const auto next = std::ranges::upper_bound(source.first_rows, rows[at]);
      const auto d = static_cast<std::size_t>(next - source.first_rows.begin()) - 1;
      std::vector<std::uint32_t> own;
      for (; at < end && (next == source.first_rows.end() || rows[at] < *next); ++at) {
        own.push_back(rows[at] - source.first_rows[d]);
      }
      Status status = store.read_records(source.deliveries[d].id, own,
                                         [&](std::uint32_t, std::string_view bytes) {
                                           sound = record.decode(bytes) && sound;
                                           keep(record.key());
                                           for (const std::size_t field : fields)
                                             keep(record.field(field));
                                         });
      if (!status) results[block] = status;
    }
    if (!sound || places.size() != (end - begin) * texts.stride_) {
      results[block] =
          make_error(ErrorCode::kCorrupt, "a stored record cannot be read", source.instance);
      return;
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
      texts.texts_[begin * texts.stride_ + i] =
          std::string_view(arena).substr(places[i].first, places[i].second);
    }
  });
  for (const Status& status : results) BIDUI_TRY(status);
  return texts;
}

int SourceTexts::slot(std::uint32_t row) const {
  if (all_rows_) return row < rows_.size() ? static_cast<int>(row) : -1;
  const auto at = std::ranges::lower_bound(rows_, row);
  return at == rows_.end() || *at != row ? -1 : static_cast<int>(at - rows_.begin());
}

std::string_view SourceTexts::key(std::uint32_t row) const {
  const int at = slot(row);
  return at < 0 ? std::string_view{} : texts_[static_cast<std::size_t>(at) * stride_];
}

std::string_view SourceTexts::field(std::uint32_t row, std::size_t field) const {
  const int at = slot(row);
  const int column = field < column_of_field_.size() ? column_of_field_[field] : -1;
  if (at < 0 || column < 0) return {};
  return texts_[static_cast<std::size_t>(at) * stride_ + static_cast<std::size_t>(column)];
}

}  // namespace bidui::workspace
