#include "matcher/rule/rule_compiler.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "matcher/rule/calendar.h"
#include "matcher/rule/compiler.h"
#include "matcher/rule/suggest.h"

namespace bidui::rule {
namespace {

Error bad_rule(Bilingual message) {
  return bilingual_error(ErrorCode::kBadInput, std::move(message));
}

Result<SourceIndex> resolve_source(const std::vector<SourceType>& sources,
                                   const std::string& name) {
  const int index = find_source(sources, name);
  if (index >= 0) return static_cast<SourceIndex>(index);
  std::vector<std::string> names;
  for (const SourceType& source : sources) names.push_back(source.name);
  return bad_rule(
      Bilingual{fmt::format("没有来源“{}”", name), fmt::format("unknown source '{}'", name)} +
      suggestion(name, names));
}

std::vector<Value> parameter_values(const Parameter& parameter, ValueKind kind) {
  std::vector<Value> values;
  for (const std::string& text : parameter.texts) {
    const auto date = kind == ValueKind::kDate ? parse_date_text(text) : std::nullopt;
    values.push_back(date ? Value::of_date(*date) : Value::of_text(text));
  }
  for (const double number : parameter.numbers) {
    values.push_back(kind == ValueKind::kBoolean ? Value::of_boolean(number != 0)
                                                 : Value::of_number(number, kind));
  }
  return values;
}

class RuleCompiler {
 public:
  RuleCompiler(const Rule& rule, const Subject& subject, const std::vector<SourceType>& sources)
      : rule_(rule), subject_(subject), sources_(sources), compiler_(sources) {}

  Result<CompiledRule> run() {
    const auto source = resolve_source(sources_, subject_.source);
    if (!source) return source.error();
    result_.source = *source;
    const bool is_record = rule_.subject_kind == SubjectKind::kRecord;
    compiler_.add_variable(is_record ? "r" : "h",
                           is_record ? Type::record(*source) : Type::household(*source));
    BIDUI_TRY(add_needs());
    BIDUI_TRY(add_parameters());
    BIDUI_TRY(add_where());
    BIDUI_TRY(add_each());
    BIDUI_TRY(add_definitions());
    BIDUI_TRY(add_conditions());
    for (std::size_t i = 0; i < rule_.evidence.size(); ++i) BIDUI_TRY(add_evidence(i));
    result_.program = compiler_.take_program();
    return std::move(result_);
  }

 private:
  Status add_needs() {
    for (const Need& need : rule_.needs) {
      const auto source = resolve_source(sources_, need.source);
      if (!source) return source.error();
      result_.needs.push_back({*source, need.max_age_days});
    }
    return {};
  }

  Status claim(const std::string& name) {
    if (!compiler_.is_known(name)) return {};
    return bad_rule(
        {fmt::format("名字“{}”已经用了", name), fmt::format("the name '{}' is taken", name)});
  }

  Status add_parameters() {
    compiler_.add_parameter("grace", Type::of(ValueKind::kDays),
                            Value::of_number(rule_.grace_days, ValueKind::kDays));
    for (const Parameter& parameter : rule_.parameters) {
      BIDUI_TRY(claim(parameter.name));
      const bool is_list = parameter.type.kind == ValueKind::kList;
      const std::vector<Value> values =
          parameter_values(parameter, is_list ? parameter.type.element : parameter.type.kind);
      const auto count = static_cast<std::uint32_t>(values.size());
      const Value list = Value::of_list({.data = values.data(), .sure = count, .total = count});
      compiler_.add_parameter(parameter.name, parameter.type, is_list ? list : values.front());
    }
    return {};
  }

  Status add_where() {
    if (!subject_.where) return {};
    const auto where = compiler_.compile(*subject_.where, ValueKind::kBoolean);
    if (!where) return where.error();
    result_.where = where->node;
    return {};
  }

  // The list is compiled before the definitions, so that these may speak of its elements.
  Status add_each() {
    if (!rule_.each) return {};
    BIDUI_TRY(claim(rule_.each->name));
    const auto list = compiler_.compile(rule_.each->in, ValueKind::kList);
    if (!list) return list.error();
    if (list->type.element != ValueKind::kRecord) {
      return rule_.each->in.error(0, {"each 要的是记录的列表", "each walks a list of records"});
    }
    result_.each_in = list->node;
    result_.each_slot = compiler_.add_variable(rule_.each->name, list->type.element_type());
    return {};
  }

  Status add_definitions() {
    for (const Definition& definition : rule_.definitions) {
      BIDUI_TRY(claim(definition.name));
      BIDUI_TRY(compiler_.add_definition(definition.name, definition.text));
    }
    return {};
  }

  // Is an item meant for this subject source?
  bool concerns(const std::vector<std::string>& only) const {
    return only.empty() || std::find(only.begin(), only.end(), subject_.source) != only.end();
  }

  Status add_conditions() {
    const auto when = compiler_.compile(rule_.when, ValueKind::kBoolean);
    if (!when) return when.error();
    result_.when = when->node;
    for (const SeverityCase& severity : rule_.severity_cases) {
      if (!concerns(severity.sources)) continue;
      const auto root = compiler_.compile(severity.when, ValueKind::kBoolean);
      if (!root) return root.error();
      result_.severities.push_back({severity.severity, root->node});
    }
    for (std::size_t i = 0; i < rule_.exceptions.size(); ++i) {
      const Exception& exception = rule_.exceptions[i];
      if (!concerns(exception.sources)) continue;
      const auto root = compiler_.compile(exception.when, ValueKind::kBoolean);
      if (!root) return root.error();
      result_.exceptions.push_back({static_cast<std::uint16_t>(i), root->node});
    }
    return {};
  }

  Status add_evidence(std::size_t i) {
    const EvidenceItem& item = rule_.evidence[i];
    const auto show = compiler_.compile(item.show);
    if (!show) return show.error();
    CompiledEvidence compiled{.item = static_cast<std::uint16_t>(i),
                              .root = show->node,
                              .type = show->type,
                              .fields = {}};
    const bool is_record =
        show->type.kind == ValueKind::kRecord ||
        (show->type.kind == ValueKind::kList && show->type.element == ValueKind::kRecord);
    if (is_record) {
      BIDUI_TRY(add_fields(item, compiled));
    } else if (show->type.kind == ValueKind::kList || show->type.kind == ValueKind::kHousehold) {
      return item.show.error(0, {"证据显示记录、记录的列表或一个值",
                                 "evidence shows records, a list of records, or one value"});
    } else if (show->type.personal) {
      return item.show.error(0,
                             {"个人信息要由记录和它的 fields 显示（脱敏）",
                              "a personal value is shown by the record and its 'fields', masked"});
    }
    result_.evidence.push_back(std::move(compiled));
    return {};
  }

  // A field that another subject source has, but not this one, is left out.
  Status add_fields(const EvidenceItem& item, CompiledEvidence& compiled) {
    const SourceType& source = sources_[compiled.type.source];
    for (const std::string& name : item.fields) {
      const int index = find_field(source, name);
      if (index >= 0) {
        compiled.fields.push_back(static_cast<FieldIndex>(index));
        continue;
      }
      const bool elsewhere =
          std::any_of(rule_.subjects.begin(), rule_.subjects.end(), [&](const Subject& subject) {
            const int other = find_source(sources_, subject.source);
            return other >= 0 && find_field(sources_[static_cast<std::size_t>(other)], name) >= 0;
          });
      if (elsewhere && rule_.subjects.size() > 1) continue;
      std::vector<std::string> names;
      for (const Field& field : source.fields) names.push_back(field.name);
      return item.show.error(
          0, Bilingual{fmt::format("{} 没有可显示的字段“{}”", source.name, name),
                       fmt::format("{} has no field '{}' to show", source.name, name)} +
                 suggestion(name, names));
    }
    return {};
  }

  const Rule& rule_;
  const Subject& subject_;
  const std::vector<SourceType>& sources_;
  Compiler compiler_;
  CompiledRule result_;
};

}  // namespace

Result<CompiledRule> compile_rule(const std::vector<Rule>& rules, std::size_t rule,
                                  const Subject& subject, const std::vector<SourceType>& sources) {
  auto compiled = RuleCompiler(rules[rule], subject, sources).run();
  if (!compiled) return compiled;
  compiled->rule = static_cast<std::uint16_t>(rule);
  for (const std::string& id : rules[rule].suppresses) {
    const auto found =
        std::find_if(rules.begin(), rules.end(), [&id](const Rule& r) { return r.id == id; });
    if (found == rules.end()) continue;
    compiled->suppresses.push_back(static_cast<std::uint16_t>(found - rules.begin()));
  }
  return compiled;
}

}  // namespace bidui::rule
