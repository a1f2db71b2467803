#include "workspace/run_source.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <tbb/parallel_for.h>

#include "matcher/base/bilingual_error.h"
#include "workspace/as_of.h"
#include "workspace/refresh.h"

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

// What the store keeps of a delivery beside its text must be what this program would make of the
// text now: else some records would be compared, and found, otherwise than others.
Status check_features(const store::DeliveryInfo& delivery) {
  if (is_current(delivery)) return {};
  return bilingual_error(ErrorCode::kCorrupt,
                         "这批数据是另一版本的程序标准化的，请先运行 bidui refresh 重新标准化",
                         "standardised by another version of the program: run bidui refresh first",
                         store::delivery_name(delivery));
}

Error nothing_delivered(const Workspace& workspace, const std::string& as_of) {
  if (workspace.store().deliveries().empty())
    return bilingual_error(ErrorCode::kBadInput, "工作区没有数据，请先导入（bidui import）",
                           "the workspace has no data: import deliveries first (bidui import)");
  return bilingual_error(ErrorCode::kBadInput,
                         "没有 " + as_of + " 及以前的数据；各批数据的日期见 bidui deliveries",
                         "no delivery is of " + as_of + " or before; see bidui deliveries");
}

}  // namespace

std::string RunSource::as_of() const {
  std::string newest;
  for (const store::DeliveryInfo& delivery : deliveries) newest = std::max(newest, delivery.as_of);
  return newest;
}

std::string RunSource::title(Locale locale) const {
  const std::string title(pick(locale, schema->title, schema->title_en));
  const std::size_t at = instance.find('@');
  if (at == std::string::npos) return title;
  const std::string list = instance.substr(at + 1);
  return title + (locale == Locale::kChinese ? "（" + list + "）" : " (" + list + ")");
}

Status load_features(const store::Store& store, RunSource& source) {
  std::uint32_t rows = 0;
  for (const store::DeliveryInfo& delivery : source.deliveries) {
    source.first_rows.push_back(rows);
    rows += delivery.record_count;
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
    BIDUI_TRY(check_features(delivery));
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

Status add_instances(const Workspace& workspace, const std::vector<std::string>& instances,
                     std::vector<RunSource>& sources) {
  for (const std::string& instance : instances) {
    if (std::ranges::find(sources, instance, &RunSource::instance) != sources.end()) continue;
    const Result<const schema::Schema*> schema = workspace.schema_of(instance);
    BIDUI_TRY(schema);
    sources.push_back({.instance = instance, .schema = *schema});
  }
  std::ranges::sort(sources, ordered_before);
  return {};
}

Result<std::vector<RunSource>> load_sources(const Workspace& workspace, const std::string& as_of,
                                            const Progress& progress) {
  if (!as_of.empty()) BIDUI_TRY(check_as_of(as_of));
  Result<std::vector<RunSource>> sources = list_sources(workspace, as_of);
  BIDUI_TRY(sources);
  if (std::ranges::none_of(*sources, &RunSource::delivered))
    return nothing_delivered(workspace, as_of);
  std::uint64_t done = 0;
  for (RunSource& source : *sources) {
    BIDUI_TRY(load_features(workspace.store(), source));
    done += source.rows();
    report(progress, {"load", "rows", done, 0});
  }
  return sources;
}

}  // namespace bidui::workspace
