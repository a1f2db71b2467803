#include "cli/review_text.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include "cli/console.h"
#include "cli/table.h"
#include "workspace/number_json.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;

using connectors::report::percent;
using workspace::ReviewReport;

std::string with_interval(const model::Estimate& rate) {
  return fmt::format("{} [{}, {}]", percent(rate.value), percent(rate.interval.low),
                     percent(rate.interval.high));
}

std::string group_title(const workspace::GroupName& name) {
  return chinese() ? name.title : name.name.empty() ? std::string("all") : name.name;
}

std::string groups_text(const ReviewReport& report) {
  Table table({{say("分组", "group")},
               {say("链接", "links"), Align::kRight},
               {say("误链率 [95%]", "false links [95%]"), Align::kRight},
               {say("漏链率 [95%]", "missed [95%]"), Align::kRight}},
              2);
  workspace::Dimension dimension = workspace::Dimension::kAll;
  for (const workspace::EstimatedGroup& group : report.groups) {
    if (group.rates.links == 0) continue;
    if (group.name.dimension != dimension) {
      dimension = group.name.dimension;
      table.add({fmt::format("— {}", say(workspace::dimension_title(dimension),
                                         workspace::dimension_name(dimension))),
                 "", "", ""});
    }
    table.add({group_title(group.name), grouped(group.rates.links),
               with_interval(group.rates.false_rate), with_interval(group.rates.missed_rate)});
  }
  return table.text();
}

// Strata of which no pair was drawn, or answered: what the figures do not rest on. "" without any.
std::string empty_strata(const workspace::ReviewSample& sample,
                         const std::vector<link::ReviewedStratum>* answered) {
  std::string names;
  std::uint64_t pairs = 0;
  for (std::size_t i = 0; i < sample.strata.size(); ++i) {
    const workspace::ReviewStratum& stratum = sample.strata[i];
    if ((answered == nullptr ? stratum.drawn : (*answered)[i].trials) > 0) continue;
    pairs += stratum.population;
    names += std::string(names.empty() ? "" : say("；", "; ")) +
             workspace::stratum_title(stratum, chinese());
  }
  if (names.empty()) return {};
  const std::string_view text =
      answered == nullptr
          ? say("{} 对所在的层一对也没有抽到（{}）：对它们一无所知，区间按从零到全部计；请加大 "
                "--size。",
                "Of strata with {} pairs none was drawn ({}): nothing will be known of them, "
                "intervals count them from none to all; raise --size.")
          : say("{} 对所在的层没有有效判断（{}）：对它们一无所知，区间按从零到全部计。",
                "Of strata with {} pairs no answer counts ({}): nothing is known of them, "
                "intervals "
                "count them from none to all.");
  return wrapped(fmt::format(fmt::runtime(text), grouped(pairs), names), 2);
}

std::string strata_text(const ReviewReport& report) {
  Table table({{say("层", "stratum")},
               {say("总体", "pairs"), Align::kRight},
               {say("抽取", "drawn"), Align::kRight},
               {say("有效判断", "answers"), Align::kRight},
               {say("有误", "errors"), Align::kRight}},
              2);
  for (std::size_t i = 0; i < report.strata.size(); ++i) {
    const workspace::ReviewStratum& stratum = report.sample.strata[i];
    table.add({workspace::stratum_title(stratum, chinese()), grouped(stratum.population),
               grouped(stratum.drawn), grouped(report.strata[i].trials),
               grouped(report.strata[i].errors)});
  }
  return table.text();
}

std::string agreement_text(const ReviewReport& report) {
  std::string text;
  for (const workspace::ReviewerPair& pair : report.agreement) {
    const model::Agreement& a = pair.agreement;
    text += fmt::format(
        "  {} / {}：{} {}，{} {}，κ {}\n", pair.one, pair.other, grouped(a.pairs),
        say("对共同判断", "pairs in common"), say("一致", "agreed on"), percent(a.agreed),
        a.defined ? fmt::format("{:.2f} [{:.2f}, {:.2f}]", a.kappa, a.interval.low, a.interval.high)
                  : std::string(say("无法计算（答案全部相同）", "undefined (all answers alike)")));
  }
  return text;
}

json::object group_json(const workspace::EstimatedGroup& group) {
  const link::ErrorRates& rates = group.rates;
  return json::object{{"dimension", workspace::dimension_name(group.name.dimension)},
                      {"group", group.name.name},
                      {"title", group.name.title},
                      {"links", rates.links},
                      {"false_links", workspace::estimate_json(rates.false_links)},
                      {"missed_pairs", workspace::estimate_json(rates.missed_pairs)},
                      {"missed_by_keys", workspace::estimate_json(rates.missed_by_keys)},
                      {"false_link_rate", workspace::estimate_json(rates.false_rate)},
                      {"missed_rate", workspace::estimate_json(rates.missed_rate)}};
}

json::array strata_json(const workspace::ReviewSample& sample,
                        const std::vector<link::ReviewedStratum>& answered) {
  json::array strata;
  for (std::size_t i = 0; i < sample.strata.size(); ++i) {
    const workspace::ReviewStratum& stratum = sample.strata[i];
    json::object object{{"title", workspace::stratum_title(stratum, false)},
                        {"links", stratum.links},
                        {"population", stratum.population},
                        {"drawn", stratum.drawn}};
    if (!answered.empty()) {
      object["answers"] = answered[i].trials;
      object["errors"] = answered[i].errors;
    }
    strata.push_back(object);
  }
  return strata;
}

}  // namespace

std::string review_text(const ReviewReport& report) {
  std::string text = fmt::format("{} {}（{} {}）\n", say("样本", "Sample"), report.sample.id,
                                 say("比对", "run"), report.sample.run);
  text += strata_text(report) + empty_strata(report.sample, &report.strata);
  for (const workspace::ReviewProgress& reviewer : report.reviewers) {
    text += fmt::format("  {}：{} {}/{}，{} {}\n", reviewer.person, say("已判断", "answered"),
                        reviewer.answered, report.sample.pairs.size(), say("看不出", "cannot tell"),
                        reviewer.cannot_tell);
  }
  text += fmt::format("  {} {}，{} {}，{} {}\n", say("有效", "usable"), report.usable,
                      say("意见不一", "disputed"), report.disputed.size(),
                      say("都看不出", "nobody could tell"), report.cannot_tell);
  if (!report.agreement.empty())
    text +=
        fmt::format("\n{}\n{}", say("复核人之间的一致性（Cohen κ）", "Agreement (Cohen's kappa)"),
                    agreement_text(report));
  const std::string_view title =
      report.usable == 0 ? say("误差估计（还没有可用的判断，以下为模型自身的估计）",
                               "Errors (no usable answers yet: the model's own estimate)")
                         : say("误差估计（复核样本校准）", "Errors, calibrated by the review");
  text += fmt::format("\n{}\n{}", title, groups_text(report));
  text += wrapped(
      say("分组的区间：同一权重层内的错误按模型给出的比例分到各组，并留出这一比例有偏和偶然"
          "起伏的余地；漏链率含检索键漏掉的下限（捕获—再捕获），不含权重低于 −10 的记录对。",
          "The intervals of groups: errors within one stratum of weight are shared out as "
          "the model says, with room for its being off and for chance; the missed rate has "
          "the lower bound of what the keys missed (capture-recapture), and not pairs of a "
          "weight below -10."),
      2);
  return text;
}

std::string reveals_text(const std::vector<workspace::Reveal>& reveals) {
  if (reveals.empty())
    return std::string(say("没有导出过明文", "nothing was exported in full")) + "\n";
  std::string text;
  for (const workspace::Reveal& r : reveals) {
    text += fmt::format("{}  {}  {}  {} {}  {}\n", r.at, r.by, r.what, grouped(r.records),
                        say("条记录", "records"), r.reason);
  }
  return text;
}

std::string reveals_json(const std::vector<workspace::Reveal>& reveals) {
  json::array array;
  for (const workspace::Reveal& r : reveals) {
    array.push_back(json::object{{"at", r.at},
                                 {"by", r.by},
                                 {"what", r.what},
                                 {"records", r.records},
                                 {"reason", r.reason}});
  }
  return json::serialize(array) + "\n";
}

std::string review_json(const ReviewReport& report) {
  json::array groups;
  for (const workspace::EstimatedGroup& group : report.groups) groups.push_back(group_json(group));
  json::array reviewers;
  for (const workspace::ReviewProgress& r : report.reviewers)
    reviewers.push_back(json::object{
        {"person", r.person}, {"answered", r.answered}, {"cannot_tell", r.cannot_tell}});
  json::array agreement;
  for (const workspace::ReviewerPair& pair : report.agreement) {
    const model::Agreement& a = pair.agreement;
    json::object object{
        {"one", pair.one}, {"other", pair.other}, {"pairs", a.pairs}, {"agreed", a.agreed}};
    object["kappa"] =
        a.defined ? json::value(json::object{
                        {"value", a.kappa}, {"low", a.interval.low}, {"high", a.interval.high}})
                  : json::value(nullptr);
    agreement.push_back(object);
  }
  json::array disputed;
  for (const std::size_t pair : report.disputed) disputed.push_back(pair + 1);
  return json::serialize(json::object{{"sample", report.sample.id},
                                      {"run", report.sample.run},
                                      {"pairs", report.sample.pairs.size()},
                                      {"usable", report.usable},
                                      {"cannot_tell", report.cannot_tell},
                                      {"disputed", disputed},
                                      {"strata", strata_json(report.sample, report.strata)},
                                      {"reviewers", reviewers},
                                      {"agreement", agreement},
                                      {"groups", groups}});
}

std::string sample_text(const workspace::ReviewSample& sample) {
  Table table({{say("层", "stratum")},
               {say("总体", "pairs"), Align::kRight},
               {say("抽取", "drawn"), Align::kRight}},
              2);
  for (const workspace::ReviewStratum& stratum : sample.strata)
    table.add({workspace::stratum_title(stratum, chinese()), grouped(stratum.population),
               grouped(stratum.drawn)});
  return fmt::format("{} {}（{} {}）：{} {}\n{}{}", say("样本", "Sample"), sample.id,
                     say("比对", "run"), sample.run, sample.pairs.size(), say("对", "pairs"),
                     table.text(), empty_strata(sample, nullptr));
}

std::string sample_json(const workspace::ReviewSample& sample) {
  json::array pairs;
  for (const workspace::ReviewPair& pair : sample.pairs)
    pairs.push_back(json::array{pair.left, pair.right});
  return json::serialize(json::object{{"sample", sample.id},
                                      {"run", sample.run},
                                      {"seed", sample.seed},
                                      {"pairs", pairs},
                                      {"strata", strata_json(sample, {})}});
}

}  // namespace bidui::cli
