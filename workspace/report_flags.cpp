#include "workspace/report_flags.h"

#include <algorithm>
#include <tbb/parallel_for.h>
#include <unordered_set>

#include "matcher/model/scorer.h"
#include "matcher/rule/calendar.h"
#include "workspace/compare.h"
#include "workspace/evidence_lines.h"
#include "workspace/flag_evidence.h"
#include "workspace/place_names.h"
#include "workspace/wording.h"

namespace bidui::workspace {
namespace {

namespace report = connectors::report;
using rule::RecordRef;

std::string joined(const std::vector<std::string>& texts, std::string_view between) {
  std::string all;
  for (const std::string& text : texts) {
    if (!all.empty()) all += between;
    all += text;
  }
  return all;
}

std::string subject_name(const flag::Flag& flag) { return flag.source + ":" + flag.subject; }

// The keys that flags speak of, by the instance of their source.
using WantedKeys = std::unordered_map<std::string_view, std::unordered_set<std::string_view>>;

WantedKeys wanted_keys(const std::vector<FlagEvidence>& evidence,
                       const std::vector<FlagState>& flags) {
  WantedKeys wanted;
  for (const FlagEvidence& e : evidence) {
    for (const EvidenceItem& item : e.items) {
      for (const EvidenceRecord& record : item.records) {
        if (record.name.size() > record.source.size())
          wanted[record.source].insert(
              std::string_view(record.name).substr(record.source.size() + 1));
      }
    }
  }
  for (const FlagState& state : flags) {
    if (state.flag.subject_kind == rule::SubjectKind::kRecord)
      wanted[state.flag.source].insert(state.flag.subject);
  }
  return wanted;
}

// The records that the flags speak of, by name. One look at each record's key.
RecordNames find_records(const RunWorld& world, const std::vector<FlagEvidence>& evidence,
                         const std::vector<FlagState>& flags) {
  const WantedKeys wanted = wanted_keys(evidence, flags);
  std::vector<std::vector<std::uint32_t>> found(world.sources.size());  // rows
  tbb::parallel_for(std::size_t{0}, world.sources.size(), [&](std::size_t s) {
    const auto keys = wanted.find(world.sources[s].instance);
    if (keys == wanted.end()) return;
    for (std::uint32_t row = 0; row < world.texts[s].rows(); ++row) {
      if (keys->second.contains(world.texts[s].key(row))) found[s].push_back(row);
    }
  });
  RecordNames names;
  for (std::size_t s = 0; s < world.sources.size(); ++s) {
    for (const std::uint32_t row : found[s]) {
      names.emplace(world.sources[s].instance + ":" + std::string(world.texts[s].key(row)),
                    RecordRef{static_cast<rule::SourceIndex>(s), row});
    }
  }
  return names;
}

// The first record of the evidence that stands in the subject's source: the subject, or the head of
// the subject's household.
const EvidenceRecord* subject_record(const flag::Flag& flag, const FlagEvidence& evidence) {
  const std::string wanted =
      flag.subject_kind == rule::SubjectKind::kRecord ? subject_name(flag) : std::string();
  for (const EvidenceItem& item : evidence.items) {
    for (const EvidenceRecord& record : item.records) {
      if (wanted.empty() ? record.source == flag.source : record.name == wanted) return &record;
    }
  }
  return nullptr;
}

class FlagWriter {
 public:
  FlagWriter(const CompareReport& run, const RecordNames& names)
      : world_(*run.world), names_(names) {
    if (const auto day = rule::parse_date_text(run.evaluation_date)) today_ = day->last;
  }

  report::FlagRow row(const FlagState& state, const FlagEvidence& evidence) const {
    const flag::Flag& flag = state.flag;
    const EvidenceRecord* const subject = subject_record(flag, evidence);
    const PlaceNames place = place_of(flag, subject);
    report::FlagRow row{.flag_id = flag.flag_id,
                        .rule = flag.rule,
                        .severity = flag.severity,
                        .level = flag.level,
                        .status = flag.status,
                        .division = flag.division,
                        .township = place.township,
                        .village = place.village,
                        .subject_source = flag.source,
                        .subject_key = flag.subject,
                        .subject_kind = std::string(flag::subject_kind_name(flag.subject_kind)),
                        .household_no = household_no(state),
                        .names = subject ? std::string(subject->value_of("name")) : std::string()};
    row.evidence = evidence_lines(evidence,
                                  {.subject = subject ? subject->name : std::string(),
                                   .township = row.township,
                                   .village = row.village,
                                   .household_no = row.household_no},
                                  world_, names_);
    add_rule(evidence, row);
    return row;
  }

 private:
  // The number alone: the source stands before it where a report needs it.
  static std::string household_no(const FlagState& state) {
    const std::size_t colon = state.household.find(':');
    return colon == std::string::npos ? std::string() : state.household.substr(colon + 1);
  }

  PlaceNames place_of(const flag::Flag& flag, const EvidenceRecord* subject) const {
    PlaceNames place = place_names(flag.division);
    if (!place.village.empty() || subject == nullptr) return place;
    PlaceNames written;
    if (const auto at = names_.find(subject->name); at != names_.end()) {
      written = place_names(world_, at->second);
    } else {
      written = {std::string(subject->value_of("township")),
                 village_name(subject->value_of("village"))};
    }
    if (place.township.empty()) place.township = written.township;
    place.village = written.village;
    return place;
  }

  void add_rule(const FlagEvidence& evidence, report::FlagRow& row) const {
    std::vector<std::string> visit = evidence.undecided;
    visit.insert(visit.end(), evidence.visit.begin(), evidence.visit.end());
    if (!visit.empty()) row.visit = "是否：" + joined(visit, "；");
    const auto& rules = world_.rules->rules();
    const auto rule = std::ranges::find(rules, row.rule, &rule::Rule::id);
    if (rule == rules.end()) return;
    row.basis = join_sentences(rule->basis, Locale::kChinese);
    if (rule->deadline_days > 0 && row.status != report::FlagStatus::kGone) {
      const rule::DayNumber day = today_ + rule->deadline_days;
      row.deadline = rule::format_date({day, day});
    }
  }

  const RunWorld& world_;
  const RecordNames& names_;
  rule::DayNumber today_ = 0;
};

}  // namespace

std::vector<report::FlagRow> report_flags(const CompareReport& run) {
  std::vector<FlagEvidence> evidence(run.flags.size());
  tbb::parallel_for(std::size_t{0}, run.flags.size(), [&](std::size_t i) {
    // Evidence that cannot be read leaves a row without it.
    if (auto read = read_flag_evidence(run.flags[i].flag.evidence)) evidence[i] = std::move(*read);
  });
  const RecordNames names = find_records(*run.world, evidence, run.flags);
  const FlagWriter writer(run, names);
  std::vector<report::FlagRow> rows(run.flags.size());
  tbb::parallel_for(std::size_t{0}, run.flags.size(), [&](std::size_t i) {
    rows[i] = writer.row(run.flags[i], evidence[i]);
    evidence[i] = {};
  });
  std::size_t open = 0;  // settled flags are nobody's work
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (is_raised_but_settled(run.flags[i])) continue;
    if (open != i) rows[open] = std::move(rows[i]);
    ++open;
  }
  rows.resize(open);
  return rows;
}

std::vector<report::PossibleLink> report_possible_links(const RunWorld& world, std::size_t limit) {
  std::vector<const PersonLink*> possible;
  for (const PersonLink& link : world.linkage.links) {
    if (link.decision == link::Decision::kPossible) possible.push_back(&link);
  }
  std::ranges::stable_sort(possible, std::greater<>{}, &PersonLink::weight);
  if (possible.size() > limit) possible.resize(limit);
  std::vector<report::PossibleLink> rows(possible.size());
  tbb::parallel_for(std::size_t{0}, possible.size(), [&](std::size_t i) {
    const RecordRef left = world.reference(possible[i]->a);
    const RecordRef right = world.reference(possible[i]->b);
    const auto name = [&](RecordRef record) {
      const auto field = world.sources[record.source].schema->find_field("name");
      return field ? world.view->display(record, static_cast<rule::FieldIndex>(*field))
                   : std::string();
    };
    const PlaceNames place = place_names(world, left);
    rows[i] = {.left_source = world.sources[left.source].instance,
               .left_key = std::string(world.key(possible[i]->a)),
               .left_name = name(left),
               .right_source = world.sources[right.source].instance,
               .right_key = std::string(world.key(possible[i]->b)),
               .right_name = name(right),
               .township = place.township,
               .village = place.village,
               .weight_bits = possible[i]->weight,
               .probability = model::probability_of(possible[i]->weight),
               .evidence = link_evidence(world, left, right)};
  });
  return rows;
}

}  // namespace bidui::workspace
