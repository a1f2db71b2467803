#include "workspace/report_sources.h"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <cmath>
#include <fmt/format.h>

#include "connectors/delimited/reject.h"
#include "matcher/link/error_rates.h"
#include "matcher/record/feature_builder.h"
#include "matcher/text/division.h"
#include "workspace/compare.h"
#include "workspace/json_member.h"
#include "workspace/report_errors.h"
#include "workspace/run_output.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;
namespace report = connectors::report;

// Details of a delivery as import wrote them; an empty object where they cannot be read.
json::object details_of(const store::DeliveryInfo& delivery) {
  boost::system::error_code failure;
  json::value value = json::parse(delivery.details, failure);
  return !failure && value.is_object() ? std::move(value.as_object()) : json::object();
}

std::uint64_t number_of(const json::object& object, std::string_view member) {
  const json::value* const value = object.if_contains(member);
  if (value == nullptr || !value->is_number()) return 0;
  boost::system::error_code failure;
  const auto number = value->to_number<std::uint64_t>(failure);
  return failure ? 0 : number;
}

void append(std::string& list, std::string_view text, std::string_view between) {
  if (!list.empty()) list += between;
  list += text;
}

std::string encodings(const json::object& details) {
  std::vector<std::string> all;
  for (const json::value& file : list_of(details, "files")) {
    if (!file.is_object()) continue;
    std::string encoding = text_of(file.as_object(), "encoding");
    if (std::ranges::find(all, encoding) == all.end()) all.push_back(std::move(encoding));
  }
  std::string list;
  for (const std::string& encoding : all) append(list, encoding, "、");
  return list;
}

std::string division_title(const std::string& code) {
  std::uint64_t number = 0;
  std::from_chars(code.data(), code.data() + code.size(), number);
  const std::string_view name = text::division_name(number);
  return name.empty() ? code : fmt::format("{} {}", code, name);
}

std::string reject_sentence(const std::string& word) {
  for (std::size_t i = 0; i < connectors::kRejectReasons; ++i) {
    const auto reason = static_cast<connectors::RejectReason>(i);
    if (connectors::reject_reason_name(reason) == word)
      return std::string(connectors::reject_reason_sentence(reason));
  }
  return word;
}

std::string repair_sentence(std::string_view word) {
  for (std::size_t i = 0; i < static_cast<std::size_t>(record::Repair::kCount); ++i) {
    const auto repair = static_cast<record::Repair>(i);
    if (record::repair_name(repair) == word) return std::string(record::repair_title(repair));
  }
  return std::string(word);
}

void add_delivery(const RunSource& source, const store::DeliveryInfo& delivery,
                  report::ReportData& data) {
  const json::object details = details_of(delivery);
  report::SourceRow row{.source = source.instance,
                        .title = source.title(),
                        .as_of = delivery.as_of,
                        .files = {},
                        .encoding = encodings(details),
                        .coverage = division_title(delivery.coverage),
                        .read = delivery.rows.read,
                        .loaded = delivery.rows.loaded,
                        .rejected = delivery.rows.rejected,
                        .skipped = delivery.rows.skipped};
  for (const std::string& file : delivery.files) append(row.files, file, "、");
  data.sources.push_back(std::move(row));
  const std::span<const json::value> rejects = list_of(details, "rejects");
  for (const json::value& value : rejects) {
    if (!value.is_object()) continue;
    const json::object& reject = value.as_object();
    data.rejects.push_back({.source = source.instance,
                            .file = text_of(reject, "file"),
                            .row = number_of(reject, "row"),
                            .field = text_of(reject, "field"),
                            .reason = reject_sentence(text_of(reject, "reason")),
                            .value = text_of(reject, "value")});
  }
  if (rejects.size() < delivery.rows.rejected) {
    data.notes.push_back(
        fmt::format("{}：退回 {} 行，此处只列前 {} 行，其余见导入时的 rejects.csv。",
                    source.title(), delivery.rows.rejected, rejects.size()));
  }
  if (const json::value* repairs = details.if_contains("repairs");
      repairs != nullptr && repairs->is_object()) {
    for (const auto& [word, count] : repairs->as_object()) {
      data.repairs.push_back({.source = source.instance,
                              .repair = repair_sentence(word),
                              .count = number_of(repairs->as_object(), word)});
    }
  }
  const std::uint64_t repeated = number_of(details, "repeated_keys");
  const std::uint64_t missing = number_of(details, "missing_keys");
  if (repeated + missing > 0) {
    data.notes.push_back(
        fmt::format("{}：{} 行的编号缺失或损坏，{} 行的编号重复，改用内容编号（#）。",
                    source.title(), missing, repeated));
  }
}

// Bins with nothing at both ends are left out.
report::ScoreHistogram histogram_of(const RunWorld& world, const SourceLinkage& linkage) {
  const double possible_bits = std::log2(.05 / .95);
  report::ScoreHistogram histogram{.left_source = world.sources[linkage.source].instance,
                                   .right_source = world.sources[world.spine()].instance,
                                   .first_bits = kHistogramFirst,
                                   .bin_bits = 1,
                                   .counts = linkage.histogram,
                                   .link_bits = linkage.threshold,
                                   .possible_bits = std::min(possible_bits, linkage.threshold)};
  while (!histogram.counts.empty() && histogram.counts.back() == 0) histogram.counts.pop_back();
  const auto first = std::ranges::find_if(histogram.counts, [](std::uint64_t n) { return n != 0; });
  histogram.first_bits += static_cast<double>(first - histogram.counts.begin());
  histogram.counts.erase(histogram.counts.begin(), first);
  return histogram;
}

void add_rates(const ErrorSheet& errors, report::LinkRow& row) {
  const ErrorGroup* const group = errors.find_sources(row.left_source, row.right_source);
  if (group == nullptr) return;
  const ReportedRates rates =
      reported_rates(link::expected_rates(group->tally, group->expected_matches));
  row.false_rate = rates.false_rate;
  row.missed_rate = rates.missed_rate;
}

}  // namespace

void add_sources(const RunWorld& world, report::ReportData& data) {
  for (const RunSource& source : world.sources) {
    for (const store::DeliveryInfo& delivery : source.deliveries)
      add_delivery(source, delivery, data);
  }
}

void add_links(const CompareReport& run, report::ReportData& data) {
  const RunWorld& world = *run.world;
  for (const LinkCounts& counts : count_links(world)) {
    report::LinkRow row{.left_source = world.sources[counts.left].instance,
                        .right_source = world.sources[counts.right].instance,
                        .records = counts.records,
                        .linked_l3 = counts.l3,
                        .linked_l2 = counts.l2,
                        .possible = counts.possible,
                        .unlinked = counts.unlinked,
                        .note = run.calibration ? fmt::format("模型估计，权重按样本 {} 校准",
                                                              run.calibration->sample)
                                                : std::string("模型自身估计，未经复核")};
    add_rates(run.errors, row);
    data.links.push_back(std::move(row));
  }
  for (const SourceLinkage& linkage : world.linkage.to_spine) {
    report::ScoreHistogram histogram = histogram_of(world, linkage);
    if (!histogram.counts.empty()) data.histograms.push_back(std::move(histogram));
    if (!linkage.model.converged) {
      data.notes.push_back(fmt::format("{}：比对模型未收敛，权重和误差估计仅供参考。",
                                       world.sources[linkage.source].title()));
    }
  }
  data.notes.emplace_back(
      "待复核链接中概率很高的，多因一人在一个来源只能对应一条记录、已有更强的关联而未采用，也可能是"
      "重复登记。");
  data.notes.emplace_back(
      "关联不是认定：L2、L1 级的关联须核对身份后再用；疑点只说明各来源的记载不一致。");
}

}  // namespace bidui::workspace
