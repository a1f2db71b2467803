#include "matcher/flag/make_flag.h"

#include <algorithm>
#include <boost/json.hpp>

#include "matcher/base/hash.h"
#include "matcher/flag/canonical_json.h"

namespace bidui::flag {
namespace {

namespace json = boost::json;

class EvidenceWriter {
 public:
  EvidenceWriter(const rule::RuleSet& rules, const rule::View& view) : rules_(rules), view_(view) {}

  std::string name_of(rule::RecordRef record) const {
    const rule::Value key = view_.fact(record, rule::Fact::kKey);
    return rules_.sources()[record.source].name + ":" +
           std::string(key.is_unknown() ? "" : key.text);
  }

  json::object write(const rule::Finding& finding) const {
    const rule::CompiledRule& compiled = rules_.compiled()[finding.compiled];
    const rule::Rule& rule = rules_.rule_of(compiled);
    json::object object;
    object["rule_version"] = rule.version;
    if (finding.each) object["each"] = name_of(*finding.each);
    json::array shown;
    for (const rule::ShownEvidence& evidence : finding.evidence) {
      shown.push_back(item(evidence, compiled.evidence[evidence.evidence], rule));
    }
    object["shown"] = std::move(shown);
    add_exceptions(finding, compiled, rule, object);
    json::array visit;
    for (const rule::VisitQuestion& q : rule.visit)
      visit.push_back({{"id", q.id}, {"title", q.title}});
    object["visit"] = std::move(visit);
    json::array explains;
    for (const std::uint16_t other : finding.explains)
      explains.emplace_back(rules_.rules()[other].id);
    if (!explains.empty()) object["explains"] = std::move(explains);
    return object;
  }

 private:
  json::object item(const rule::ShownEvidence& shown, const rule::CompiledEvidence& evidence,
                    const rule::Rule& rule) const {
    json::object object;
    object["title"] = rule.evidence[evidence.item].title;
    const rule::ValueKind kind = evidence.type.kind;
    if (kind != rule::ValueKind::kRecord && kind != rule::ValueKind::kList) {
      object["value"] = rule::display_value(shown.value);
      return object;
    }
    json::array records;
    for (const rule::ShownRecord& record : shown.records) {
      records.push_back(write_record(record, evidence));
    }
    object["records"] = std::move(records);
    return object;
  }

  json::object write_record(const rule::ShownRecord& shown,
                            const rule::CompiledEvidence& evidence) const {
    json::object object;
    object["record"] = name_of(shown.record);
    if (shown.level != rule::LinkLevel::kNone) object["level"] = rule::level_name(shown.level);
    json::array fields;
    for (const rule::FieldIndex index : evidence.fields) {
      const std::string value = view_.display(shown.record, index);
      if (value.empty()) continue;
      const rule::Field& field = rules_.sources()[shown.record.source].fields[index];
      fields.push_back({{"field", field.name}, {"title", field.title}, {"value", value}});
    }
    object["fields"] = std::move(fields);
    return object;
  }

  static void add_exceptions(const rule::Finding& finding, const rule::CompiledRule& compiled,
                             const rule::Rule& rule, json::object& object) {
    json::array tested;
    json::array undecided;
    for (const rule::CompiledException& exception : compiled.exceptions) {
      const rule::Exception& declared = rule.exceptions[exception.exception];
      const bool is_open = std::find(finding.undecided.begin(), finding.undecided.end(),
                                     exception.exception) != finding.undecided.end();
      if (is_open) {
        undecided.push_back({{"id", declared.id}, {"title", declared.title}});
      } else {
        tested.emplace_back(declared.id);
      }
    }
    object["exceptions_tested"] = std::move(tested);
    object["exceptions_undecided"] = std::move(undecided);
  }

  const rule::RuleSet& rules_;
  const rule::View& view_;
};

}  // namespace

Flag make_flag(const rule::Finding& finding, const rule::RuleSet& rules, const rule::View& view) {
  const EvidenceWriter writer(rules, view);
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
  flag.evidence = canonical_json(writer.write(finding));
  flag.evidence_hash = hash_bytes(flag.evidence);
  return flag;
}

}  // namespace bidui::flag
