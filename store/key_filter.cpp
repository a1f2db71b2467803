#include "store/key_filter.h"

#include <algorithm>

namespace bidui::store {
namespace {

constexpr std::size_t kBitsPerHash = 10;
constexpr std::size_t kBitsPerBlock = 512;
constexpr int kProbes = 6;

// Visits the probed bits of a block, until `visit` gives false. Index hashes are keyed and even;
// another mixture keeps these bits apart from those that choose the block.
template <typename Visit>
bool each_bit(std::uint64_t hash, const Visit& visit) {
  std::uint64_t bits = hash * 0x9E3779B97F4A7C15ULL;
  bits ^= bits >> 29;
  for (int p = 0; p < kProbes; ++p, bits >>= 9) {
    if (!visit(static_cast<std::size_t>(bits >> 6 & 7), std::uint64_t{1} << (bits & 63)))
      return false;
  }
  return true;
}

}  // namespace

KeyFilter::KeyFilter(std::size_t hashes)
    : blocks_(std::max<std::size_t>(1, hashes * kBitsPerHash / kBitsPerBlock + 1)) {}

std::size_t KeyFilter::block_of(std::uint64_t hash) const {
  return static_cast<std::size_t>((static_cast<unsigned __int128>(hash) * blocks_.size()) >> 64);
}

void KeyFilter::add(std::uint64_t hash) {
  Block& block = blocks_[block_of(hash)];
  each_bit(hash, [&](std::size_t word, std::uint64_t bit) {
    block.words[word] |= bit;
    return true;
  });
}

bool KeyFilter::may_have(std::uint64_t hash) const {
  const Block& block = blocks_[block_of(hash)];
  return each_bit(
      hash, [&](std::size_t word, std::uint64_t bit) { return (block.words[word] & bit) != 0; });
}

}  // namespace bidui::store
