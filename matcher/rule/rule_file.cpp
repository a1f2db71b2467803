#include "matcher/rule/rule_file.h"

#include <array>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <utility>

#include "matcher/base/hash.h"
#include "matcher/rule/calendar.h"
#include "matcher/rule/suggest.h"

// Reads an optional or required member into `target` by the JsonReader method `how`.
#define BIDUI_READ(reader, key, how, target)        \
  do {                                              \
    const auto bidui_member = (reader).member(key); \
    if (!bidui_member) return bidui_member.error(); \
    auto bidui_value = bidui_member->how();         \
    if (!bidui_value) return bidui_value.error();   \
    (target) = std::move(*bidui_value);             \
  } while (false)
#define BIDUI_READ_IF(reader, key, how, target)                  \
  do {                                                           \
    if ((reader).has(key)) BIDUI_READ(reader, key, how, target); \
  } while (false)

namespace bidui::rule {
namespace {

// `title`, and `title_en`, which a county's own rule may leave out.
template <typename Titled>
Status read_titles(const JsonReader& reader, Titled& titled) {
  BIDUI_READ(reader, "title", text, titled.title);
  titled.title_en = titled.title;
  BIDUI_READ_IF(reader, "title_en", text, titled.title_en);
  return {};
}

// Calls `read` with each element of the list `key`, if there is one.
template <typename Read>
Status each_item(const JsonReader& reader, std::string_view key, Read read) {
  if (!reader.has(key)) return {};
  const auto list = reader.member(key);
  const auto items = list->items();
  if (!items) return items.error();
  for (const JsonReader& item : *items) BIDUI_TRY(read(item));
  return {};
}

Status read_severity(const JsonReader& reader, Severity& severity) {
  const auto name = reader.text();
  if (!name) return name.error();
  const auto parsed = parse_severity(*name);
  if (!parsed)
    return reader.error({"severity 取 H、M、L、I 之一", "severity is one of H, M, L, I"});
  severity = *parsed;
  return {};
}

Status read_level(const JsonReader& reader, LinkLevel& level) {
  const auto name = reader.text();
  if (!name) return name.error();
  for (const LinkLevel known : {LinkLevel::kL1, LinkLevel::kL2, LinkLevel::kL3}) {
    if (level_name(known) != *name) continue;
    level = known;
    return {};
  }
  return reader.error({"level 取 L1、L2、L3 之一", "level is one of L1, L2, L3"});
}

Status read_touches(const JsonReader& reader, Touches& touches) {
  const auto name = reader.text();
  if (!name) return name.error();
  for (const Touches known : {Touches::kEntitlement, Touches::kDataQuality}) {
    if (touches_name(known) != *name) continue;
    touches = known;
    return {};
  }
  return reader.error({"touches 取 entitlement（影响待遇）或 data_quality（只涉及数据质量）",
                       "touches is 'entitlement' or 'data_quality'"});
}

Status read_subject_source(const JsonReader& reader, Rule& rule) {
  Subject subject;
  if (reader.value().is_string()) {
    subject.source = *reader.text();
  } else {
    BIDUI_TRY(reader.allow_keys({"source", "where"}));
    BIDUI_READ(reader, "source", text, subject.source);
    BIDUI_READ_IF(reader, "where", expression, subject.where);
  }
  rule.subjects.push_back(std::move(subject));
  return {};
}

Status read_subject(const JsonReader& reader, Rule& rule) {
  BIDUI_TRY(reader.allow_keys({"kind", "sources"}));
  std::string kind;
  BIDUI_READ(reader, "kind", text, kind);
  if (kind != "record" && kind != "household") {
    return reader.member("kind")->error(
        {"kind 取 record 或 household", "kind is 'record' or 'household'"});
  }
  rule.subject_kind = kind == "record" ? SubjectKind::kRecord : SubjectKind::kHousehold;
  BIDUI_TRY(each_item(reader, "sources",
                      [&rule](const JsonReader& item) { return read_subject_source(item, rule); }));
  if (rule.subjects.empty())
    return reader.error({"规则至少要有一个对象来源", "a rule needs at least one subject source"});
  return {};
}

Status read_need(const JsonReader& reader, Rule& rule) {
  Need need;
  if (reader.value().is_string()) {
    need.source = *reader.text();
  } else {
    BIDUI_TRY(reader.allow_keys({"source", "max_age_days"}));
    BIDUI_READ(reader, "source", text, need.source);
    BIDUI_READ_IF(reader, "max_age_days", whole_number, need.max_age_days);
  }
  rule.needs.push_back(std::move(need));
  return {};
}

// The value decides the kind; `type` makes days, months or a date of a number or text.
Result<ValueKind> parameter_kind(const JsonReader& reader, const boost::json::value& sample) {
  std::string type;
  BIDUI_READ_IF(reader, "type", text, type);
  if (type == "days" && sample.is_number()) return ValueKind::kDays;
  if (type == "months" && sample.is_number()) return ValueKind::kMonths;
  if (type == "date" && sample.is_string()) return ValueKind::kDate;
  if (!type.empty() && type != "number" && type != "text") {
    return reader.error({"type 取 number、text、days、months 或 date，并与 default 相符",
                         "type is number, text, days, months or date, and fits the default"});
  }
  if (sample.is_number()) return ValueKind::kNumber;
  if (sample.is_string()) return ValueKind::kText;
  if (sample.is_bool()) return ValueKind::kBoolean;
  return reader.error({"参数是数、文本、true/false，或文本、数的列表",
                       "a parameter is a number, text, true/false, or a list of texts or numbers"});
}

Status add_parameter_value(const JsonReader& reader, ValueKind kind, Parameter& parameter) {
  if (kind == ValueKind::kText || kind == ValueKind::kDate) {
    auto text = reader.text();
    if (!text) return text.error();
    if (kind == ValueKind::kDate && !parse_date_text(*text))
      return reader.error({"不是日期", "not a date"});
    parameter.texts.push_back(std::move(*text));
    return {};
  }
  if (kind == ValueKind::kBoolean) {
    if (!reader.value().is_bool())
      return reader.error({"这里应是 true 或 false", "true or false should stand here"});
    parameter.numbers.push_back(reader.value().get_bool() ? 1 : 0);
    return {};
  }
  const auto number = reader.number();
  if (!number) return number.error();
  parameter.numbers.push_back(*number);
  return {};
}

Status read_parameter(const JsonReader& reader, Rule& rule) {
  BIDUI_TRY(reader.allow_keys({"name", "title", "title_en", "type", "default"}));
  Parameter parameter;
  BIDUI_READ(reader, "name", text, parameter.name);
  BIDUI_TRY(read_titles(reader, parameter));
  const auto value = reader.member("default");
  if (!value) return value.error();
  const auto* array = value->value().if_array();
  if (array != nullptr && array->empty())
    return value->error({"空列表没有类型", "an empty list has no type"});
  const auto kind = parameter_kind(reader, array != nullptr ? array->front() : value->value());
  if (!kind) return kind.error();
  parameter.type = Type::of(*kind);
  if (array != nullptr) parameter.type = Type::list(parameter.type);
  BIDUI_TRY(set_parameter(*value, parameter));
  rule.parameters.push_back(std::move(parameter));
  return {};
}

Status read_definition(const JsonReader& reader, Rule& rule) {
  BIDUI_TRY(reader.allow_keys({"name", "is"}));
  Definition definition;
  BIDUI_READ(reader, "name", text, definition.name);
  BIDUI_READ(reader, "is", expression, definition.text);
  rule.definitions.push_back(std::move(definition));
  return {};
}

Status read_exception(const JsonReader& reader, Rule& rule) {
  BIDUI_TRY(reader.allow_keys({"id", "title", "title_en", "when", "sources"}));
  Exception exception;
  BIDUI_READ(reader, "id", text, exception.id);
  BIDUI_TRY(read_titles(reader, exception));
  BIDUI_READ(reader, "when", expression, exception.when);
  BIDUI_READ_IF(reader, "sources", texts, exception.sources);
  rule.exceptions.push_back(std::move(exception));
  return {};
}

Status read_visit(const JsonReader& reader, Rule& rule) {
  BIDUI_TRY(reader.allow_keys({"id", "title", "title_en"}));
  VisitQuestion question;
  BIDUI_READ(reader, "id", text, question.id);
  BIDUI_TRY(read_titles(reader, question));
  rule.visit.push_back(std::move(question));
  return {};
}

Status read_evidence(const JsonReader& reader, Rule& rule) {
  BIDUI_TRY(reader.allow_keys({"title", "title_en", "show", "fields", "supports"}));
  EvidenceItem item;
  BIDUI_TRY(read_titles(reader, item));
  BIDUI_READ(reader, "show", expression, item.show);
  BIDUI_READ_IF(reader, "fields", texts, item.fields);
  BIDUI_READ_IF(reader, "supports", flag, item.supports);
  rule.evidence.push_back(std::move(item));
  return {};
}

Status read_severity_case(const JsonReader& reader, Rule& rule) {
  BIDUI_TRY(reader.allow_keys({"severity", "when", "sources"}));
  SeverityCase severity_case;
  const auto name = reader.member("severity");
  if (!name) return name.error();
  BIDUI_TRY(read_severity(*name, severity_case.severity));
  BIDUI_READ(reader, "when", expression, severity_case.when);
  BIDUI_READ_IF(reader, "sources", texts, severity_case.sources);
  rule.severity_cases.push_back(std::move(severity_case));
  return {};
}

// `basis`, and `basis_en`: one for each, or none at all.
Status read_basis(const JsonReader& reader, Rule& rule) {
  std::vector<std::string> basis;
  BIDUI_READ(reader, "basis", texts, basis);
  std::vector<std::string> english = basis;
  BIDUI_READ_IF(reader, "basis_en", texts, english);
  if (english.size() != basis.size()) {
    return reader.member("basis_en")
        ->error({"basis_en 与 basis 逐条对应", "basis_en has an item for each of basis"});
  }
  for (std::size_t i = 0; i < basis.size(); ++i)
    rule.basis.push_back({.zh = std::move(basis[i]), .en = std::move(english[i])});
  return {};
}

Status read_head(const JsonReader& reader, Rule& rule) {
  BIDUI_READ(reader, "id", text, rule.id);
  BIDUI_READ(reader, "version", whole_number, rule.version);
  BIDUI_READ(reader, "title", text, rule.title);
  BIDUI_READ(reader, "title_en", text, rule.title_en);
  BIDUI_READ_IF(reader, "grace_days", whole_number, rule.grace_days);
  BIDUI_READ(reader, "deadline_days", whole_number, rule.deadline_days);
  BIDUI_TRY(read_basis(reader, rule));
  BIDUI_READ_IF(reader, "suppresses", texts, rule.suppresses);
  const auto severity = reader.member("severity");
  if (!severity) return severity.error();
  BIDUI_TRY(read_severity(*severity, rule.severity));
  const auto level = reader.member("level");
  if (!level) return level.error();
  BIDUI_TRY(read_level(*level, rule.level));
  const auto touches = reader.member("touches");
  if (!touches) return touches.error();
  BIDUI_TRY(read_touches(*touches, rule.touches));
  const auto subject = reader.member("subject");
  if (!subject) return subject.error();
  return read_subject(*subject, rule);
}

Status read_each(const JsonReader& reader, Rule& rule) {
  if (!reader.has("each")) return {};
  const auto each = reader.member("each");
  BIDUI_TRY(each->allow_keys({"name", "in"}));
  rule.each.emplace();
  BIDUI_READ(*each, "name", text, rule.each->name);
  BIDUI_READ(*each, "in", expression, rule.each->in);
  return {};
}

template <typename Reader>
Status read_list(const JsonReader& reader, std::string_view key, Rule& rule, Reader read) {
  return each_item(reader, key, [&](const JsonReader& item) { return read(item, rule); });
}

Status read_rule(const JsonReader& reader, Rule& rule) {
  BIDUI_TRY(reader.allow_keys(
      {"id",     "version",  "title",      "title_en",   "severity",      "severity_cases",
       "level",  "subject",  "needs",      "grace_days", "deadline_days", "parameters",
       "define", "each",     "when",       "exceptions", "visit",         "evidence",
       "basis",  "basis_en", "suppresses", "touches"}));
  BIDUI_TRY(read_head(reader, rule));
  BIDUI_TRY(read_list(reader, "needs", rule, read_need));
  BIDUI_TRY(read_list(reader, "parameters", rule, read_parameter));
  BIDUI_TRY(read_list(reader, "define", rule, read_definition));
  BIDUI_TRY(read_each(reader, rule));
  BIDUI_READ(reader, "when", expression, rule.when);
  BIDUI_TRY(read_list(reader, "severity_cases", rule, read_severity_case));
  BIDUI_TRY(read_list(reader, "exceptions", rule, read_exception));
  BIDUI_TRY(read_list(reader, "visit", rule, read_visit));
  return read_list(reader, "evidence", rule, read_evidence);
}

Status apply_parameters(Rule& rule, const JsonReader& values) {
  const auto given = values.members();
  if (!given) return given.error();
  for (const auto& [name, value] : *given) {
    std::vector<std::string> names;
    bool found = false;
    for (Parameter& parameter : rule.parameters) {
      names.push_back(parameter.name);
      if (parameter.name != name) continue;
      found = true;
      BIDUI_TRY(set_parameter(value, parameter));
    }
    if (!found) {
      return value.error(Bilingual{fmt::format("{} 没有参数“{}”", rule.id, name),
                                   fmt::format("{} has no parameter '{}'", rule.id, name)} +
                         suggestion(name, names));
    }
  }
  return {};
}

}  // namespace

Status set_parameter(const JsonReader& value, Parameter& parameter) {
  parameter.numbers.clear();
  parameter.texts.clear();
  if (parameter.type.kind != ValueKind::kList) {
    return add_parameter_value(value, parameter.type.kind, parameter);
  }
  const auto items = value.items();
  if (!items) return items.error();
  for (const JsonReader& item : *items) {
    BIDUI_TRY(add_parameter_value(item, parameter.type.element, parameter));
  }
  return {};
}

std::string_view severity_name(Severity severity) {
  constexpr std::array<std::string_view, 4> kNames = {"I", "L", "M", "H"};
  return kNames[static_cast<std::size_t>(severity)];
}

std::string_view touches_name(Touches touches) {
  return touches == Touches::kEntitlement ? "entitlement" : "data_quality";
}

std::optional<Severity> parse_severity(std::string_view name) {
  for (const Severity severity :
       {Severity::kInfo, Severity::kLow, Severity::kMedium, Severity::kHigh}) {
    if (severity_name(severity) == name) return severity;
  }
  return std::nullopt;
}

Result<Rule> parse_rule(const NamedText& file) {
  const auto json = parse_json_file(file.name, file.text);
  if (!json) return json.error();
  Rule rule;
  BIDUI_TRY(read_rule(JsonReader(**json), rule));
  rule.content_hash = hash_bytes(file.text);
  return rule;
}

Status apply_profile(Rule& rule, const JsonReader& entry) {
  BIDUI_TRY(entry.allow_keys({"enabled", "severity", "grace_days", "deadline_days", "parameters"}));
  BIDUI_READ_IF(entry, "grace_days", whole_number, rule.grace_days);
  BIDUI_READ_IF(entry, "deadline_days", whole_number, rule.deadline_days);
  if (entry.has("severity")) {
    BIDUI_TRY(read_severity(*entry.member("severity"), rule.severity));
    rule.severity_cases.clear();
  }
  if (entry.has("parameters")) BIDUI_TRY(apply_parameters(rule, *entry.member("parameters")));
  rule.content_hash = hash_bytes(boost::json::serialize(entry.value()), rule.content_hash);
  return {};
}

}  // namespace bidui::rule
