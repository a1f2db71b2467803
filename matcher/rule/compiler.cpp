#include "matcher/rule/compiler.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

#include "matcher/rule/calendar.h"
#include "matcher/rule/parser.h"
#include "matcher/rule/suggest.h"

namespace bidui::rule {
namespace {

constexpr std::array<std::pair<std::string_view, LinkLevel>, 3> kLevels = {
    {{"L1", LinkLevel::kL1}, {"L2", LinkLevel::kL2}, {"L3", LinkLevel::kL3}}};

std::optional<Op> binary_op(std::string_view symbol) {
  constexpr std::array<std::pair<std::string_view, Op>, 13> kOps = {{{"&&", Op::kAnd},
                                                                     {"||", Op::kOr},
                                                                     {"==", Op::kEqual},
                                                                     {"!=", Op::kNotEqual},
                                                                     {"<", Op::kLess},
                                                                     {"<=", Op::kLessEqual},
                                                                     {">", Op::kGreater},
                                                                     {">=", Op::kGreaterEqual},
                                                                     {"in", Op::kIn},
                                                                     {"+", Op::kAdd},
                                                                     {"-", Op::kSubtract},
                                                                     {"*", Op::kMultiply},
                                                                     {"/", Op::kDivide}}};
  for (const auto& [text, op] : kOps) {
    if (text == symbol) return op;
  }
  return std::nullopt;
}

bool has_order(ValueKind kind) {
  return kind == ValueKind::kNumber || kind == ValueKind::kText || kind == ValueKind::kDate ||
         kind == ValueKind::kDays || kind == ValueKind::kMonths || kind == ValueKind::kLevel;
}

// The kind of `left op right`, kUnknown where the two do not go together.
ValueKind arithmetic_kind(Op op, ValueKind left, ValueKind right) {
  using K = ValueKind;
  if (left == K::kNumber && right == K::kNumber) return K::kNumber;
  if (op == Op::kMultiply || op == Op::kDivide) return K::kUnknown;
  const bool is_period = right == K::kDays || right == K::kMonths;
  if (left == K::kDate && is_period) return K::kDate;
  if (op == Op::kSubtract && left == K::kDate && right == K::kDate) return K::kDays;
  if (op == Op::kAdd && right == K::kDate && (left == K::kDays || left == K::kMonths)) {
    return K::kDate;
  }
  return left == right && is_period ? left : K::kUnknown;
}

// Lists of one kind; records and households of one source.
bool can_concatenate(const Type& left, const Type& right) {
  if (left.kind != ValueKind::kList || right.kind != ValueKind::kList) return false;
  if (left.element != right.element || left.element == ValueKind::kUnknown) return false;
  const bool of_source =
      left.element == ValueKind::kRecord || left.element == ValueKind::kHousehold;
  return !of_source || left.source == right.source;
}

}  // namespace

std::uint16_t Compiler::add_variable(std::string name, Type type) {
  const std::uint16_t slot = program_.variable_slots++;
  names_.push_back({.name = std::move(name), .type = type, .slot = slot});
  return slot;
}

void Compiler::add_parameter(std::string name, const Type& type, const Value& value) {
  Value owned = value;
  if (value.kind == ValueKind::kText) owned = own_text(value.text);
  if (value.kind == ValueKind::kList) {
    std::vector<Value>& items = program_.lists.emplace_back();
    for (std::uint32_t i = 0; i < value.list.total; ++i) {
      const Value item = element(value.list, i);
      items.push_back(item.kind == ValueKind::kText ? own_text(item.text) : item);
    }
    owned.list.data = items.data();
  }
  names_.push_back(
      {.name = std::move(name), .kind = Name::Kind::kParameter, .type = type, .constant = owned});
}

Status Compiler::add_definition(std::string name, const ExpressionText& text) {
  auto body = compile(text);
  if (!body) return body.error();
  names_.push_back({.name = std::move(name),
                    .kind = Name::Kind::kDefinition,
                    .type = body->type,
                    .slot = program_.definition_slots++,
                    .root = body->node});
  return {};
}

Result<Typed> Compiler::compile(const ExpressionText& text, std::optional<ValueKind> wanted) {
  auto syntax = parse(text);
  if (!syntax) return syntax.error();
  text_ = &text;
  if (wanted) return visit_wanted(**syntax, *wanted, {"整个表达式应是", "the whole expression"});
  return visit(**syntax);
}

bool Compiler::is_known(std::string_view name) const {
  const std::vector<std::string> names = all_names();
  return std::find(names.begin(), names.end(), name) != names.end();
}

Result<Typed> Compiler::visit(const Syntax& syntax) {
  switch (syntax.kind) {
    case SyntaxKind::kNumber:
      return typed({.constant = Value::of_number(syntax.number)}, Type::of(ValueKind::kNumber));
    case SyntaxKind::kText:
      return typed({.constant = own_text(syntax.text)}, Type::of(ValueKind::kText));
    case SyntaxKind::kBoolean:
      return typed({.constant = Value::of_boolean(syntax.number != 0)},
                   Type::of(ValueKind::kBoolean));
    case SyntaxKind::kName:
      return visit_name(syntax);
    case SyntaxKind::kMember:
      return visit_member(syntax);
    case SyntaxKind::kMethod:
      return visit_method(syntax);
    case SyntaxKind::kCall:
      return syntax.text == "has" ? visit_has(syntax) : visit_call(syntax);
    case SyntaxKind::kList:
      return visit_list(syntax);
    case SyntaxKind::kUnary:
      return visit_unary(syntax);
    case SyntaxKind::kBinary:
      return visit_binary(syntax);
    case SyntaxKind::kConditional:
      return visit_conditional(syntax);
  }
  return error(syntax, {"不是表达式", "not an expression"});
}

Result<Typed> Compiler::visit_name(const Syntax& syntax) {
  if (const Name* name = find(syntax.text)) {
    switch (name->kind) {
      case Name::Kind::kVariable:
        return typed({.op = Op::kVariable, .index = name->slot}, name->type);
      case Name::Kind::kParameter:
        return typed({.constant = name->constant}, name->type);
      case Name::Kind::kDefinition:
        return typed({.op = Op::kDefinition, .index = name->slot, .children = {name->root}},
                     name->type);
    }
  }
  if (syntax.text == "today") return typed({.op = Op::kToday}, Type::of(ValueKind::kDate));
  for (const auto& [name, level] : kLevels) {
    if (syntax.text != name) continue;
    return typed({.constant = Value::of_level(level)}, Type::of(ValueKind::kLevel));
  }
  return error(syntax, Bilingual{fmt::format("不认识的名字“{}”", syntax.text),
                                 fmt::format("unknown name '{}'", syntax.text)} +
                           suggestion(syntax.text, all_names()));
}

Result<Typed> Compiler::visit_list(const Syntax& syntax) {
  std::vector<Typed> items;
  for (const SyntaxPtr& child : syntax.children) {
    auto item = visit(*child);
    if (!item) return item;
    if (!items.empty() && !same_type(items.front().type, item->type)) {
      const Bilingual before = name_of(items.front().type);
      return wrong_type(*child,
                        {"列表前面各项一样应是" + before.zh, before.en + " as before in the list"},
                        item->type);
    }
    if (item->type.kind == ValueKind::kList)
      return error(*child, {"列表里不能再有列表", "a list inside a list"});
    items.push_back(*item);
  }
  const Type type = Type::list(items.empty() ? Type{} : items.front().type);
  const bool constant = std::all_of(items.begin(), items.end(), [this](const Typed& item) {
    return program_.nodes[item.node].op == Op::kConstant;
  });
  if (constant) {
    std::vector<Value>& values = program_.lists.emplace_back();
    for (const Typed& item : items) values.push_back(program_.nodes[item.node].constant);
    const auto count = static_cast<std::uint32_t>(values.size());
    return typed(
        {.constant = Value::of_list({.data = values.data(), .sure = count, .total = count})}, type);
  }
  const auto first = static_cast<std::uint32_t>(program_.nodes.size());
  for (const Typed& item : items) push(Node(program_.nodes[item.node]));
  return typed(
      {.op = Op::kList, .index = static_cast<std::uint16_t>(items.size()), .children = {first}},
      type);
}

Result<Typed> Compiler::visit_unary(const Syntax& syntax) {
  if (syntax.text == "!") {
    auto operand =
        visit_wanted(*syntax.children[0], ValueKind::kBoolean, {"“!”后面应是", "behind '!'"});
    if (!operand) return operand;
    return typed({.op = Op::kNot, .children = {operand->node}}, operand->type);
  }
  auto operand = visit(*syntax.children[0]);
  if (!operand) return operand;
  const ValueKind kind = operand->type.kind;
  if (kind != ValueKind::kNumber && kind != ValueKind::kDays && kind != ValueKind::kMonths) {
    return wrong_type(*syntax.children[0], {"“-”后面应是数或时段", "a number or period behind '-'"},
                      operand->type);
  }
  return typed({.op = Op::kNegate, .children = {operand->node}}, operand->type);
}

Result<Typed> Compiler::visit_binary(const Syntax& syntax) {
  const auto op = binary_op(syntax.text);
  if (!op) return error(syntax, {"不认识的运算符", "unknown operator"});
  if (*op == Op::kAnd || *op == Op::kOr) return visit_logic(syntax, *op);
  if (*op == Op::kIn) return visit_in(syntax);
  if (*op >= Op::kAdd && *op <= Op::kDivide) return visit_arithmetic(syntax, *op);
  return visit_comparison(syntax, *op);
}

Result<Typed> Compiler::visit_logic(const Syntax& syntax, Op op) {
  const Bilingual role{"“" + syntax.text + "”两边应是", "beside '" + syntax.text + "'"};
  auto left = visit_wanted(*syntax.children[0], ValueKind::kBoolean, role);
  if (!left) return left;
  auto right = visit_wanted(*syntax.children[1], ValueKind::kBoolean, role);
  if (!right) return right;
  return typed({.op = op, .children = {left->node, right->node}}, Type::of(ValueKind::kBoolean));
}

Result<Typed> Compiler::visit_in(const Syntax& syntax) {
  auto item = visit(*syntax.children[0]);
  if (!item) return item;
  auto list = visit_wanted(*syntax.children[1], ValueKind::kList, {"in 后面应是", "behind 'in'"});
  if (!list) return list;
  const Type expected = list->type.element_type();
  if (expected.kind != ValueKind::kUnknown && !same_type(item->type, expected)) {
    const Bilingual one = name_of(item->type);
    const Bilingual many = name_of(list->type);
    return error(syntax, {fmt::format("{}不会在{}里", one.zh, many.zh),
                          fmt::format("a {} cannot be in a {}", one.en, many.en)});
  }
  BIDUI_TRY(check_code(*syntax.children[1], *list, item->type));
  return typed({.op = Op::kIn, .children = {item->node, list->node}},
               Type::of(ValueKind::kBoolean));
}

Result<Typed> Compiler::visit_comparison(const Syntax& syntax, Op op) {
  auto left = visit(*syntax.children[0]);
  if (!left) return left;
  auto right = visit(*syntax.children[1]);
  if (!right) return right;
  if (!same_type(left->type, right->type) || left->type.kind == ValueKind::kList) {
    const Bilingual one = name_of(left->type);
    const Bilingual other = name_of(right->type);
    return error(syntax, {fmt::format("{}不能与{}比较", one.zh, other.zh),
                          fmt::format("a {} cannot be compared with a {}", one.en, other.en)});
  }
  if (op != Op::kEqual && op != Op::kNotEqual && !has_order(left->type.kind)) {
    const Bilingual kind = name_of(left->type);
    return error(syntax, {fmt::format("{}没有大小；请用 == 或 !=", kind.zh),
                          fmt::format("a {} has no order; use == or !=", kind.en)});
  }
  BIDUI_TRY(check_code(*syntax.children[0], *left, right->type));
  BIDUI_TRY(check_code(*syntax.children[1], *right, left->type));
  return typed({.op = op, .children = {left->node, right->node}}, Type::of(ValueKind::kBoolean));
}

Result<Typed> Compiler::visit_arithmetic(const Syntax& syntax, Op op) {
  auto left = visit(*syntax.children[0]);
  if (!left) return left;
  auto right = visit(*syntax.children[1]);
  if (!right) return right;
  if (op == Op::kAdd && can_concatenate(left->type, right->type))
    return typed({.op = Op::kConcatenate, .children = {left->node, right->node}}, left->type);
  const ValueKind kind = arithmetic_kind(op, left->type.kind, right->type.kind);
  if (kind == ValueKind::kUnknown) {
    const Bilingual one = name_of(left->type);
    const Bilingual other = name_of(right->type);
    return error(syntax, {fmt::format("{}与{}之间“{}”没有意义", one.zh, other.zh, syntax.text),
                          fmt::format("'{}' has no meaning between a {} and a {}", syntax.text,
                                      one.en, other.en)});
  }
  Type type = Type::of(kind);
  type.personal = kind == ValueKind::kDate && (left->type.personal || right->type.personal);
  return typed({.op = op, .children = {left->node, right->node}}, type);
}

Result<Typed> Compiler::visit_conditional(const Syntax& syntax) {
  auto condition =
      visit_wanted(*syntax.children[0], ValueKind::kBoolean, {"“?”前面应是", "before '?'"});
  if (!condition) return condition;
  auto yes = visit(*syntax.children[1]);
  if (!yes) return yes;
  auto no = visit(*syntax.children[2]);
  if (!no) return no;
  const bool same_source =
      yes->type.source == no->type.source ||
      (yes->type.kind != ValueKind::kRecord && yes->type.kind != ValueKind::kHousehold &&
       yes->type.kind != ValueKind::kList);
  if (!same_type(yes->type, no->type) || !same_source) {
    const Bilingual before = name_of(yes->type);
    return wrong_type(*syntax.children[2],
                      {"与“:”前面一样应是" + before.zh, before.en + " as before ':'"}, no->type);
  }
  Type type = yes->type;
  type.personal = yes->type.personal || no->type.personal;
  if (no->type.codes != type.codes) type.codes = nullptr;
  return typed({.op = Op::kConditional, .children = {condition->node, yes->node, no->node}}, type);
}

Result<Typed> Compiler::visit_wanted(const Syntax& syntax, ValueKind wanted,
                                     const Bilingual& role) {
  auto result = visit(syntax);
  if (!result || result->type.kind == wanted) return result;
  const Bilingual kind = name_of(Type::of(wanted));
  return wrong_type(syntax, {role.zh + kind.zh, kind.en + " " + role.en}, result->type);
}

// A constant text, or list of them, that is compared with a code field must be one of its codes:
// otherwise the comparison could never hold.
Status Compiler::check_code(const Syntax& literal_side, const Typed& literal, const Type& field) {
  if (field.codes == nullptr || field.codes->empty()) return {};
  const Node& node = program_.nodes[literal.node];
  if (node.op != Op::kConstant) return {};
  ListValue values{.data = &node.constant, .sure = 1, .total = 1};
  if (node.constant.kind == ValueKind::kList) values = node.constant.list;
  for (std::uint32_t i = 0; i < values.total; ++i) {
    const Value value = element(values, i);
    if (value.kind != ValueKind::kText) continue;
    if (std::find(field.codes->begin(), field.codes->end(), value.text) != field.codes->end()) {
      continue;
    }
    return error(literal_side,
                 Bilingual{fmt::format("“{}”不是这个字段的取值", value.text),
                           fmt::format("'{}' is not a value of this field", value.text)} +
                     suggestion(value.text, *field.codes));
  }
  return {};
}

Error Compiler::error(const Syntax& at, Bilingual message) const {
  return text_->error(at.offset, std::move(message));
}

Error Compiler::wrong_type(const Syntax& at, const Bilingual& wanted, const Type& found) const {
  const Bilingual kind = name_of(found);
  return error(at, {fmt::format("{}，这里却是{}", wanted.zh, kind.zh),
                    fmt::format("this is a {}; wanted is a {}", kind.en, wanted.en)});
}

std::uint32_t Compiler::push(const Node& node) {
  program_.nodes.push_back(node);
  return static_cast<std::uint32_t>(program_.nodes.size() - 1);
}

Value Compiler::own_text(std::string_view text) {
  return Value::of_text(program_.texts.emplace_back(text));
}

const Compiler::Name* Compiler::find(std::string_view name) const {
  const auto found = std::find_if(names_.rbegin(), names_.rend(),
                                  [name](const Name& n) { return n.name == name; });
  return found == names_.rend() ? nullptr : &*found;
}

std::vector<std::string> Compiler::all_names() const {
  std::vector<std::string> names = {"today", "L1", "L2", "L3"};
  for (const Name& name : names_) names.push_back(name.name);
  return names;
}

}  // namespace bidui::rule
