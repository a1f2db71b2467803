// Expression text to a checked Program: names resolved, types held against the sources' fields.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/rule/expression_text.h"
#include "matcher/rule/program.h"
#include "matcher/rule/syntax.h"
#include "matcher/rule/type.h"

namespace bidui::rule {

struct Typed {
  std::uint32_t node = 0;
  Type type;
};

// Compiles the expressions of one rule for one subject source, in the order in which they are
// given: a definition is known to later expressions only. Errors are kBadInput at the place of the
// unknown name, wrong type or impossible comparison, with the nearest right name.
class Compiler {
 public:
  // `sources` must outlive the compiler and the programs.
  explicit Compiler(const std::vector<SourceType>& sources) : sources_(sources) {}

  // A name that stands for a value set before each evaluation; returns its slot.
  std::uint16_t add_variable(std::string name, Type type);
  // A name that stands for a constant. Text and lists are copied into the program.
  void add_parameter(std::string name, const Type& type, const Value& value);
  // A name that stands for an expression, evaluated at most once per subject.
  Status add_definition(std::string name, const ExpressionText& text);

  // `wanted` is the kind that the whole expression must have.
  Result<Typed> compile(const ExpressionText& text, std::optional<ValueKind> wanted = {});

  // Is the name taken (by a variable, parameter, definition or the language)?
  bool is_known(std::string_view name) const;

  // Ends compilation.
  Program take_program() { return std::move(program_); }

 private:
  struct Name {
    enum class Kind : std::uint8_t { kVariable, kParameter, kDefinition };
    std::string name;
    Kind kind = Kind::kVariable;
    Type type;
    std::uint16_t slot = 0;
    std::uint32_t root = 0;  // of a definition
    Value constant{};        // of a parameter
  };

  Result<Typed> visit(const Syntax& syntax);
  Result<Typed> visit_name(const Syntax& syntax);
  Result<Typed> visit_member(const Syntax& syntax);
  Status check_registry(const Syntax& syntax, const Typed& target);
  Result<Typed> visit_record_member(const Syntax& syntax, const Typed& record);
  Result<Typed> visit_household_member(const Syntax& syntax, const Typed& household);
  Result<Typed> visit_method(const Syntax& syntax);
  Result<Typed> visit_macro(const Syntax& syntax, Op op);
  Result<Typed> visit_call(const Syntax& syntax);
  Result<Typed> visit_has(const Syntax& syntax);
  Result<Typed> visit_list(const Syntax& syntax);
  Result<Typed> visit_unary(const Syntax& syntax);
  Result<Typed> visit_binary(const Syntax& syntax);
  Result<Typed> visit_logic(const Syntax& syntax, Op op);
  Result<Typed> visit_in(const Syntax& syntax);
  Result<Typed> visit_comparison(const Syntax& syntax, Op op);
  Result<Typed> visit_arithmetic(const Syntax& syntax, Op op);
  Result<Typed> visit_conditional(const Syntax& syntax);

  Result<Typed> call_function(const Syntax& syntax, const Typed* receiver,
                              std::size_t first_argument);
  Status check_arity(const Syntax& syntax, const struct Function& function, std::size_t given);
  Status fill_arguments(const Syntax& syntax, const struct Function& function,
                        std::size_t first_argument, Node& node);
  Result<SourceIndex> source_argument(const Syntax& syntax);
  Result<Typed> visit_wanted(const Syntax& syntax, ValueKind wanted, const Bilingual& role);
  Status check_code(const Syntax& literal_side, const Typed& literal, const Type& field);

  Error error(const Syntax& at, Bilingual message) const;
  Error wrong_type(const Syntax& at, const Bilingual& wanted, const Type& found) const;
  Bilingual name_of(const Type& type) const { return type_name(type, sources_); }
  std::uint32_t push(const Node& node);
  Typed typed(const Node& node, const Type& type) { return {push(node), type}; }
  Value own_text(std::string_view text);
  const Name* find(std::string_view name) const;
  std::vector<std::string> all_names() const;

  const std::vector<SourceType>& sources_;
  const ExpressionText* text_ = nullptr;  // of the expression being compiled
  Program program_;
  std::vector<Name> names_;  // the innermost last
};

}  // namespace bidui::rule
