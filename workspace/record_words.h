// A record's values as people read them.
#pragma once

#include <cstdint>
#include <string>

#include "workspace/record_reader.h"

namespace bidui::workspace {

// "1969-08-28", "1969-08" or "1969"; "" for none.
std::string date_text(std::uint32_t packed);
// A birth date: masked down to the year ("1969-**-**", "1969-**"), as beside a masked ID number a
// full one would give nearly all of it away.
std::string birth_text(std::uint32_t packed, Values values = Values::kMasked);

// As written: county, township, village, or the address where they are empty.
std::string place_words(const ReadRecord& record, Values values = Values::kMasked);

// The division's code of 12 digits, "" where not even the county is known; what is not known of a
// township or village is zeros.
std::string division_code(const record::PersonFeatures& features);

}  // namespace bidui::workspace
