#include "connectors/report/tally.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace bidui::connectors::report {
namespace {

std::size_t index_of(Severity severity) { return gravity(severity); }
std::size_t index_of(FlagStatus status) { return static_cast<std::size_t>(status); }

// Unknown places go last; codes of one length sort as places do.
bool place_before(const FlagRow* left, const FlagRow* right) {
  const auto key = [](const FlagRow* flag) {
    return std::tuple(flag->division.empty() && flag->township.empty(),
                      std::string_view(flag->division), std::string_view(flag->township),
                      std::string_view(flag->village), std::string_view(flag->household_no),
                      std::string_view(flag->flag_id));
  };
  return key(left) < key(right);
}

class Tallier {
 public:
  explicit Tallier(const ReportData& data) : data_(data) {}

  Tally run() {
    for (const RuleRow& rule : data_.rules) add_rule(rule);
    for (const FlagRow& flag : data_.flags) file_under_rule(flag);
    add_townships();
    for (const FlagRow& flag : data_.flags) count(flag);
    finish();
    return std::move(out_);
  }

 private:
  std::size_t add_rule(const RuleRow& rule) {
    const auto [it, added] = rule_index_.try_emplace(rule.id, out_.rules.size());
    if (added) {
      out_.rules.push_back(rule);
      out_.by_rule.emplace_back();
      if (rule.not_evaluated.empty()) ++out_.rules_evaluated;
    }
    return it->second;
  }

  // A flag of an undeclared rule is shown all the same: nothing is dropped silently.
  void file_under_rule(const FlagRow& flag) {
    const auto found = rule_index_.find(flag.rule);
    const std::size_t rule =
        found != rule_index_.end()
            ? found->second
            : add_rule({.id = flag.rule, .title = flag.rule, .severity = flag.severity});
    out_.by_rule[rule].flags.push_back(&flag);
  }

  void add_townships() {
    for (const TownshipRow& row : data_.townships) {
      TownshipTally& town = township(row.name, row.division);
      town.households += row.households;  // rows with its code, and rows with its name alone
    }
  }

  TownshipTally& township(const std::string& name, const std::string& division) {
    const auto [it, added] = town_index_.try_emplace(name, out_.towns.size());
    if (added) {
      out_.towns.push_back({.division = division.substr(0, 9),
                            .name = name,
                            .by_rule = std::vector<std::uint64_t>(out_.rules.size())});
    }
    return out_.towns[it->second];
  }

  void count(const FlagRow& flag) {
    const std::size_t rule_number = rule_index_.at(flag.rule);
    RuleTally& rule = out_.by_rule[rule_number];
    ++rule.by_status[index_of(flag.status)];
    ++out_.by_status[index_of(flag.status)];
    if (flag.status == FlagStatus::kGone) return;
    ++rule.current;
    ++rule.by_severity[index_of(flag.severity)];
    ++out_.current;
    ++out_.by_severity[index_of(flag.severity)];
    TownshipTally& town = township(flag.township, flag.division);
    ++town.by_rule[rule_number];
    ++town.total;
    count_village(flag);
    if (!flag.household_no.empty()) {
      households_.insert(flag.subject_source + ':' + flag.household_no);
    }
  }

  void count_village(const FlagRow& flag) {
    if (flag.village.empty()) return;
    const std::string key = flag.township + '\t' + flag.village;
    const auto [it, added] = village_index_.try_emplace(key, out_.villages.size());
    if (added) out_.villages.push_back({.township = flag.township, .village = flag.village});
    VillageTally& village = out_.villages[it->second];
    ++village.total;
    ++village.by_severity[index_of(flag.severity)];
  }

  void finish() {
    for (RuleTally& rule : out_.by_rule) {
      std::sort(rule.flags.begin(), rule.flags.end(), place_before);
    }
    const auto town_key = [](const TownshipTally& town) {
      return std::tuple(town.name.empty(), town.division, town.name);
    };
    std::sort(out_.towns.begin(), out_.towns.end(),
              [&](const auto& a, const auto& b) { return town_key(a) < town_key(b); });
    const auto village_key = [](const VillageTally& village) {
      return std::tuple(~village.total, village.township, village.village);
    };
    std::sort(out_.villages.begin(), out_.villages.end(),
              [&](const auto& a, const auto& b) { return village_key(a) < village_key(b); });
    out_.households = households_.size();
    count_rejects();
  }

  void count_rejects() {
    std::map<std::pair<std::string, std::string>, std::uint64_t> counts;
    for (const RejectRow& row : data_.rejects) ++counts[{row.source, row.reason}];
    for (const auto& [key, count] : counts) {
      out_.rejects.push_back({.source = key.first, .reason = key.second, .count = count});
    }
    std::stable_sort(out_.rejects.begin(), out_.rejects.end(),
                     [](const auto& a, const auto& b) { return a.count > b.count; });
  }

  const ReportData& data_;
  Tally out_;
  std::unordered_map<std::string, std::size_t> rule_index_;
  std::unordered_map<std::string, std::size_t> town_index_;
  std::unordered_map<std::string, std::size_t> village_index_;
  std::unordered_set<std::string> households_;
};

}  // namespace

Tally tally(const ReportData& data) { return Tallier(data).run(); }

const RuleProgress* progress_of(const FlagProgress& progress, std::string_view rule) {
  const auto at = std::ranges::find(progress.rules, rule, &RuleProgress::rule);
  return at == progress.rules.end() ? nullptr : &*at;
}

std::string_view source_title(const ReportData& data, std::string_view source) {
  for (const SourceRow& row : data.sources) {
    if (row.source == source && !row.title.empty()) return row.title;
  }
  return source;
}

double link_rate(const LinkRow& row) {
  if (row.records == 0) return 0;
  return static_cast<double>(row.linked_l3 + row.linked_l2) / static_cast<double>(row.records);
}

}  // namespace bidui::connectors::report
