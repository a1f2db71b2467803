#include "matcher/rule/lexer.h"

#include <array>
#include <charconv>
#include <utility>

namespace bidui::rule {
namespace {

constexpr std::array<std::string_view, 6> kLongSymbols = {"&&", "||", "==", "!=", "<=", ">="};
constexpr std::string_view kShortSymbols = "!<>+-*/?:.,()[]";
// Keeps every later recursion over the tree shallow, whatever the file holds.
constexpr std::size_t kMaxTokens = 2000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

class Lexer {
 public:
  explicit Lexer(const ExpressionText& source) : source_(source), text_(source.text()) {}

  Result<std::vector<Token>> run() {
    while (true) {
      skip_space();
      if (at_ == text_.size()) break;
      if (tokens_.size() == kMaxTokens)
        return source_.error(at_, {"表达式太长", "the expression is too long"});
      BIDUI_TRY(take());
    }
    tokens_.push_back({.kind = TokenKind::kEnd, .text = {}, .offset = at_});
    return std::move(tokens_);
  }

 private:
  void skip_space() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != text_.npos) ++at_;
  }

  Status take() {
    const char c = text_[at_];
    if (is_digit(c)) return take_number();
    if (is_name_start(c)) {
      take_name();
      return {};
    }
    if (c == '"' || c == '\'') return take_text(c);
    return take_symbol();
  }

  Status take_number() {
    const std::size_t start = at_;
    double value = 0;
    const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(),
                                              value, std::chars_format::fixed);
    if (error != std::errc()) return source_.error(start, {"数太大", "the number is too large"});
    at_ = static_cast<std::size_t>(end - text_.data());
    if (at_ < text_.size() && is_name_start(text_[at_])) {
      return source_.error(at_, {"数后面紧接着字母", "a letter directly after a number"});
    }
    tokens_.push_back(
        {TokenKind::kNumber, std::string(text_.substr(start, at_ - start)), value, start});
    return {};
  }

  void take_name() {
    const std::size_t start = at_;
    while (at_ < text_.size() && (is_name_start(text_[at_]) || is_digit(text_[at_]))) ++at_;
    tokens_.push_back({TokenKind::kName, std::string(text_.substr(start, at_ - start)), 0, start});
  }

  Status take_text(char quote) {
    const std::size_t start = at_++;
    std::string value;
    while (at_ < text_.size() && text_[at_] != quote) {
      if (text_[at_] == '\\') {
        const auto escaped = unescape();
        if (!escaped) return escaped.error();
        value += *escaped;
      } else {
        value += text_[at_++];
      }
    }
    if (at_ == text_.size())
      return source_.error(start, {"文本缺少右引号", "the text has no closing quote"});
    ++at_;
    tokens_.push_back({TokenKind::kText, std::move(value), 0, start});
    return {};
  }

  Result<char> unescape() {
    const std::size_t start = at_++;
    const char c = at_ < text_.size() ? text_[at_++] : '\0';
    switch (c) {
      case '\\':
      case '\'':
      case '"':
        return c;
      case 'n':
        return '\n';
      case 't':
        return '\t';
    }
    return source_.error(start, {"不认识的转义；可用的有 \\\\ \\' \\\" \\n \\t",
                                 "unknown escape; known are \\\\ \\' \\\" \\n \\t"});
  }

  Status take_symbol() {
    const std::string_view rest = text_.substr(at_);
    for (const std::string_view symbol : kLongSymbols) {
      if (rest.starts_with(symbol)) return push_symbol(symbol);
    }
    if (kShortSymbols.find(rest.front()) != std::string_view::npos) {
      return push_symbol(rest.substr(0, 1));
    }
    if (rest.front() == '=')
      return source_.error(
          at_, {"没有运算符“=”；是不是“==”？", "'=' is not an operator; did you mean '=='?"});
    if (rest.front() == '&')
      return source_.error(
          at_, {"没有运算符“&”；是不是“&&”？", "'&' is not an operator; did you mean '&&'?"});
    if (rest.front() == '|')
      return source_.error(
          at_, {"没有运算符“|”；是不是“||”？", "'|' is not an operator; did you mean '||'?"});
    if (static_cast<unsigned char>(rest.front()) >= 0x80) {
      return source_.error(at_, {"中文等非 ASCII 字符只能写在引号里",
                                 "a character outside ASCII stands only inside quotes"});
    }
    const std::string found(1, rest.front());
    return source_.error(at_,
                         {"意外的字符“" + found + "”", "unexpected character '" + found + "'"});
  }

  Status push_symbol(std::string_view symbol) {
    tokens_.push_back({TokenKind::kSymbol, std::string(symbol), 0, at_});
    at_ += symbol.size();
    return {};
  }

  const ExpressionText& source_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

Result<std::vector<Token>> tokenise(const ExpressionText& source) { return Lexer(source).run(); }

}  // namespace bidui::rule
