// Where each value stands in a JSON text: Boost.JSON forgets it, but an error in a rule file must
// name line and column.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "matcher/rule/expression_text.h"

namespace bidui::rule {

class JsonPlaces {
 public:
  // `text` must be valid JSON (as parsed before) and outlive the object. O(length).
  explicit JsonPlaces(std::string_view text);

  // Byte offset of the value at a JSON pointer ("/exceptions/0/when"), 0 where there is none.
  std::size_t offset(const std::string& pointer) const;
  // "LINE:COLUMN" of an offset, both from 1, columns in characters.
  std::string place(std::size_t offset) const;
  // The string value at the pointer as one line of an expression: `columns` follows the escapes.
  ExpressionLine string_line(const std::string& pointer) const;

 private:
  std::size_t skip_space(std::size_t at) const;
  std::size_t skip_string(std::size_t at) const;
  std::size_t walk(std::size_t at, const std::string& pointer);
  std::size_t walk_container(std::size_t at, const std::string& pointer);

  std::string_view text_;
  std::map<std::string, std::size_t> offsets_;
};

}  // namespace bidui::rule
