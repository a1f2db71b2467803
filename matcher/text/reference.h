// The reference tables of schemas/reference/, packed at build time by tools/pack_reference into one
// aligned block inside the program, and used in place: nothing is parsed or allocated at start.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "matcher/text/reference_layout.h"

namespace bidui::text {

// The rows of one section; the view lives as long as the program. `Row` must be the type that the
// section was packed with (reference_layout.h).
template <typename Row>
std::span<const Row> reference_rows(ReferenceSection section);

std::span<const unsigned char> reference_bytes(ReferenceSection section);

// Identifies the content of the tables: goes into the manifest of a run and into whatever stores
// syllable codes or division codes.
std::uint64_t reference_hash();

template <typename Row>
std::span<const Row> reference_rows(ReferenceSection section) {
  const std::span<const unsigned char> bytes = reference_bytes(section);
  return {reinterpret_cast<const Row*>(bytes.data()), bytes.size() / sizeof(Row)};
}

}  // namespace bidui::text
