#include "matcher/flag/make_flag.h"

#include <algorithm>
#include <boost/json.hpp>

#include "matcher/base/hash.h"
#include "matcher/flag/canonical_json.h"

namespace bidui::flag {
namespace {

class EvidenceWriter {
 public:
  EvidenceWriter(const rule::RuleSet& rules, const rule::View& view) : rules_(rules), view_(view) {}

  std::string name_of(rule::RecordRef record) const {
    const rule::Value key = view_.fact(record, rule::Fact::kKey);
    return rules_.sources()[record.source].name + ":" +
           std::string(key.is_unknown() ? "" : key.text);
  }

  std::string write(const rule::Finding& finding) {
    const rule::CompiledRule& compiled = rules_.compiled()[finding.compiled];
    const rule::Rule& rule = rules_.rule_of(compiled);
    json_.begin_object();
    if (finding.each) json_.member("each").text(name_of(*finding.each));
    add_exceptions(finding, compiled, rule);
    add_explains(finding);
    json_.member("rule_version").number(rule.version);
    json_.member("shown").begin_array();
    for (const rule::ShownEvidence& evidence : finding.evidence)
      add_item(evidence, compiled.evidence[evidence.evidence], rule);
    json_.end_array();
    json_.member("visit").begin_array();
    for (const rule::VisitQuestion& q : rule.visit) add_titled(q.id, q.title);
    json_.end_array();
    json_.end_object();
    return json_.take();
  }

 private:
  void add_titled(std::string_view id, std::string_view title) {
    json_.element().begin_object();
    json_.member("id").text(id);
    json_.member("title").text(title);
    json_.end_object();
  }

  void add_item(const rule::ShownEvidence& shown, const rule::CompiledEvidence& evidence,
                const rule::Rule& rule) {
    const std::string& title = rule.evidence[evidence.item].title;
    const rule::ValueKind kind = evidence.type.kind;
    json_.element().begin_object();
    if (kind == rule::ValueKind::kRecord || kind == rule::ValueKind::kList) {
      json_.member("records").begin_array();
      for (const rule::ShownRecord& record : shown.records) add_record(record, evidence);
      json_.end_array();
      json_.member("title").text(title);
    } else {
      json_.member("title").text(title);
      json_.member("value").text(rule::display_value(shown.value));
    }
    json_.end_object();
  }

  void add_record(const rule::ShownRecord& shown, const rule::CompiledEvidence& evidence) {
    json_.element().begin_object();
    json_.member("fields").begin_array();
    for (const rule::FieldIndex index : evidence.fields) {
      const std::string value = view_.display(shown.record, index);
      if (value.empty()) continue;
      const rule::Field& field = rules_.sources()[shown.record.source].fields[index];
      json_.element().begin_object();
      json_.member("field").text(field.name);
      json_.member("title").text(field.title);
      json_.member("value").text(value);
      json_.end_object();
    }
    json_.end_array();
    if (shown.level != rule::LinkLevel::kNone)
      json_.member("level").text(rule::level_name(shown.level));
    json_.member("record").text(name_of(shown.record));
    json_.end_object();
  }

  void add_exceptions(const rule::Finding& finding, const rule::CompiledRule& compiled,
                      const rule::Rule& rule) {
    const auto is_open = [&](const rule::CompiledException& exception) {
      return std::ranges::find(finding.undecided, exception.exception) != finding.undecided.end();
    };
    json_.member("exceptions_tested").begin_array();
    for (const rule::CompiledException& exception : compiled.exceptions) {
      if (!is_open(exception)) json_.element().text(rule.exceptions[exception.exception].id);
    }
    json_.end_array();
    json_.member("exceptions_undecided").begin_array();
    for (const rule::CompiledException& exception : compiled.exceptions) {
      const rule::Exception& declared = rule.exceptions[exception.exception];
      if (is_open(exception)) add_titled(declared.id, declared.title);
    }
    json_.end_array();
  }

  void add_explains(const rule::Finding& finding) {
    if (finding.explains.empty()) return;
    json_.member("explains").begin_array();
    for (const std::uint16_t other : finding.explains)
      json_.element().text(rules_.rules()[other].id);
    json_.end_array();
  }

  const rule::RuleSet& rules_;
  const rule::View& view_;
  CanonicalJson json_;
};

}  // namespace

Flag make_flag(const rule::Finding& finding, const rule::RuleSet& rules, const rule::View& view) {
  EvidenceWriter writer(rules, view);
  const rule::CompiledRule& compiled = rules.compiled()[finding.compiled];
  Flag flag;
  flag.rule = rules.rule_of(compiled).id;
  flag.source = rules.sources()[compiled.source].name;
  flag.severity = finding.severity;
  flag.level = finding.level;
  const rule::Value key = view.fact(finding.record, rule::Fact::kKey);
  flag.subject = key.is_unknown() ? "" : key.text;
  if (finding.household) {
    flag.subject_kind = rule::SubjectKind::kHousehold;
    flag.subject = view.household_key(*finding.household);
  }
  const rule::Value division = view.fact(finding.record, rule::Fact::kDivision);
  if (!division.is_unknown()) flag.division = division.text;
  flag.flag_id = flag_id_of(flag.rule, flag.source + ":" + flag.subject,
                            finding.each ? writer.name_of(*finding.each) : "");
  flag.evidence = writer.write(finding);
  flag.evidence_hash = hash_bytes(flag.evidence);
  return flag;
}

std::string each_of(std::string_view evidence) {
  constexpr std::string_view kStart = R"({"each":)";  // the first member of all, by name
  if (!evidence.starts_with(kStart)) return {};
  const std::string_view rest = evidence.substr(kStart.size());
  std::size_t end = 1;
  while (end < rest.size() && rest[end] != '"') end += rest[end] == '\\' ? 2 : 1;
  boost::system::error_code failure;
  const boost::json::value each = boost::json::parse(rest.substr(0, end + 1), failure);
  return failure || !each.is_string() ? std::string() : std::string(each.get_string());
}

}  // namespace bidui::flag
