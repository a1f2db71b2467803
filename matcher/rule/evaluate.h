// Rules over a linked world: what is contradicted (findings) and what was counted on the way.
//
//   const Plan plan = make_plan(rules, view);
//   for each range of plan_ranges(plan, view, 2000), in parallel:  evaluate(rules, plan, view,
//   range) merge() the results in the order of the ranges: the same findings whatever the number of
//   threads
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "matcher/rule/rule_set.h"
#include "matcher/rule/view.h"

namespace bidui::rule {

// A rule that is not evaluated for one subject source, and why.
struct NotEvaluated {
  enum class Reason : std::uint8_t { kNotDelivered, kStale };
  std::uint16_t compiled = 0;  // in RuleSet::compiled()
  SourceIndex source = 0;      // the one that is missing or stale
  Reason reason = Reason::kNotDelivered;
  int age_days = 0;  // of kStale
};

// Rules that share a kind of subject are evaluated together, so that one can explain the other.
struct SubjectGroup {
  SourceIndex source = 0;
  SubjectKind kind = SubjectKind::kRecord;
  std::vector<std::uint16_t> compiled;  // in RuleSet::compiled()
};

struct Plan {
  std::vector<SubjectGroup> groups;  // by source, records before households
  std::vector<NotEvaluated> not_evaluated;
};

// Rows or households [begin, end) of a group's source.
struct SubjectRange {
  std::uint32_t group = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// A record in evidence, and how it is linked with the subject (kNone: it is the subject's own, or
// there is no link).
struct ShownRecord {
  RecordRef record;
  LinkLevel level = LinkLevel::kNone;
};

struct ShownEvidence {
  std::uint16_t evidence = 0;  // in CompiledRule::evidence
  std::vector<ShownRecord> records{};
  Value value{};  // where no records are shown; texts point into view or rules
};

struct Finding {
  std::uint16_t compiled = 0;  // in RuleSet::compiled()
  // The record; of a household rule the household's first member.
  RecordRef record{};
  std::optional<HouseholdRef> household{};
  std::optional<RecordRef> each{};  // what tells two findings of one subject apart
  Severity severity = Severity::kInfo;
  LinkLevel level = LinkLevel::kNone;      // of the weakest link that it rests on
  std::vector<std::uint16_t> undecided{};  // in Rule::exceptions: what a visit must settle
  std::vector<ShownEvidence> evidence{};
  std::vector<std::uint16_t> explains{};  // in RuleSet::rules(): suppressed in favour of this one
};

// For one compiled rule. subjects = not_covered + the subjects that were tested.
struct RuleCounts {
  std::uint64_t subjects = 0;     // that the rule's `where` admits
  std::uint64_t not_covered = 0;  // a needed source does not cover the subject's place
  std::uint64_t undecided = 0;    // conditions that stayed unknown; nothing raised
  std::uint64_t raised = 0;
  std::uint64_t suppressed = 0;           // raised by the rule, but explained by another
  std::vector<std::uint64_t> excepted{};  // per Rule::exceptions; the first that held
};

struct Evaluation {
  std::vector<RuleCounts> counts;  // per RuleSet::compiled()
  std::vector<Finding> findings;
};

Plan make_plan(const RuleSet& rules, const View& view);

// Ranges of at most `block` subjects, in a fixed order.
std::vector<SubjectRange> plan_ranges(const Plan& plan, const View& view, std::uint32_t block);

// Const and thread-safe. O(subjects × rules); allocates only where something is raised.
Evaluation evaluate(const RuleSet& rules, const Plan& plan, const View& view, SubjectRange range);

// Appends `more`, the evaluation of a later range.
void merge(Evaluation& into, Evaluation more);

}  // namespace bidui::rule
