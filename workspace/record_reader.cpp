#include "workspace/record_reader.h"

#include <algorithm>
#include <tuple>

#include "matcher/base/bilingual_error.h"
#include "workspace/field_value.h"
#include "workspace/record_key.h"

namespace bidui::workspace {
namespace {

constexpr std::size_t kRowsNamed = 10;  // in a message

}  // namespace

std::string_view ReadRecord::text(std::string_view field_id) const {
  const auto field = schema().find_field(field_id);
  return field ? stored_.field(*field) : std::string_view{};
}

std::string ReadRecord::masked(std::string_view field_id) const {
  const auto field = schema().find_field(field_id);
  return field ? masked_text(schema().fields[*field], stored_.field(*field)) : std::string{};
}

std::string ReadRecord::shown(std::string_view field_id, Values values) const {
  return values == Values::kFull ? std::string(text(field_id)) : masked(field_id);
}

std::string_view ReadRecord::household() const {
  return schema().household ? stored_.field(*schema().household) : std::string_view{};
}

RecordReader::Shared::Shared(const Workspace& workspace, std::vector<RunSource> of_run)
    : sources(std::move(of_run)),
      builder(workspace.county_code()),
      keys(workspace.store().index_secret()) {
  for (const RunSource& source : sources) person_fields.emplace_back(*source.schema);
}

Result<RecordReader> RecordReader::open(const Workspace& workspace) {
  Result<std::vector<RunSource>> sources = list_sources(workspace, "");
  BIDUI_TRY(sources);
  return RecordReader(workspace, std::make_shared<const Shared>(workspace, std::move(*sources)));
}

Result<RecordReader> RecordReader::open_history(const Workspace& workspace) {
  Result<std::vector<RunSource>> sources = list_sources(workspace, "");
  BIDUI_TRY(sources);
  for (RunSource& source : *sources) {
    source.deliveries.clear();
    for (store::DeliveryInfo& delivery : workspace.store().deliveries()) {
      if (delivery.instance == source.instance) source.deliveries.push_back(std::move(delivery));
    }
    std::ranges::sort(source.deliveries, {},
                      [](const store::DeliveryInfo& d) { return std::tie(d.as_of, d.coverage); });
  }
  return RecordReader(workspace, std::make_shared<const Shared>(workspace, std::move(*sources)));
}

std::optional<std::size_t> RecordReader::find_source(std::string_view instance) const {
  const auto at = std::ranges::find(shared_->sources, instance, &RunSource::instance);
  if (at == shared_->sources.end()) return std::nullopt;
  return static_cast<std::size_t>(at - shared_->sources.begin());
}

std::optional<RecordPlace> RecordReader::find_delivery(store::DeliveryId id) const {
  for (std::size_t s = 0; s < shared_->sources.size(); ++s) {
    const auto& deliveries = shared_->sources[s].deliveries;
    for (std::size_t d = 0; d < deliveries.size(); ++d) {
      if (deliveries[d].id == id)
        return RecordPlace{static_cast<std::uint16_t>(s), static_cast<std::uint16_t>(d), 0};
    }
  }
  return std::nullopt;
}

Result<std::vector<RecordPlace>> RecordReader::find(std::span<const std::uint64_t> hashes,
                                                    std::optional<std::size_t> source) const {
  std::vector<store::DeliveryId> ids;
  for (std::size_t s = 0; s < shared_->sources.size(); ++s) {
    if (source && *source != s) continue;
    for (const store::DeliveryInfo& delivery : shared_->sources[s].deliveries)
      ids.push_back(delivery.id);
  }
  std::vector<RecordPlace> places;
  BIDUI_TRY(workspace_->store().postings_many(
      ids, hashes, [&](store::DeliveryId id, std::size_t, std::span<const std::uint32_t> rows) {
        RecordPlace place = *find_delivery(id);
        for (const std::uint32_t row : rows) {
          place.row = row;
          places.push_back(place);
        }
      }));
  std::ranges::sort(places);
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

Status RecordReader::load(std::span<const RecordPlace> places) {
  std::vector<RecordPlace> missing;
  for (const RecordPlace place : places) {
    if (!read_.contains(place)) missing.push_back(place);
  }
  std::ranges::sort(missing);
  missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
  for (std::size_t begin = 0; begin < missing.size();) {
    RecordPlace place = missing[begin];
    std::vector<std::uint32_t> rows;
    for (; begin < missing.size() && missing[begin].source == place.source &&
           missing[begin].delivery == place.delivery;
         ++begin) {
      rows.push_back(missing[begin].row);
    }
    const RunSource& source = shared_->sources[place.source];
    const PersonFields& fields = shared_->person_fields[place.source];
    bool sound = true;
    BIDUI_TRY(workspace_->store().read_records(
        source.deliveries[place.delivery].id, rows, [&](std::uint32_t row, std::string_view bytes) {
          place.row = row;
          auto record = std::make_unique<ReadRecord>(place, source, std::string(bytes));
          sound = record->stored_.decode(record->bytes_) && sound;
          std::vector<std::string_view> texts(source.schema->fields.size());
          for (std::size_t f = 0; f < texts.size(); ++f) texts[f] = record->stored_.field(f);
          record->household_name_ = household_name(*source.schema, texts, record->stored_.key());
          record::PersonText text = fields.text([&](std::size_t f) { return texts[f]; });
          text.household = record->household_name_;
          record::RepairCounts repairs{};
          record->features_ = shared_->builder.build(text, repairs);
          read_.emplace(place, std::move(record));
        }));
    if (!sound) return damaged_error("存储的记录", "a stored record", source.instance);
  }
  return {};
}

Result<RecordPlace> RecordReader::find_record(std::string_view name) {
  const std::size_t colon = name.find(':');
  if (colon == std::string_view::npos) {
    return bilingual_error(
        ErrorCode::kInvalidArgument, "记录写作 来源:记录号，例如 poverty:34082600000000101",
        "a record is named as source:key, for example poverty:34082600000000101");
  }
  const auto source = find_source(name.substr(0, colon));
  if (!source) {
    const std::string wanted(name.substr(0, colon));
    return bilingual_error(ErrorCode::kNotFound,
                           "没有来源“" + wanted + "”；已导入的见 bidui deliveries",
                           "unknown source \"" + wanted + "\"; see bidui deliveries");
  }
  if (!shared_->sources[*source].delivered())
    return bilingual_error(ErrorCode::kNotFound, "没有导入过这个来源",
                           "this source was never delivered", shared_->sources[*source].instance);
  const std::string_view key = name.substr(colon + 1);
  const std::uint64_t hash = shared_->keys.record_key(key);
  const Result<std::vector<RecordPlace>> places = find(std::span(&hash, 1), source);
  BIDUI_TRY(places);
  BIDUI_TRY(load(*places));
  for (const RecordPlace place : *places) {
    if (at(place).stored().key() == key) return place;
  }
  if (places->empty())
    return bilingual_error(ErrorCode::kNotFound, "现有数据中没有这条记录",
                           "no current delivery has this record", std::string(name));
  std::string rows;
  for (const RecordPlace place : std::span(*places).first(std::min(places->size(), kRowsNamed)))
    rows += (rows.empty() ? "" : ", ") + at(place).name();
  return bilingual_error(
      ErrorCode::kNotFound, "这个记录号有好几行，每行另有自己的名称：" + rows,
      "this key stands on several rows, each of which has a name of its own: " + rows,
      std::string(name));
}

Result<std::vector<RecordPlace>> RecordReader::members(std::size_t source,
                                                       std::string_view household) {
  const std::uint64_t hash = shared_->keys.household(household);
  Result<std::vector<RecordPlace>> places = find(std::span(&hash, 1), source);
  BIDUI_TRY(places);
  BIDUI_TRY(load(*places));
  std::erase_if(*places, [&](RecordPlace p) { return at(p).household_name() != household; });
  return places;
}

}  // namespace bidui::workspace
