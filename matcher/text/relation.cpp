#include "matcher/text/relation.h"

#include <algorithm>
#include <array>

#include "matcher/base/hash.h"
#include "matcher/text/chars.h"
#include "matcher/text/reference.h"
#include "matcher/text/utf8.h"

namespace bidui::text {
namespace {

constexpr std::size_t kMaxChars = 24;

Relation relation_of(const RelationRow& row) {
  return {.code2 = row.code2,
          .generation = row.generation,
          .sex = static_cast<Sex>(row.sex),
          .is_head = row.code2 == 1 || row.code2 == 2,
          .is_spouse = row.code2 >= 10 && row.code2 <= 12,
          .known = row.known != 0};
}

Relation find_term(std::u32string_view term) {
  std::array<char, kMaxChars * 4> bytes{};
  std::size_t length = 0;
  for (const char32_t c : term) length += encode_utf8(c, bytes.data() + length);
  const std::uint64_t hash = hash_bytes({bytes.data(), length});
  const auto rows = reference_rows<RelationRow>(ReferenceSection::kRelations);
  const auto found =
      std::lower_bound(rows.begin(), rows.end(), hash,
                       [](const RelationRow& row, std::uint64_t h) { return row.hash < h; });
  return found != rows.end() && found->hash == hash ? relation_of(*found) : Relation{};
}

// One digit: the group of GB/T 4761; two: its code.
Relation find_code(std::u32string_view digits) {
  if (digits.size() > 2) return {};
  std::uint32_t code = 0;
  for (const char32_t c : digits) {
    if (c < U'0' || c > U'9') return {};
    code = code * 10 + (c - U'0');
  }
  constexpr std::uint32_t kHead = 2;
  if (digits.size() == 1) code = code == 0 ? kHead : code * 10;
  return relation_of(reference_rows<RelationRow>(ReferenceSection::kRelationCodes)[code]);
}

// The term without prefixes that say whose relation it is, and without the order of birth.
Relation find_shortened(std::u32string_view term) {
  constexpr std::u32string_view kPrefixes[] = {
      U"户主之", U"户主的", U"系户主", U"户主", U"与户主", U"之", U"的", U"长", U"次",
      U"大",     U"二",     U"三",     U"四",   U"五",     U"六", U"小", U"幺", U"亲"};
  for (int round = 0; round < 2; ++round) {
    for (const std::u32string_view prefix : kPrefixes) {
      if (!term.starts_with(prefix) || term.size() == prefix.size()) continue;
      term.remove_prefix(prefix.size());
      if (const Relation found = find_term(term); found.known) return found;
      break;
    }
  }
  return {};
}

}  // namespace

Relation parse_relation(std::string_view text) {
  std::array<char32_t, kMaxChars> raw{};
  const std::size_t count = decode_utf8(text, raw);
  std::array<char32_t, kMaxChars> chars{};
  std::size_t length = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const char32_t c = fold_char(raw[i]);
    const bool dropped = is_space(c) || c == U'\'' || c == U'"' || c == U'*' || c == U'.';
    if (!dropped) chars[length++] = c;
  }
  std::u32string_view term(chars.data(), length);
  if (term.empty()) return {};
  if (const Relation code = find_code(term); code.known) return code;
  while (!term.empty() && term.back() >= U'0' && term.back() <= U'9') term.remove_suffix(1);
  if (const Relation found = find_term(term); found.known) return found;
  term = term.substr(0, term.find_first_of(U"([{"));
  if (const Relation found = find_term(term); found.known) return found;
  return find_shortened(term);
}

}  // namespace bidui::text
