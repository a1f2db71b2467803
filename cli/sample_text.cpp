#include "cli/sample_text.h"

#include <boost/json.hpp>
#include <fmt/format.h>
#include <map>

#include "cli/table.h"

namespace bidui::cli {
namespace {

namespace json = boost::json;
using namespace workspace;

std::string percent(double share) { return fmt::format("{:.2f}%", 100 * share); }

std::string interval_text(const model::Interval& interval) {
  return percent(interval.low) + " – " + percent(interval.high);
}

std::string place_text(const std::string& township) {
  return township.empty() ? std::string(say("（未写明）", "(not given)")) : township;
}

json::object estimate_json(const model::Estimate& estimate) {
  return {
      {"value", estimate.value}, {"low", estimate.interval.low}, {"high", estimate.interval.high}};
}

json::array strata_json(const VisitSample& sample) {
  json::array strata;
  for (const VisitStratum& s : sample.strata)
    strata.push_back(json::object{{"status", visit_status_name(s.status)},
                                  {"township", s.township},
                                  {"households", s.households},
                                  {"persons", s.persons},
                                  {"drawn", s.drawn}});
  return strata;
}

std::string definitions_text(const std::vector<Indicator>& indicators) {
  std::string text;
  for (const Indicator indicator : indicators)
    text += wrapped(indicator_title(indicator, chinese()) + std::string(say("：", ": ")) +
                        indicator_definition(indicator, chinese()),
                    2);
  return text;
}

}  // namespace

std::string visits_text(const VisitSample& sample) {
  struct Sum {
    std::uint64_t households = 0, drawn = 0, townships = 0;
  };
  std::map<VisitStatus, Sum> sums;
  for (const VisitStratum& s : sample.strata) {
    Sum& sum = sums[s.status];
    sum.households += s.households;
    sum.drawn += s.drawn;
    ++sum.townships;
  }
  Table table({{say("登记情况", "status")},
               {say("总户数", "households"), Align::kRight},
               {say("乡镇", "townships"), Align::kRight},
               {say("抽中", "drawn"), Align::kRight}},
              2);
  for (const auto& [status, sum] : sums)
    table.add({std::string(visit_status_title(status, chinese())), grouped(sum.households),
               grouped(sum.townships), grouped(sum.drawn)});
  return fmt::format("{} {}   {} {}   {} {}   {} {}\n{}", say("入户样本", "sample"), sample.id,
                     say("依据比对", "run"), sample.run, say("种子", "seed"), sample.seed,
                     say("户数", "households"), grouped(sample.households.size()), table.text());
}

std::string visits_json(const VisitSample& sample) {
  json::array households;
  for (const VisitedHousehold& h : sample.households)
    households.push_back(
        json::object{{"household", h.household},
                     {"status", visit_status_name(sample.strata[h.stratum].status)},
                     {"township", h.township},
                     {"village", h.village},
                     {"persons", h.persons}});
  return json::serialize(json::object{{"sample", sample.id},
                                      {"run", sample.run},
                                      {"seed", sample.seed},
                                      {"rural_persons", sample.rural_persons},
                                      {"strata", strata_json(sample)},
                                      {"households", households}});
}

std::string visit_list_text(const std::vector<VisitSample>& samples) {
  Table table({{say("样本", "sample")},
               {say("依据比对", "run")},
               {say("日期", "as of")},
               {say("种子", "seed"), Align::kRight},
               {say("户数", "households"), Align::kRight}},
              0);
  for (const VisitSample& sample : samples)
    table.add({sample.id, sample.run, sample.as_of, std::to_string(sample.seed),
               grouped(sample.households.size())});
  return table.empty() ? std::string(say("还没有入户样本：bidui sample draw\n",
                                         "no samples yet: bidui sample draw\n"))
                       : table.text();
}

std::string visit_report_text(const SampleReport& report) {
  std::string text = fmt::format(
      "{} {}   {} {}   {} {} / {}   {} {}\n\n", say("入户样本", "sample"), report.sample.id,
      say("依据比对", "run"), report.sample.run, say("已核查", "visited"), report.results,
      report.sample.households.size(), say("其中无法核实", "could not tell"), report.cannot_tell);
  Table progress({{say("登记情况", "status")},
                  {say("乡镇", "township")},
                  {say("总户数", "households"), Align::kRight},
                  {say("抽中", "drawn"), Align::kRight},
                  {say("准确", "correct"), Align::kRight},
                  {say("错评", "wrongly included"), Align::kRight},
                  {say("错退", "wrongly exited"), Align::kRight},
                  {say("漏评", "missed"), Align::kRight},
                  {say("无法核实", "cannot tell"), Align::kRight},
                  {say("未核查", "open"), Align::kRight}},
                 2);
  for (const StratumProgress& s : report.strata) {
    if (s.stratum.drawn == 0) continue;
    std::vector<std::string> cells = {std::string(visit_status_title(s.stratum.status, chinese())),
                                      place_text(s.stratum.township), grouped(s.stratum.households),
                                      grouped(s.stratum.drawn)};
    for (const std::uint64_t count : s.outcomes) cells.push_back(grouped(count));
    cells.push_back(grouped(s.open));
    progress.add(std::move(cells));
  }
  text += progress.text() + "\n";
  if (report.indicators.empty())
    return text + std::string(say("还没有核查结果：bidui sample read 文件\n",
                                  "no results yet: bidui sample read FILE\n"));
  Table table({{say("指标", "indicator")},
               {say("按户", "households"), Align::kRight},
               {say("95% 区间", "95% interval")},
               {say("按人", "persons"), Align::kRight},
               {say("95% 区间", "95% interval")},
               {say("查到/已查", "found/visited"), Align::kRight}},
              2);
  std::vector<Indicator> shown;
  for (const IndicatorEstimate& e : report.indicators) {
    shown.push_back(e.indicator);
    const bool households = e.known && e.by_households;
    table.add({indicator_title(e.indicator, chinese()),
               households ? percent(e.households.value) : "—",
               households ? interval_text(e.households.interval) : "—",
               e.known ? percent(e.persons.value) : "—",
               e.known ? interval_text(e.persons.interval) : "—",
               fmt::format("{}/{}", e.hits, e.visited)});
  }
  text +=
      fmt::format("{}\n", say("指标（按抽样权重推算）", "Indicators (weighted to the county)")) +
      table.text() + definitions_text(shown);
  text += wrapped(say("区间只反映抽样误差；“无法核实”的户按未抽中处理。",
                      "The intervals are of chance in sampling alone; households that could not be "
                      "told count as not drawn."),
                  2);
  return text;
}

std::string visit_report_json(const SampleReport& report) {
  json::array strata;
  for (const StratumProgress& s : report.strata) {
    json::object outcomes;
    for (std::size_t o = 0; o < kVisitOutcomes; ++o)
      outcomes[visit_outcome_name(static_cast<VisitOutcome>(o))] = s.outcomes[o];
    strata.push_back(json::object{{"status", visit_status_name(s.stratum.status)},
                                  {"township", s.stratum.township},
                                  {"households", s.stratum.households},
                                  {"drawn", s.stratum.drawn},
                                  {"outcomes", outcomes},
                                  {"open", s.open}});
  }
  json::array indicators;
  for (const IndicatorEstimate& e : report.indicators) {
    json::object object{{"indicator", indicator_name(e.indicator)},
                        {"title", indicator_title(e.indicator, chinese())},
                        {"definition", indicator_definition(e.indicator, chinese())},
                        {"known", e.known},
                        {"persons", e.known ? json::value(estimate_json(e.persons)) : nullptr},
                        {"visited", e.visited},
                        {"hits", e.hits}};
    if (e.by_households && e.known) object["households"] = estimate_json(e.households);
    indicators.push_back(std::move(object));
  }
  return json::serialize(json::object{{"sample", report.sample.id},
                                      {"run", report.sample.run},
                                      {"drawn", report.sample.households.size()},
                                      {"results", report.results},
                                      {"cannot_tell", report.cannot_tell},
                                      {"strata", strata},
                                      {"indicators", indicators}});
}

std::string flag_indicators_text(const FlagIndicators& result) {
  Table table({{say("指标", "indicator")},
               {say("查实", "found true"), Align::kRight},
               {say("未查清", "open"), Align::kRight},
               {say("总户数", "households"), Align::kRight},
               {say("至少", "at least"), Align::kRight},
               {say("未查清全属实时", "if all open are true"), Align::kRight},
               {say("依据规则", "rules")}},
              2);
  std::vector<Indicator> shown;
  for (const FlaggedIndicator& i : result.indicators) {
    shown.push_back(i.indicator);
    table.add({indicator_title(i.indicator, chinese()), grouped(i.found_true), grouped(i.open),
               grouped(i.households), percent(i.floor()), percent(i.ceiling()), joined(i.rules)});
  }
  std::string text = fmt::format("{}（{} {}）\n", say("疑点查实的情况", "From flags found true"),
                                 say("比对", "run"), result.run) +
                     table.text() + definitions_text(shown);
  return text + wrapped(say("疑点只看得到有疑点的户，所以是下限，不是对全县的推算；推算用 bidui "
                            "sample 的随机样本。",
                            "Flags see only households that were flagged: a floor, no estimate for "
                            "the county; for that, draw a random sample (bidui sample)."),
                        2);
}

std::string flag_indicators_json(const FlagIndicators& result) {
  json::array indicators;
  for (const FlaggedIndicator& i : result.indicators)
    indicators.push_back(json::object{{"indicator", indicator_name(i.indicator)},
                                      {"definition", indicator_definition(i.indicator, chinese())},
                                      {"found_true", i.found_true},
                                      {"open", i.open},
                                      {"households", i.households},
                                      {"at_least", i.floor()},
                                      {"if_all_open_are_true", i.ceiling()},
                                      {"rules", json::array(i.rules.begin(), i.rules.end())}});
  return json::serialize(json::object{{"run", result.run}, {"indicators", indicators}});
}

}  // namespace bidui::cli
