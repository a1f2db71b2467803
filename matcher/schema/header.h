// Header cells in the form in which they are compared (reference/fields.md §1).
#pragma once

#include <string>
#include <string_view>

namespace bidui::schema {

// A header cell taken apart: "A6 证件号码\n（18位）*" is {"证件号码", "18位"}.
struct NormalHeader {
  std::string text;     // what is compared; ASCII letters in lower case; empty for a blank cell
  std::string bracket;  // content of the first bracket: often the unit ("万元", "元/人")
};

// NFKC; white space, line breaks, brackets with their content, `*`, colons, quotes and leading
// numbering (`A4`, `1.`, `（1）`) removed. Idempotent on `text`. A header that is nothing but a
// bracket keeps its content as text. Bytes that are not UTF-8 become U+FFFD. O(length).
NormalHeader normalise_header(std::string_view cell);

// NFKC, white space removed, ASCII letters in lower case, brackets kept: the form in which code
// values are compared. Allocates only the result.
std::string fold_value(std::string_view text);

// "prénom" without its accents: "prenom".
std::string without_accents(std::string_view text);

}  // namespace bidui::schema
