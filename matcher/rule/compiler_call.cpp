// The part of the compiler that resolves fields, members, functions and list macros.
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

#include "matcher/rule/calendar.h"
#include "matcher/rule/compiler.h"
#include "matcher/rule/facts.h"
#include "matcher/rule/function_table.h"
#include "matcher/rule/suggest.h"
#include "matcher/rule/view.h"

namespace bidui::rule {
namespace {

std::vector<std::string> to_strings(std::span<const std::string_view> names) {
  return {names.begin(), names.end()};
}

std::optional<Op> macro_op(std::string_view name) {
  if (name == "exists") return Op::kExists;
  if (name == "exists_one") return Op::kExistsOne;
  if (name == "all") return Op::kAll;
  if (name == "filter") return Op::kFilter;
  if (name == "map") return Op::kMap;
  return std::nullopt;
}

std::size_t arity(const Function& function) {
  return static_cast<std::size_t>(
      std::count_if(function.arguments.begin(), function.arguments.end(),
                    [](Argument argument) { return argument != Argument::kNone; }));
}

bool takes(const Function& function, const Typed* receiver) {
  if (receiver == nullptr) return function.receiver == ValueKind::kUnknown;
  if (function.receiver != receiver->type.kind) return false;
  return function.receiver_element == ValueKind::kUnknown ||
         function.receiver_element == receiver->type.element;
}

ValueKind argument_kind(Argument argument) {
  switch (argument) {
    case Argument::kNumber:
      return ValueKind::kNumber;
    case Argument::kText:
    case Argument::kSource:
      return ValueKind::kText;
    case Argument::kDate:
      return ValueKind::kDate;
    case Argument::kRecord:
      return ValueKind::kRecord;
    case Argument::kLevel:
      return ValueKind::kLevel;
    case Argument::kNone:
      break;
  }
  return ValueKind::kUnknown;
}

Type result_type(const Function& function, const Typed* receiver, SourceIndex argument_source) {
  if (function.op == Op::kKnown) return receiver->type;
  Type type = Type::of(function.result);
  type.element = function.result_element;
  if (function.result_source == ResultSource::kArgument) type.source = argument_source;
  if (function.result_source == ResultSource::kReceiver) type.source = receiver->type.source;
  if (function.op == Op::kNameRelation) {
    static const std::vector<std::string> codes = to_strings(name_relation_codes());
    type.codes = &codes;
  }
  return type;
}

// What may follow a value after a dot, for suggestions.
std::vector<std::string> member_names(const Typed& target, const std::vector<SourceType>& sources,
                                      bool with_call) {
  std::vector<std::string> names;
  for (const Function& function : functions()) {
    if (takes(function, &target) && (with_call != function.is_member)) {
      names.emplace_back(function.name);
    }
  }
  const ValueKind kind = target.type.kind;
  if (with_call && kind == ValueKind::kList) {
    names.insert(names.end(), {"exists", "exists_one", "all", "filter", "map"});
  }
  if (with_call || (kind != ValueKind::kRecord && kind != ValueKind::kHousehold)) return names;
  for (const Field& field : sources[target.type.source].fields) names.push_back(field.name);
  if (kind == ValueKind::kRecord) {
    for (const FactType& fact : fact_types()) names.emplace_back(fact.name);
  }
  return names;
}

}  // namespace

Result<Typed> Compiler::visit_member(const Syntax& syntax) {
  auto target = visit(*syntax.children[0]);
  if (!target) return target;
  for (const Function& function : functions()) {
    if (!function.is_member || function.name != syntax.text || !takes(function, &*target)) continue;
    if (function.asks_registry) BIDUI_TRY(check_registry(syntax, *target));
    return typed({.op = function.op,
                  .source = target->type.source,
                  .index = function.index,
                  .children = {target->node}},
                 result_type(function, &*target, 0));
  }
  if (target->type.kind == ValueKind::kRecord) return visit_record_member(syntax, *target);
  if (target->type.kind == ValueKind::kHousehold) return visit_household_member(syntax, *target);
  const Bilingual kind = name_of(target->type);
  return error(syntax, Bilingual{fmt::format("{}没有成员“{}”", kind.zh, syntax.text),
                                 fmt::format("a {} has no member '{}'", kind.en, syntax.text)} +
                           suggestion(syntax.text, member_names(*target, sources_, false)));
}

// Kinship and splits are asked of a registry that records them.
Status Compiler::check_registry(const Syntax& syntax, const Typed& target) {
  const SourceType& source = sources_[target.type.source];
  if (find_field(source, "father_id") >= 0 && find_field(source, "previous_household_no") >= 0)
    return {};
  return error(syntax, {fmt::format("{} 没有亲属和分户登记；“{}”要问户籍的记录或户，如 "
                                    "r.links('civil', L3)",
                                    source.name, syntax.text),
                        fmt::format("{} does not record kinship and splits; '{}' is for records or "
                                    "households of the civil registry, as of r.links('civil', L3)",
                                    source.name, syntax.text)});
}

Result<Typed> Compiler::visit_record_member(const Syntax& syntax, const Typed& record) {
  const SourceType& source = sources_[record.type.source];
  const int index = find_field(source, syntax.text);
  if (index >= 0) {
    const Field& field = source.fields[static_cast<std::size_t>(index)];
    Type type = Type::of(value_kind(field.type));
    type.codes = field.type == FieldType::kCode ? &field.codes : nullptr;
    type.personal = field.personal;
    return typed(
        {.op = Op::kField, .index = static_cast<std::uint16_t>(index), .children = {record.node}},
        type);
  }
  if (const FactType* fact = find_fact(syntax.text)) {
    Type type = Type::of(fact->kind);
    type.codes = fact_codes(fact->fact);
    type.personal = fact->fact == Fact::kIdBirth;
    return typed({.op = Op::kFact,
                  .index = static_cast<std::uint16_t>(fact->fact),
                  .children = {record.node}},
                 type);
  }
  return error(syntax, Bilingual{fmt::format("{} 没有字段“{}”", source.name, syntax.text),
                                 fmt::format("{} has no field '{}'", source.name, syntax.text)} +
                           suggestion(syntax.text, member_names(record, sources_, false)));
}

Result<Typed> Compiler::visit_household_member(const Syntax& syntax, const Typed& household) {
  const SourceType& source = sources_[household.type.source];
  const int index = find_field(source, syntax.text);
  if (index < 0) {
    return error(syntax, Bilingual{fmt::format("{} 的户没有字段“{}”", source.name, syntax.text),
                                   fmt::format("a household of {} has no field '{}'", source.name,
                                               syntax.text)} +
                             suggestion(syntax.text, member_names(household, sources_, false)));
  }
  const Field& field = source.fields[static_cast<std::size_t>(index)];
  Type type = Type::of(value_kind(field.type));
  type.codes = field.type == FieldType::kCode ? &field.codes : nullptr;
  type.personal = field.personal;
  return typed({.op = Op::kHouseholdField,
                .index = static_cast<std::uint16_t>(index),
                .children = {household.node}},
               type);
}

Result<Typed> Compiler::visit_method(const Syntax& syntax) {
  if (const auto op = macro_op(syntax.text)) return visit_macro(syntax, *op);
  auto receiver = visit(*syntax.children[0]);
  if (!receiver) return receiver;
  return call_function(syntax, &*receiver, 1);
}

Result<Typed> Compiler::visit_call(const Syntax& syntax) {
  return call_function(syntax, nullptr, 0);
}

Result<Typed> Compiler::visit_macro(const Syntax& syntax, Op op) {
  auto list = visit_wanted(*syntax.children[0], ValueKind::kList,
                           {"“." + syntax.text + "”前面应是", "before '." + syntax.text + "'"});
  if (!list) return list;
  if (syntax.children.size() != 3 || syntax.children[1]->kind != SyntaxKind::kName) {
    return error(syntax, {fmt::format("{0} 的写法是 列表.{0}(x, 表达式)", syntax.text),
                          fmt::format("{0} is written LIST.{0}(x, EXPRESSION)", syntax.text)});
  }
  const std::uint16_t slot = add_variable(syntax.children[1]->text, list->type.element_type());
  auto body = op == Op::kMap ? visit(*syntax.children[2])
                             : visit_wanted(*syntax.children[2], ValueKind::kBoolean,
                                            {syntax.text + " 里面应是", "inside " + syntax.text});
  names_.pop_back();
  if (!body) return body;
  if (body->type.kind == ValueKind::kList)
    return error(*syntax.children[2], {"列表里不能再有列表", "a list inside a list"});
  Type type = Type::of(ValueKind::kBoolean);
  if (op == Op::kFilter) type = list->type;
  if (op == Op::kMap) type = Type::list(body->type);
  return typed({.op = op, .index = slot, .children = {list->node, body->node}}, type);
}

Result<Typed> Compiler::visit_has(const Syntax& syntax) {
  if (syntax.children.size() != 1)
    return error(syntax, {"has 带一个表达式", "has takes one expression"});
  auto value = visit(*syntax.children[0]);
  if (!value) return value;
  return typed({.op = Op::kHas, .children = {value->node}}, Type::of(ValueKind::kBoolean));
}

Result<Typed> Compiler::call_function(const Syntax& syntax, const Typed* receiver,
                                      std::size_t first_argument) {
  const std::size_t given = syntax.children.size() - first_argument;
  const Function* chosen = nullptr;
  for (const Function& function : functions()) {
    if (function.is_member || function.name != syntax.text || !takes(function, receiver)) continue;
    if (chosen == nullptr || arity(function) == given) chosen = &function;
  }
  if (chosen == nullptr) {
    std::vector<std::string> names;
    for (const Function& function : functions()) {
      if (receiver == nullptr && takes(function, nullptr)) names.emplace_back(function.name);
    }
    if (receiver != nullptr) names = member_names(*receiver, sources_, true);
    const Bilingual kind = receiver == nullptr ? Bilingual{} : name_of(receiver->type);
    const Bilingual missing =
        receiver == nullptr ? Bilingual{"不认识的函数", "unknown function"}
                            : Bilingual{kind.zh + "没有函数", "a " + kind.en + " has no function"};
    return error(syntax, missing + Bilingual{"“" + syntax.text + "”", " '" + syntax.text + "'"} +
                             suggestion(syntax.text, names));
  }
  BIDUI_TRY(check_arity(syntax, *chosen, given));
  Node node{.op = chosen->op};
  if (receiver != nullptr) {
    node.source = receiver->type.source;
    node.children[0] = receiver->node;
  }
  BIDUI_TRY(fill_arguments(syntax, *chosen, first_argument, node));
  return typed(node, result_type(*chosen, receiver, node.source));
}

Status Compiler::check_arity(const Syntax& syntax, const Function& function, std::size_t given) {
  const std::size_t wanted = arity(function);
  if (given == wanted) return {};
  return error(syntax, {fmt::format("{} 带 {} 个参数，不是 {} 个", syntax.text, wanted, given),
                        fmt::format("{} takes {} argument{}, not {}", syntax.text, wanted,
                                    wanted == 1 ? "" : "s", given)});
}

// Sources and levels go into the node itself; other arguments become its children, after the
// receiver.
Status Compiler::fill_arguments(const Syntax& syntax, const Function& function,
                                std::size_t first_argument, Node& node) {
  std::size_t next_child = function.receiver == ValueKind::kUnknown ? 0 : 1;
  for (std::size_t i = 0; first_argument + i < syntax.children.size(); ++i) {
    const Syntax& argument = *syntax.children[first_argument + i];
    if (function.arguments[i] == Argument::kSource) {
      const auto source = source_argument(argument);
      if (!source) return source.error();
      node.source = *source;
      continue;
    }
    auto value = visit_wanted(argument, argument_kind(function.arguments[i]),
                              {fmt::format("{} 的第 {} 个参数应是", syntax.text, i + 1),
                               fmt::format("as argument {} of {}", i + 1, syntax.text)});
    if (!value) return value.error();
    if (function.op == Op::kKnownKin) BIDUI_TRY(check_registry(syntax, *value));
    const Node& compiled = program_.nodes[value->node];
    if (function.arguments[i] == Argument::kLevel) {
      if (compiled.op != Op::kConstant)
        return error(argument, {"级别写作 L1、L2 或 L3", "write the level as L1, L2 or L3"});
      node.index = static_cast<std::uint16_t>(compiled.constant.level);
      continue;
    }
    if (function.op == Op::kDateFromText && compiled.op == Op::kConstant &&
        !parse_date_text(compiled.constant.text)) {
      return error(argument, {"不是日期；写作 '2016-12-31'、'2016-12' 或 '2016'",
                              "not a date; write '2016-12-31', '2016-12' or '2016'"});
    }
    node.children[next_child++] = value->node;
  }
  return {};
}

Result<SourceIndex> Compiler::source_argument(const Syntax& syntax) {
  if (syntax.kind != SyntaxKind::kText) {
    return error(syntax, {"来源名写在引号里，如 'civil'",
                          "write the source's name in quotes, e.g. 'civil'"});
  }
  const int index = find_source(sources_, syntax.text);
  if (index < 0) {
    std::vector<std::string> names;
    for (const SourceType& source : sources_) names.push_back(source.name);
    return error(syntax, Bilingual{fmt::format("没有来源“{}”", syntax.text),
                                   fmt::format("unknown source '{}'", syntax.text)} +
                             suggestion(syntax.text, names));
  }
  return static_cast<SourceIndex>(index);
}

}  // namespace bidui::rule
