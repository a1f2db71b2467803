// A rule as declared in its file: data, no names resolved.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "matcher/base/bilingual_error.h"
#include "matcher/rule/expression_text.h"
#include "matcher/rule/type.h"
#include "matcher/rule/view.h"

namespace bidui::rule {

// Catalogue §0.6. Ordered: a larger value is graver.
enum class Severity : std::uint8_t { kInfo, kLow, kMedium, kHigh };

// "I", "L", "M", "H".
std::string_view severity_name(Severity severity);
std::optional<Severity> parse_severity(std::string_view name);

// What a flag of the rule may lead to.
enum class Touches : std::uint8_t {
  kEntitlement,  // a benefit, or membership of a registry that gives one: the household is told
                 // before anything is decided
  kDataQuality,  // what a source has recorded: no decision may go against the household
};

// "entitlement", "data_quality".
std::string_view touches_name(Touches touches);

// A source that may be the rule's subject, and which of its records or households are.
struct Subject {
  std::string source;
  std::optional<ExpressionText> where{};
};

// A source without which the rule is not evaluated.
struct Need {
  std::string source;
  std::optional<int> max_age_days{};  // between its as-of date and the evaluation day
};

// A named constant that a county profile may replace.
struct Parameter {
  std::string name;
  std::string title;            // Chinese
  std::string title_en;         // English; the Chinese where the file has none, here and below
  Type type;                    // number, days, months, true/false, date, text, or a list of them
  std::vector<double> numbers;  // the value or elements, where they are no texts or dates
  std::vector<std::string> texts;
};

struct Definition {
  std::string name;
  ExpressionText text;
};

struct Each {
  std::string name;
  ExpressionText in;
};

struct SeverityCase {
  Severity severity = Severity::kInfo;
  ExpressionText when;
  std::vector<std::string> sources{};  // of the subject; empty: all
};

// True: no flag, but counted. Unknown: the flag names it as something a visit must settle.
struct Exception {
  std::string id;
  std::string title;
  std::string title_en;
  ExpressionText when;
  std::vector<std::string> sources;  // of the subject; empty: all
};

// An exception that no source can decide.
struct VisitQuestion {
  std::string id;
  std::string title;
  std::string title_en;
};

// What a flag shows: records with some of their fields, or one value.
struct EvidenceItem {
  std::string title;
  std::string title_en;
  ExpressionText show;
  std::vector<std::string> fields;  // of records; none for a value
  bool supports = true;             // false: its links do not lower the flag's level
};

struct Rule {
  std::string id;
  int version = 1;
  std::string title;     // Chinese
  std::string title_en;  // English
  Severity severity = Severity::kInfo;
  std::vector<SeverityCase> severity_cases;  // the first that holds replaces `severity`
  LinkLevel level = LinkLevel::kL1;          // demanded
  Touches touches = Touches::kEntitlement;
  SubjectKind subject_kind = SubjectKind::kRecord;
  std::vector<Subject> subjects;
  std::vector<Need> needs;
  int grace_days = 0;
  int deadline_days = 0;
  std::vector<Parameter> parameters;
  std::vector<Definition> definitions;
  std::optional<Each> each;
  ExpressionText when;
  std::vector<Exception> exceptions;
  std::vector<VisitQuestion> visit;
  std::vector<EvidenceItem> evidence;
  std::vector<Bilingual> basis;
  std::vector<std::string> suppresses;  // rules explained by this one for the same subject
  std::uint64_t content_hash = 0;  // of the file and what the profile changed: for the manifest
};

}  // namespace bidui::rule
