// Numbers in as many bytes as they need, seven bits to a byte, the low ones first (LEB128, DWARF 5
// section 7.6): most of what we store is below 128.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bidui {

inline void append_leb128(std::uint64_t value, std::string& out) {
  while (value >= 0x80) {
    out.push_back(static_cast<char>(value | 0x80U));
    value >>= 7;
  }
  out.push_back(static_cast<char>(value));
}

// Takes a number from the front of `bytes`. False where they end before it does, or it has more
// than ten bytes.
inline bool take_leb128(std::string_view& bytes, std::uint64_t& value) {
  value = 0;
  for (int shift = 0; !bytes.empty() && shift < 64; shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}

}  // namespace bidui
