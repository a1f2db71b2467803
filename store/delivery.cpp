#include "store/delivery.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <utility>

#include "matcher/base/bilingual_error.h"

namespace bidui::store {
namespace {

namespace json = boost::json;

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  return std::ranges::all_of(std::string_view("\0\1\2\3\5\6\10\11", 8), [&](char position) {
    const char digit = text[static_cast<std::size_t>(position)];
    return digit >= '0' && digit <= '9';
  });
}

bool is_json_object(const std::string& text) {
  boost::system::error_code failure;
  const json::value value = json::parse(text, failure);
  return !failure && value.is_object();
}

json::object rows_to_json(const RowCounts& rows) {
  return {{"read", rows.read},
          {"loaded", rows.loaded},
          {"rejected", rows.rejected},
          {"skipped", rows.skipped}};
}

RowCounts rows_from_json(const json::object& object) {
  return {.read = object.at("read").to_number<std::uint64_t>(),
          .loaded = object.at("loaded").to_number<std::uint64_t>(),
          .rejected = object.at("rejected").to_number<std::uint64_t>(),
          .skipped = object.at("skipped").to_number<std::uint64_t>()};
}

std::string text_of(const json::object& object, std::string_view name) {
  return std::string(object.at(name).as_string());
}

// Throws boost::system::system_error or std::out_of_range where a member is missing or mistyped.
Manifest manifest_from_json(const json::object& object) {
  Manifest manifest;
  DeliveryInfo& info = manifest.info;
  info.id = DeliveryId{object.at("id").to_number<std::uint32_t>()};
  info.source = text_of(object, "source");
  info.instance = text_of(object, "instance");
  info.coverage = text_of(object, "coverage");
  info.as_of = text_of(object, "as_of");
  info.content_hash = text_of(object, "content_hash");
  info.schema_hash = text_of(object, "schema_hash");
  for (const json::value& file : object.at("files").as_array()) {
    info.files.emplace_back(file.as_string());
  }
  info.rows = rows_from_json(object.at("rows").as_object());
  info.record_count = object.at("record_count").to_number<std::uint32_t>();
  info.feature_stride = object.at("feature_stride").to_number<std::uint32_t>();
  const json::value* const version = object.if_contains("feature_version");  // later than the rest
  info.feature_version = version == nullptr ? 0 : version->to_number<std::uint32_t>();
  info.details = text_of(object, "details");
  info.held = object.contains("held");
  for (const json::value& segment : object.at("index_segments").as_array()) {
    manifest.segments.push_back({.block_bits = segment.at("block_bits").to_number<std::uint32_t>(),
                                 .entries = segment.at("entries").to_number<std::uint64_t>()});
  }
  return manifest;
}

}  // namespace

std::string delivery_name(const DeliveryInfo& info) {
  return info.instance + ":" + info.coverage + ":" + info.as_of;
}

Error same_delivery_error(const DeliveryInfo& info) {
  return bilingual_error(
      ErrorCode::kConflict, "已导入过同一来源、同一范围、同一日期的数据（见 bidui deliveries）",
      "there is a delivery of this source, coverage and as-of date already (bidui deliveries)",
      delivery_name(info));
}

Status check_delivery_info(const DeliveryInfo& info) {
  const auto refuse = [](const char* zh, const char* en) {
    return bilingual_error(ErrorCode::kInvalidArgument, zh, en);
  };
  if (info.source.empty()) return refuse("数据须有来源", "a delivery needs a source");
  if (info.instance != info.source && !info.instance.starts_with(info.source + "@")) {
    return refuse("来源写作 来源 或 来源@名称",
                  "a delivery's instance is its source, or source@name");
  }
  if (info.coverage.empty())
    return refuse("数据须有覆盖范围（区划代码）", "a delivery needs a coverage (division code)");
  if (!is_date(info.as_of))
    return refuse("数据日期写作 年-月-日，例如 2017-11-20",
                  "a delivery's as-of date is written YYYY-MM-DD");
  if (info.feature_stride % 8 != 0)
    return refuse("比对特征的长度不是 8 的倍数", "the feature stride is not a multiple of 8");
  if (!is_json_object(info.details))
    return refuse("数据的说明不是 JSON 对象", "a delivery's details are not a JSON object");
  return {};
}

std::vector<DeliveryInfo> newest_deliveries(std::span<const DeliveryInfo> all) {
  std::map<std::pair<std::string, std::string>, const DeliveryInfo*> newest;
  for (const DeliveryInfo& info : all) {
    const DeliveryInfo*& best = newest[{info.instance, info.coverage}];
    if (best == nullptr || best->as_of < info.as_of) best = &info;
  }
  std::vector<DeliveryInfo> current;
  for (const auto& [scope, info] : newest) current.push_back(*info);
  return current;
}

std::string encode_manifest(const Manifest& manifest) {
  const DeliveryInfo& info = manifest.info;
  json::array files(info.files.begin(), info.files.end());
  json::array segments;
  for (const IndexSegmentInfo& segment : manifest.segments) {
    segments.push_back({{"block_bits", segment.block_bits}, {"entries", segment.entries}});
  }
  json::object object = {{"id", static_cast<std::uint32_t>(info.id)},
                         {"source", info.source},
                         {"instance", info.instance},
                         {"coverage", info.coverage},
                         {"as_of", info.as_of},
                         {"content_hash", info.content_hash},
                         {"schema_hash", info.schema_hash},
                         {"files", std::move(files)},
                         {"rows", rows_to_json(info.rows)},
                         {"record_count", info.record_count},
                         {"feature_stride", info.feature_stride},
                         {"feature_version", info.feature_version},
                         {"details", info.details},
                         {"index_segments", std::move(segments)}};
  if (info.held) object["held"] = true;
  return json::serialize(object);
}

Result<Manifest> decode_manifest(std::string_view text) {
  try {
    return manifest_from_json(json::parse(json::string_view(text.data(), text.size())).as_object());
  } catch (const std::exception&) {
    return damaged_error("一批数据的清单", "a delivery's manifest");
  }
}

}  // namespace bidui::store
