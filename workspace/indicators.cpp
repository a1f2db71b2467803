#include "workspace/indicators.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <set>

#include "matcher/model/survey.h"
#include "workspace/builtin_data.h"
#include "workspace/flag_states.h"
#include "workspace/flag_steps.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;

struct Words {
  std::string_view name;
  std::string_view zh;
  std::string_view en;
  std::string_view definition_zh;
  std::string_view definition_en;
};

constexpr std::array<Words, kIndicators> kWords = {{
    {"missed_rate", "漏评率", "rate of missed households",
     "漏评户（人）÷ 未建档立卡的农业户（人）。漏评：符合标准而未纳入。",
     "missed households (persons) / rural ones that are not registered; missed: qualify, but were "
     "left out"},
    {"wrongly_included_rate", "错评率", "rate of wrongly included",
     "错评户（人）÷ 建档立卡户（人，含已脱贫）。错评：识别时就不符合标准。",
     "wrongly included / all registered, exited ones too; wrongly included: did not qualify when "
     "identified"},
    {"wrongly_exited_rate", "错退率", "rate of wrongly exited",
     "错退户（人）÷ 已脱贫户（人）。错退：未达到退出标准而退出。",
     "wrongly exited / exited; wrongly exited: did not meet the standard of exit"},
    {"accuracy", "识别准确率", "identification accuracy",
     "1 −（错评 + 漏评）÷ 全部农业户（人，建档立卡与未建档立卡合计）。",
     "1 - (wrongly included + missed) / all rural households (persons), registered or not"},
    {"poverty_incidence", "综合贫困发生率", "comprehensive poverty rate",
     "（未脱贫人口 + 错退人口 + 漏评人口）÷ 农业户籍人口。",
     "(registered persons not exited + wrongly exited + missed persons) / rural population"},
}};

const Words& words(Indicator indicator) { return kWords[static_cast<std::size_t>(indicator)]; }

// A rate over some statuses: hits are those outcomes.
class SampleEstimator {
 public:
  SampleEstimator(const VisitSample& sample, const VisitResults& results)
      : sample_(sample), results_(results) {}

  struct Asked {
    std::vector<VisitStatus> statuses{};
    std::vector<VisitOutcome> outcomes{};
  };

  IndicatorEstimate rate(Indicator indicator, const Asked& asked) const {
    IndicatorEstimate estimate{.indicator = indicator};
    const std::vector<model::SurveyStratum> households = strata(asked, false, &estimate);
    for (const VisitStatus status : asked.statuses) estimate.known &= is_visited(status);
    estimate.known = estimate.known && estimate.visited > 0;
    estimate.households = model::survey_rate(households);
    estimate.persons = model::survey_rate(strata(asked, true, nullptr));
    return estimate;
  }

  // Whether a visit could tell of the status, or there is nobody to visit.
  bool is_visited(VisitStatus status) const {
    const bool exists = std::ranges::any_of(sample_.strata, [&](const VisitStratum& s) {
      return s.status == status && s.households > 0;
    });
    return !exists || std::ranges::any_of(results_, [&](const auto& entry) {
      return entry.second.outcome != VisitOutcome::kCannotTell &&
             sample_.strata[sample_.households[entry.first].stratum].status == status;
    });
  }

  double persons(VisitStatus status) const {
    double persons = 0;
    for (const VisitStratum& s : sample_.strata)
      persons += s.status == status ? static_cast<double>(s.persons) : 0;
    return persons;
  }

 private:
  template <typename T>
  static bool is_in(const std::vector<T>& list, T one) {
    return std::ranges::find(list, one) != list.end();
  }

  std::vector<model::SurveyStratum> strata(const Asked& asked, bool by_persons,
                                           IndicatorEstimate* counts) const {
    std::vector<model::SurveyStratum> strata(sample_.strata.size());
    for (std::size_t s = 0; s < strata.size(); ++s) {
      if (is_in(asked.statuses, sample_.strata[s].status))
        strata[s].households = static_cast<double>(sample_.strata[s].households);
    }
    for (const auto& [number, result] : results_) {
      const VisitedHousehold& household = sample_.households[number];
      if (!is_in(asked.statuses, sample_.strata[household.stratum].status)) continue;
      if (result.outcome == VisitOutcome::kCannotTell) continue;
      const bool hit = is_in(asked.outcomes, result.outcome);
      const double size = by_persons ? std::max(household.persons, 1U) : 1;
      strata[household.stratum].answers.push_back({size, hit});
      if (counts == nullptr) continue;
      ++counts->visited;
      counts->hits += hit ? 1 : 0;
    }
    return strata;
  }

  const VisitSample& sample_;
  const VisitResults& results_;
};

model::Estimate scaled(const model::Estimate& estimate, double factor) {
  return {estimate.value * factor,
          {estimate.interval.low * factor, estimate.interval.high * factor}};
}

model::Estimate complement(const model::Estimate& estimate) {
  return {1 - estimate.value, {1 - estimate.interval.high, 1 - estimate.interval.low}};
}

// Registered persons are counted, the other two estimated from samples independent of each other:
// their intervals are joined by the recovery of variance estimates (proportion.h, sum_of).
model::Estimate incidence(const SampleEstimator& estimator, const VisitSample& sample,
                          const model::Estimate& exited, const model::Estimate& missed) {
  const double all = static_cast<double>(std::max<std::uint64_t>(sample.rural_persons, 1));
  const model::Estimate more =
      model::sum_of(scaled(exited, estimator.persons(VisitStatus::kExited)),
                    scaled(missed, estimator.persons(VisitStatus::kUnregistered)));
  const double counted = estimator.persons(VisitStatus::kRegistered);
  const auto share = [&](double total) { return std::clamp((counted + total) / all, 0.0, 1.0); };
  return {share(more.value), {share(more.interval.low), share(more.interval.high)}};
}

Indicator indicator_of(std::size_t i) { return static_cast<Indicator>(i); }

constexpr std::array<std::string_view, 3> kFlagged = {"missed", "wrongly_included",
                                                      "wrongly_exited"};

}  // namespace

std::vector<std::string> rules_of(Indicator indicator) {
  const json::value value = json::parse(std::string(*builtin_file("indicators.json")));
  std::vector<std::string> rules;
  for (const json::value& rule : value.at(kFlagged[static_cast<std::size_t>(indicator)]).as_array())
    rules.emplace_back(rule.as_string());
  return rules;
}

std::optional<Indicator> parse_flagged_indicator(std::string_view name) {
  const auto at = std::ranges::find(kFlagged, name);
  if (at == kFlagged.end()) return std::nullopt;
  return indicator_of(static_cast<std::size_t>(at - kFlagged.begin()));
}

std::string_view indicator_name(Indicator indicator) { return words(indicator).name; }
std::string indicator_title(Indicator indicator, bool chinese) {
  return std::string(chinese ? words(indicator).zh : words(indicator).en);
}
std::string indicator_definition(Indicator indicator, bool chinese) {
  return std::string(chinese ? words(indicator).definition_zh : words(indicator).definition_en);
}

SampleReport estimate_indicators(VisitSample sample, const VisitResults& results) {
  using enum VisitStatus;
  using enum VisitOutcome;
  SampleReport report{.results = results.size()};
  for (const VisitStratum& stratum : sample.strata)
    report.strata.push_back({.stratum = stratum, .outcomes = {}, .open = stratum.drawn});
  for (const auto& [number, result] : results) {
    StratumProgress& stratum = report.strata[sample.households[number].stratum];
    ++stratum.outcomes[static_cast<std::size_t>(result.outcome)];
    --stratum.open;
    report.cannot_tell += result.outcome == kCannotTell ? 1 : 0;
  }
  if (report.results > report.cannot_tell) {
    const SampleEstimator estimator(sample, results);
    const auto missed = estimator.rate(Indicator::kMissedRate, {{kUnregistered}, {kMissed}});
    const auto exited = estimator.rate(Indicator::kWronglyExited, {{kExited}, {kWronglyExited}});
    auto accuracy = estimator.rate(
        Indicator::kAccuracy, {{kRegistered, kExited, kUnregistered}, {kWronglyIncluded, kMissed}});
    accuracy.households = complement(accuracy.households);
    accuracy.persons = complement(accuracy.persons);
    report.indicators = {
        missed,
        estimator.rate(Indicator::kWronglyIncluded, {{kRegistered, kExited}, {kWronglyIncluded}}),
        exited, accuracy};
    report.indicators.push_back(
        {.indicator = Indicator::kPovertyIncidence,
         .persons = incidence(estimator, sample, exited.persons, missed.persons),
         .by_households = false,
         .known = estimator.is_visited(kExited) && estimator.is_visited(kUnregistered),
         .visited = exited.visited + missed.visited,
         .hits = exited.hits + missed.hits});
  }
  report.sample = std::move(sample);
  return report;
}

Result<SampleReport> report_visits(const store::Store& store, std::string_view id) {
  Result<VisitSample> sample = load_visits(store, id);
  BIDUI_TRY(sample);
  const Result<VisitResults> results = load_visit_results(store, *sample);
  BIDUI_TRY(results);
  return estimate_indicators(std::move(*sample), *results);
}

Result<FlagIndicators> indicators_of_flags(const Workspace& workspace) {
  const Result<VisitFrame> frame = visit_frame(workspace, "");
  BIDUI_TRY(frame);
  const Result<std::vector<FlagState>> states = load_flag_states(workspace.store());
  BIDUI_TRY(states);
  const Result<FlagDispositions> dispositions = load_dispositions(workspace.store());
  BIDUI_TRY(dispositions);
  const std::uint64_t exited = frame->count(VisitStatus::kExited);
  const std::array<std::uint64_t, 3> divided_by = {frame->count(VisitStatus::kUnregistered),
                                                   frame->count(VisitStatus::kRegistered) + exited,
                                                   exited};
  FlagIndicators result{.run = frame->run, .indicators = {}};
  for (std::size_t i = 0; i < divided_by.size(); ++i) {
    FlaggedIndicator indicator{.indicator = indicator_of(i), .households = divided_by[i]};
    const std::vector<std::string> rules = rules_of(indicator.indicator);
    std::set<std::string> of_rules;
    std::set<std::string> found;
    std::set<std::string> open;
    for (const FlagState& state : *states) {
      if (std::ranges::find(rules, state.flag.rule) == rules.end()) continue;
      of_rules.insert(state.flag.rule);
      const std::string household =
          state.household.empty() ? state.flag.source + ":" + state.flag.subject : state.household;
      const flag::Disposition& done = disposition_of(*dispositions, state.flag.flag_id).disposition;
      const std::vector<flag::Outcome> findings = done.findings();
      if (!findings.empty() && findings.back() == flag::Outcome::kTrue) {
        found.insert(household);
      } else if (state.flag.status != flag::Status::kGone && !flag::is_settled(done.state()) &&
                 (findings.empty() || findings.back() == flag::Outcome::kCannotTell)) {
        open.insert(household);
      }
    }
    for (const std::string& household : found) open.erase(household);
    indicator.rules.assign(of_rules.begin(), of_rules.end());
    indicator.found_true = found.size();
    indicator.open = open.size();
    result.indicators.push_back(std::move(indicator));
  }
  return result;
}

}  // namespace bidui::workspace
