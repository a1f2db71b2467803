// Hashes that are part of stored formats and of keys: they never change between versions, builds or
// machines.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace bidui {

// A bijective mixer of 64 bits (the finaliser of MurmurHash3, with the constants of "Mix13" by
// David Stafford).
constexpr std::uint64_t mix64(std::uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  x ^= x >> 31;
  return x;
}

// Adds one value to a running hash. Order matters.
constexpr std::uint64_t hash_combine(std::uint64_t seed, std::uint64_t value) {
  return mix64(seed * 0x9e3779b97f4a7c15ULL + value + 0x632be59bd9b4e019ULL);
}

// Hash of bytes; O(length), not keyed: for tables in memory and content addresses. What is derived
// from personal data goes to disk inside the encrypted store only.
inline std::uint64_t hash_bytes(std::string_view bytes, std::uint64_t seed = 0) {
  std::uint64_t h = hash_combine(seed, bytes.size());
  while (bytes.size() >= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data(), 8);
    h = hash_combine(h, word);
    bytes.remove_prefix(8);
  }
  if (!bytes.empty()) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data(), bytes.size());
    h = hash_combine(h, word);
  }
  return h;
}

}  // namespace bidui
