// All rules of a run, checked and compiled for each source that can be their subject.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/rule/profile.h"
#include "matcher/rule/program.h"
#include "matcher/rule/rule.h"
#include "matcher/rule/rule_file.h"

namespace bidui::rule {

struct CompiledNeed {
  SourceIndex source = 0;
  std::optional<int> max_age_days;
};

struct CompiledSeverity {
  Severity severity = Severity::kInfo;
  std::uint32_t root = 0;
};

struct CompiledException {
  std::uint16_t exception = 0;  // in Rule::exceptions
  std::uint32_t root = 0;
};

struct CompiledEvidence {
  std::uint16_t item = 0;  // in Rule::evidence
  std::uint32_t root = 0;
  Type type;                       // record, list of records, or a value without personal data
  std::vector<FieldIndex> fields;  // of the records
};

// A rule for one subject source. The subject is variable slot 0 (`r` or `h`).
struct CompiledRule {
  std::uint16_t rule = 0;  // in RuleSet::rules()
  SourceIndex source = 0;
  Program program;
  std::optional<std::uint32_t> where;
  std::optional<std::uint32_t> each_in;
  std::uint16_t each_slot = 0;
  std::uint32_t when = 0;
  std::vector<CompiledSeverity> severities;
  std::vector<CompiledException> exceptions;
  std::vector<CompiledEvidence> evidence;
  std::vector<CompiledNeed> needs;
  std::vector<std::uint16_t> suppresses;  // in RuleSet::rules(); rules not loaded are left out
};

// Immutable once loaded: const methods may run concurrently. Moved, never copied.
class RuleSet {
 public:
  const std::vector<SourceType>& sources() const { return *sources_; }
  const std::vector<Rule>& rules() const { return rules_; }
  // By rule, then by subject source as the rule lists them.
  const std::vector<CompiledRule>& compiled() const { return compiled_; }
  const Rule& rule_of(const CompiledRule& compiled) const { return rules_[compiled.rule]; }
  // Those that the profile switches off, by id.
  const std::vector<Rule>& switched_off() const { return switched_off_; }
  // Of the files of all rules() and what the profile changed in them, whatever their order.
  std::uint64_t content_hash() const;

 private:
  friend Result<RuleSet> load_rules(std::vector<SourceType>, std::span<const NamedText>,
                                    const Profile&);

  std::unique_ptr<const std::vector<SourceType>> sources_;  // programs point into it
  std::vector<Rule> rules_;                                 // by id
  std::vector<Rule> switched_off_;
  std::vector<CompiledRule> compiled_;
};

// Reads, checks and compiles rule files. The view of a run must number its sources as `sources`
// does. Errors: kBadInput with file, line and column; the first one found.
Result<RuleSet> load_rules(std::vector<SourceType> sources, std::span<const NamedText> files,
                           const Profile& profile = {});

}  // namespace bidui::rule
