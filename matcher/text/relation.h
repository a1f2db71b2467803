// Relation to the head of the household (GB/T 4761). Tables: kinship_synonyms.tsv, codes.tsv.
#pragma once

#include <cstdint>
#include <string_view>

#include "matcher/text/sex.h"

namespace bidui::text {

struct Relation {
  std::uint8_t code2 = 0;      // two-digit code of GB/T 4761-2008; 0: unknown
  std::int8_t generation = 0;  // +1 = the head's parents, -1 = children
  Sex sex = Sex::kUnknown;
  bool is_head = false;
  bool is_spouse = false;
  bool known = false;  // the text was understood

  bool operator==(const Relation&) const = default;
};

// 户主, 之子, 长子, 儿媳妇, 之X forms, codes "20", brackets and spaces. What is not in the tables
// gives known = false. Relations are relative to the head of one source: never compare across
// sources.
Relation parse_relation(std::string_view text);

}  // namespace bidui::text
