// What a record is called (contracts §1): its key fields joined by '-', or '#' and a hash of its
// content where they are missing, damaged or repeated.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "matcher/schema/schema.h"

namespace bidui::workspace {

// The key that the fields give; nothing where one of them is empty or went through a spreadsheet
// (3.40826E+14), or where the schema has no key. `fields` are the schema's, in order.
std::optional<std::string> declared_key(const schema::Schema& schema,
                                        std::span<const std::string_view> fields);

// "#" and 16 hexadecimal digits: the same wherever the row stands, so the running number (row_no)
// is left out. `again` tells rows apart that are equal to the letter; 0 for the first.
std::string content_key(const schema::Schema& schema, std::span<const std::string_view> fields,
                        std::uint64_t again = 0);

// What the record's household is called: its household number. A house without one is a household
// of its own, called by its declared key, so that several rows of one house are one household, or
// as its record is where it has none; elsewhere the record has no household ("").
std::string household_name(const schema::Schema& schema, std::span<const std::string_view> fields,
                           std::string_view record_key);

}  // namespace bidui::workspace
