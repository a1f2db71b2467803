// GB18030 to UTF-8.
#pragma once

#include <cstddef>

#include "connectors/delimited/encoding.h"

namespace bidui::connectors {

// Decodes as ICU's converter "gb18030" does (the mapping of the 2005 edition, private-use
// characters kept), from tables that are built from it once (a few milliseconds, at the first call;
// safe from several threads). 0x80 and 0xFF are no characters. See decode() for the handling of bad
// bytes.
Decoded decode_gb18030(std::string_view bytes, bool last, TextBuffer& out);

// Bytes of the character at `p` (1, 2 or 4); 0 if there is none; -1 if `available` cuts it off.
int gb18030_sequence_length(const unsigned char* p, std::size_t available);

}  // namespace bidui::connectors
