#include "workspace/english_report.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <unordered_map>

#include "connectors/delimited/reject.h"
#include "matcher/model/model.h"
#include "matcher/record/feature_builder.h"
#include "workspace/english_sentences.h"
#include "workspace/wording.h"

namespace bidui::workspace {
namespace {

namespace report = connectors::report;

const schema::Schema* find_schema(std::span<const schema::Schema> schemas,
                                  std::string_view instance) {
  const auto at =
      std::ranges::find(schemas, instance.substr(0, instance.find('@')), &schema::Schema::source);
  return at == schemas.end() ? nullptr : &*at;
}

// "Rural housing (county)" of "housing@county".
std::string title_of(std::span<const schema::Schema> schemas, std::string_view instance) {
  const schema::Schema* const schema = find_schema(schemas, instance);
  if (schema == nullptr) return std::string(instance);
  const std::size_t at = instance.find('@');
  if (at == std::string_view::npos) return schema->title_en;
  return fmt::format("{} ({})", schema->title_en, instance.substr(at + 1));
}

// What the program says of any rule and source.
Glossary common_terms(std::span<const schema::Schema> schemas) {
  Glossary terms(english_sentences());
  for (const SentencePair& term : english_terms()) terms.add(term.zh, term.en);
  for (const schema::Schema& schema : schemas) terms.add(schema.title, schema.title_en);
  for (int c = 0; c < compare::kPersonComparisons; ++c) {
    terms.add(model::comparison_title(c), spaced(model::comparison_name(c)));
    for (int level = 0; level < compare::kLevelCount; ++level)
      terms.add(model::level_title(c, level), spaced(model::level_name(c, level)));
  }
  for (std::size_t i = 0; i < static_cast<std::size_t>(record::Repair::kCount); ++i) {
    const auto repair = static_cast<record::Repair>(i);
    terms.add(record::repair_title(repair), spaced(record::repair_name(repair)));
  }
  for (std::size_t i = 0; i < connectors::kRejectReasons; ++i) {
    const auto reason = static_cast<connectors::RejectReason>(i);
    terms.add(connectors::reject_reason_sentence(reason),
              spaced(connectors::reject_reason_name(reason)));
  }
  return terms;
}

Glossary terms_of(const rule::Rule& rule) {
  Glossary terms;
  for (const rule::Exception& e : rule.exceptions) terms.add(e.title, e.title_en);
  for (const rule::VisitQuestion& q : rule.visit) terms.add(q.title, q.title_en);
  for (const rule::EvidenceItem& e : rule.evidence) terms.add(e.title, e.title_en);
  for (const Bilingual& b : rule.basis) terms.add(b.zh, b.en);
  return terms;
}

std::string definition_of(const rule::Rule& rule, std::span<const schema::Schema> schemas) {
  std::vector<std::string> subjects;
  for (const rule::Subject& s : rule.subjects) subjects.push_back(title_of(schemas, s.source));
  std::string text =
      fmt::format("Looks at {} of: {}",
                  rule.subject_kind == rule::SubjectKind::kRecord ? "records" : "households",
                  join(subjects, Locale::kEnglish));
  std::vector<std::string> needs;
  for (const rule::Need& n : rule.needs) needs.push_back(title_of(schemas, n.source));
  if (!needs.empty()) text += "; against: " + join(needs, Locale::kEnglish);
  if (rule.grace_days > 0) text += fmt::format("; {} days of grace", rule.grace_days);
  std::vector<Bilingual> exceptions;
  for (const rule::Exception& e : rule.exceptions) exceptions.push_back({e.title, e.title_en});
  if (!exceptions.empty())
    text += "; no flag where: " + join_sentences(exceptions, Locale::kEnglish);
  return text + ".";
}

class Translator {
 public:
  Translator(std::span<const rule::Rule> rules, std::span<const schema::Schema> schemas)
      : rules_(rules), schemas_(schemas), terms_(report_glossary(rules, schemas)) {
    for (const rule::Rule& rule : rules) by_rule_.emplace(rule.id, terms_of(rule));
  }

  void translate(report::ReportData& data) const {
    for (report::SourceRow& row : data.sources) row.title = title_of(schemas_, row.source);
    for (report::LinkRow& row : data.links) put(row.note);
    for (report::RuleRow& row : data.rules) translate(row);
    for (report::FlagRow& row : data.flags) translate(row);
    for (report::PossibleLink& link : data.possible) {
      for (report::EvidenceLine& line : link.evidence) translate(Glossary(), line);
    }
    for (report::RejectRow& row : data.rejects) {
      put(row.reason);
      row.field = field_title(row.source, row.field);
    }
    for (report::RepairRow& row : data.repairs) put(row.repair);
    for (std::string& note : data.notes) put(note);
    translate(data.errors);
  }

 private:
  void put(std::string& text) const { text = terms_.english(text); }

  // The field's identifier where the source has one of the title; "" stays.
  std::string field_title(std::string_view instance, const std::string& title) const {
    if (const schema::Schema* const schema = find_schema(schemas_, instance)) {
      const auto at = std::ranges::find(schema->fields, title, &schema::Field::title);
      if (at != schema->fields.end()) return spaced(at->id);
    }
    return terms_.english(title);
  }

  void translate(report::RuleRow& row) const {
    put(row.not_evaluated);
    const auto rule = std::ranges::find(rules_, row.id, &rule::Rule::id);
    if (rule == rules_.end()) return;
    row.title = rule->title_en;
    row.definition = definition_of(*rule, schemas_);
  }

  void translate(report::FlagRow& row) const {
    const auto own = by_rule_.find(row.rule);
    const Glossary& terms = own == by_rule_.end() ? none_ : own->second;
    row.basis = terms.english_list(row.basis, "；", "; ");
    constexpr std::string_view kWhether = "是否：";
    if (row.visit.starts_with(kWhether)) {
      const std::string_view questions = std::string_view(row.visit).substr(kWhether.size());
      row.visit = "whether: " + terms.english_list(questions, "；", "; ");
    }
    for (report::EvidenceLine& line : row.evidence) translate(terms, line);
  }

  void translate(const Glossary& terms, report::EvidenceLine& line) const {
    const std::string item = terms.english(line.label);
    if (item == line.label) {  // a field's
      line.label = field_title(line.left_source, line.label);
    } else {
      line.label = item;
      line.left_value = fields_and_values(line.left_source, line.left_value);
    }
    if (line.left_source.empty()) line.left_value = value_words(line.left_value);
    line.right_value = without_chinese_remark(line.right_value);
  }

  // "死亡日期 2017-03-08 · 户编号 12"
  std::string fields_and_values(std::string_view instance, std::string_view text) const {
    constexpr std::string_view kBetween = " · ";
    std::string english;
    while (!text.empty()) {
      const std::string_view part = text.substr(0, text.find(kBetween));
      text.remove_prefix(std::min(text.size(), part.size() + kBetween.size()));
      const std::string title(part.substr(0, part.find(' ')));
      const std::string name = title.size() < part.size() ? field_title(instance, title) : title;
      if (!english.empty()) english += kBetween;
      english += name;
      english += part.substr(title.size());
    }
    return english;
  }

  std::string value_words(std::string_view value) const {
    return terms_.english(truth_words(value, Locale::kEnglish));
  }

  // The remark on how two values differ: "张*（同音字）".
  std::string without_chinese_remark(const std::string& value) const {
    constexpr std::string_view kOpen = "（";
    constexpr std::string_view kClose = "）";
    const std::size_t open = value.rfind(kOpen);
    if (open == std::string::npos || !value.ends_with(kClose)) return value;
    const std::size_t begin = open + kOpen.size();
    const std::string remark = value.substr(begin, value.size() - kClose.size() - begin);
    const std::string english = terms_.english(remark);
    return english == remark ? value : value.substr(0, open) + " (" + english + ")";
  }

  void translate(report::ErrorReport& errors) const {
    put(errors.basis);
    for (report::ErrorRow& row : errors.rows) {
      put(row.dimension);
      put(row.group);
    }
    for (report::CaptureRow& row : errors.captured) put(row.sources);
    for (report::LevelRow& row : errors.levels) {
      put(row.source);
      put(row.comparison);
      put(row.level);
    }
    for (std::string& limit : errors.limits) put(limit);
  }

  std::span<const rule::Rule> rules_;
  std::span<const schema::Schema> schemas_;
  Glossary terms_;
  std::unordered_map<std::string, Glossary> by_rule_;
  Glossary none_;
};

}  // namespace

Glossary report_glossary(std::span<const rule::Rule> rules,
                         std::span<const schema::Schema> schemas) {
  Glossary terms = common_terms(schemas);
  for (const rule::Rule& rule : rules) terms.add(rule.title, rule.title_en);
  return terms;
}

void put_in_english(std::span<const rule::Rule> rules, std::span<const schema::Schema> schemas,
                    report::ReportData& data) {
  Translator(rules, schemas).translate(data);
}

}  // namespace bidui::workspace
