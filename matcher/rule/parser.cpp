#include "matcher/rule/parser.h"

#include <utility>

#include "matcher/rule/lexer.h"

namespace bidui::rule {
namespace {

constexpr int kMaxDepth = 100;

// Binding strength of a binary operator; 0 for none. Relations do not chain.
int strength(const Token& token) {
  if (token.is_name("in")) return 3;
  if (token.kind != TokenKind::kSymbol) return 0;
  const std::string& s = token.text;
  if (s == "||") return 1;
  if (s == "&&") return 2;
  if (s == "==" || s == "!=" || s == "<" || s == "<=" || s == ">" || s == ">=") return 3;
  if (s == "+" || s == "-") return 4;
  if (s == "*" || s == "/") return 5;
  return 0;
}

SyntaxPtr make(SyntaxKind kind, const Token& token) {
  auto node = std::make_unique<Syntax>();
  node->kind = kind;
  node->text = token.text;
  node->number = token.number;
  node->offset = token.offset;
  return node;
}

class Parser {
 public:
  Parser(const ExpressionText& source, std::vector<Token> tokens)
      : source_(source), tokens_(std::move(tokens)) {}

  Result<SyntaxPtr> run() {
    auto root = conditional();
    if (!root) return root;
    if (now().kind != TokenKind::kEnd)
      return unexpected({"运算符或结尾", "an operator or the end"});
    return root;
  }

 private:
  const Token& now() const { return tokens_[at_]; }
  const Token& take() { return tokens_[at_++]; }
  bool accept(std::string_view symbol) {
    if (!now().is(symbol)) return false;
    ++at_;
    return true;
  }

  Error unexpected(const Bilingual& wanted) const {
    const bool ends = now().kind == TokenKind::kEnd;
    return source_.error(
        now().offset,
        {"这里应是" + wanted.zh + (ends ? "，表达式却结束了" : "，却是“" + now().text + "”"),
         (ends ? "the expression ends" : "'" + now().text + "' stands") + " where " + wanted.en +
             " should be"});
  }

  Status expect(std::string_view symbol) {
    if (accept(symbol)) return {};
    const std::string text(symbol);
    return unexpected({"“" + text + "”", "'" + text + "'"});
  }

  Result<SyntaxPtr> conditional() {
    if (depth_ == kMaxDepth) return source_.error(now().offset, {"嵌套太深", "nested too deeply"});
    ++depth_;
    auto result = conditional_inside();
    --depth_;
    return result;
  }

  Result<SyntaxPtr> conditional_inside() {
    auto condition = binary(1);
    if (!condition || !now().is("?")) return condition;
    SyntaxPtr node = make(SyntaxKind::kConditional, take());
    auto yes = conditional();
    if (!yes) return yes;
    BIDUI_TRY(expect(":"));
    auto no = conditional();
    if (!no) return no;
    node->children.push_back(std::move(*condition));
    node->children.push_back(std::move(*yes));
    node->children.push_back(std::move(*no));
    return node;
  }

  Result<SyntaxPtr> binary(int weakest) {
    auto first = unary();
    if (!first) return first;
    SyntaxPtr left = std::move(*first);
    for (int found = strength(now()); found != 0 && found >= weakest; found = strength(now())) {
      SyntaxPtr node = make(SyntaxKind::kBinary, take());
      auto right = binary(found + 1);
      if (!right) return right;
      node->children.push_back(std::move(left));
      node->children.push_back(std::move(*right));
      left = std::move(node);
      if (found == 3 && strength(now()) == 3) {
        return source_.error(now().offset, {"比较不能连写；请用 && 连接",
                                            "comparisons do not chain; join them with &&"});
      }
    }
    return left;
  }

  Result<SyntaxPtr> unary() {
    if (!now().is("!") && !now().is("-")) return postfix();
    if (depth_ == kMaxDepth) return source_.error(now().offset, {"嵌套太深", "nested too deeply"});
    SyntaxPtr node = make(SyntaxKind::kUnary, take());
    ++depth_;
    auto operand = unary();
    --depth_;
    if (!operand) return operand;
    node->children.push_back(std::move(*operand));
    return node;
  }

  Result<SyntaxPtr> postfix() {
    auto first = primary();
    if (!first) return first;
    SyntaxPtr target = std::move(*first);
    while (accept(".")) {
      if (now().kind != TokenKind::kName)
        return unexpected({"字段名或函数名", "a field or function name"});
      SyntaxPtr node = make(SyntaxKind::kMember, take());
      node->children.push_back(std::move(target));
      if (accept("(")) {
        node->kind = SyntaxKind::kMethod;
        BIDUI_TRY(list_until(")", *node));
      }
      target = std::move(node);
    }
    return target;
  }

  Result<SyntaxPtr> primary() {
    if (accept("(")) {
      auto inner = conditional();
      if (!inner) return inner;
      BIDUI_TRY(expect(")"));
      return inner;
    }
    if (now().is("[")) {
      SyntaxPtr node = make(SyntaxKind::kList, take());
      BIDUI_TRY(list_until("]", *node));
      return node;
    }
    switch (now().kind) {
      case TokenKind::kNumber:
        return make(SyntaxKind::kNumber, take());
      case TokenKind::kText:
        return make(SyntaxKind::kText, take());
      case TokenKind::kName:
        return name();
      case TokenKind::kSymbol:
      case TokenKind::kEnd:
        break;
    }
    return unexpected({"值", "a value"});
  }

  Result<SyntaxPtr> name() {
    if (now().is_name("in")) return unexpected({"值", "a value"});
    SyntaxPtr node = make(SyntaxKind::kName, take());
    if (node->text == "true" || node->text == "false") {
      node->kind = SyntaxKind::kBoolean;
      node->number = node->text == "true" ? 1 : 0;
    } else if (accept("(")) {
      node->kind = SyntaxKind::kCall;
      BIDUI_TRY(list_until(")", *node));
    }
    return node;
  }

  Status list_until(std::string_view closing, Syntax& node) {
    if (accept(closing)) return {};
    do {
      auto item = conditional();
      if (!item) return item.error();
      node.children.push_back(std::move(*item));
    } while (accept(","));
    return expect(closing);
  }

  const ExpressionText& source_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

Result<SyntaxPtr> parse(const ExpressionText& source) {
  auto tokens = tokenise(source);
  if (!tokens) return tokens.error();
  return Parser(source, std::move(*tokens)).run();
}

}  // namespace bidui::rule
