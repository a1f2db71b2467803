// The reference tables of schemas/reference/, packed at build time by tools/pack_reference into one
// aligned block inside the program, and used in place: nothing is parsed or allocated at start.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "matcher/text/reference_layout.h"

extern "C" const unsigned char bidui_reference_block[];

namespace bidui::text {

inline const ReferenceHeader& reference_header() {
  return *reinterpret_cast<const ReferenceHeader*>(bidui_reference_block);
}

// The rows of one section; the view lives as long as the program. `Row` must be the type that the
// section was packed with (reference_layout.h).
template <typename Row>
std::span<const Row> reference_rows(ReferenceSection section) {
  const auto& place = reference_header().sections[static_cast<std::uint32_t>(section)];
  return {reinterpret_cast<const Row*>(bidui_reference_block + place.offset),
          place.bytes / sizeof(Row)};
}

// The number that a sorted CharPair section gives `c`; `otherwise` when it has none. O(log n).
inline std::uint32_t find_pair(ReferenceSection section, char32_t c, std::uint32_t otherwise) {
  const auto rows = reference_rows<CharPair>(section);
  const auto found = std::lower_bound(rows.begin(), rows.end(), c,
                                      [](const CharPair& row, char32_t x) { return row.from < x; });
  return found != rows.end() && found->from == c ? found->to : otherwise;
}

// Identifies the content of the tables: goes into the manifest of a run and into whatever stores
// syllable codes or division codes.
inline std::uint64_t reference_hash() { return reference_header().content_hash; }

}  // namespace bidui::text
