#include "matcher/rule/subject_test.h"

#include <algorithm>
#include <utility>

namespace bidui::rule {
namespace {

LinkLevel level_between(const View& view, RecordRef left, RecordRef right) {
  for (const Link& link : view.links(left, right.source)) {
    if (link.record == right) return link.level;
  }
  return LinkLevel::kNone;
}

}  // namespace

SubjectTest::SubjectTest(const RuleSet& rules, std::uint16_t compiled, const View& view,
                         Scratch& scratch, RecentValues& recent)
    : compiled_(rules.compiled()[compiled]),
      rule_(rules.rule_of(compiled_)),
      view_(view),
      scratch_(scratch),
      evaluator_(view, compiled_.program, scratch, recent),
      index_(compiled) {}

void SubjectTest::run(std::uint32_t subject, RuleCounts& counts, std::vector<Finding>& findings) {
  scratch_.reset();
  Finding finding{.compiled = index_};
  finding.record = {compiled_.source, subject};
  Value value = Value::of_record(finding.record);
  if (rule_.subject_kind == SubjectKind::kHousehold) {
    finding.household = HouseholdRef{compiled_.source, subject};
    value = Value::of_household(*finding.household);
    const auto members = view_.members(*finding.household);
    if (members.empty()) return;
    finding.record = members.front();
  }
  evaluator_.set_variable(0, value);
  if (compiled_.where && !evaluator_.run(*compiled_.where).is_true()) return;
  ++counts.subjects;
  if (!is_covered(finding.record)) {
    ++counts.not_covered;
    return;
  }
  if (!compiled_.each_in) return test(std::move(finding), counts, findings);
  const Value list = evaluator_.run(*compiled_.each_in);
  if (list.is_unknown()) {
    ++counts.undecided;
    return;
  }
  // Elements that only may belong to the list accuse nobody.
  for (std::uint32_t i = 0; i < list.list.sure; ++i) {
    const Value item = element(list.list, i);
    if (item.is_unknown()) continue;
    evaluator_.set_variable(compiled_.each_slot, item);
    finding.each = item.record;
    test(finding, counts, findings);
  }
}

bool SubjectTest::is_covered(RecordRef record) const {
  return std::all_of(compiled_.needs.begin(), compiled_.needs.end(),
                     [&](const CompiledNeed& need) { return view_.covers(need.source, record); });
}

void SubjectTest::test(Finding subject, RuleCounts& counts, std::vector<Finding>& findings) {
  const Value held = evaluator_.run(compiled_.when);
  if (held.is_unknown()) ++counts.undecided;
  if (!held.is_true() || is_excepted(subject, counts)) return;
  subject.severity = severity();
  show_evidence(subject);
  ++counts.raised;
  findings.push_back(std::move(subject));
}

bool SubjectTest::is_excepted(Finding& finding, RuleCounts& counts) {
  counts.excepted.resize(rule_.exceptions.size());
  for (const CompiledException& exception : compiled_.exceptions) {
    const Value held = evaluator_.run(exception.root);
    if (held.is_true()) {
      ++counts.excepted[exception.exception];
      return true;
    }
    if (held.is_unknown()) finding.undecided.push_back(exception.exception);
  }
  return false;
}

Severity SubjectTest::severity() {
  for (const CompiledSeverity& severity_case : compiled_.severities) {
    if (evaluator_.run(severity_case.root).is_true()) return severity_case.severity;
  }
  return rule_.severity;
}

// The flag is as strong as the weakest of the links that its evidence surely rests on.
void SubjectTest::show_evidence(Finding& finding) {
  finding.level = LinkLevel::kNone;
  for (std::size_t i = 0; i < compiled_.evidence.size(); ++i) {
    const CompiledEvidence& evidence = compiled_.evidence[i];
    const EvidenceItem& item = rule_.evidence[evidence.item];
    ShownEvidence shown{.evidence = static_cast<std::uint16_t>(i)};
    const Value value = evaluator_.run(evidence.root);
    const bool is_record = value.kind == ValueKind::kRecord || value.kind == ValueKind::kList;
    if (!is_record) shown.value = value;
    const ListValue one{.data = &value, .sure = 1, .total = 1};
    const ListValue list = value.kind == ValueKind::kList ? value.list : one;
    for (std::uint32_t e = 0; is_record && e < list.total; ++e) {
      const Value shown_item = element(list, e);
      if (shown_item.is_unknown()) continue;
      const RecordRef record = shown_item.record;
      const LinkLevel level = level_to(finding, record);
      shown.records.push_back({record, level});
      if (!item.supports || e >= list.sure || level == LinkLevel::kNone) continue;
      finding.level = finding.level == LinkLevel::kNone ? level : std::min(finding.level, level);
    }
    finding.evidence.push_back(std::move(shown));
  }
  if (finding.level == LinkLevel::kNone) finding.level = rule_.level;
}

LinkLevel SubjectTest::level_to(const Finding& finding, RecordRef shown) const {
  if (!finding.household) return level_between(view_, finding.record, shown);
  if (shown.source == finding.household->source) return LinkLevel::kNone;
  LinkLevel strongest = LinkLevel::kNone;
  for (const RecordRef member : view_.members(*finding.household)) {
    strongest = std::max(strongest, level_between(view_, member, shown));
  }
  return strongest;
}

}  // namespace bidui::rule
