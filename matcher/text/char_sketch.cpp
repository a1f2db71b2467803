#include "matcher/text/char_sketch.h"

#include <array>
#include <cstdint>
#include <vector>

#include "matcher/text/glyph.h"
#include "matcher/text/name_equivalent.h"
#include "matcher/text/pinyin.h"
#include "matcher/text/reference_layout.h"

namespace bidui::text {
namespace {

// All that is asked of a character lies in one cache line.
struct alignas(32) Sketch {
  // Bits 0 to 30: the folded syllables of the readings, by number; bit 31: has equivalents.
  std::uint32_t given = 0;
  std::uint32_t surname = 0;
  std::array<std::uint64_t, 2> look_alikes{};  // a bit per look-alike, by LookBit
};

constexpr std::uint32_t kSounds = 31;
constexpr std::uint32_t kHasEquivalents = 1U << 31U;

// One of 128, scattered: look-alikes often stand near each other in the code.
struct LookBit {
  explicit LookBit(char32_t c) {
    const std::uint32_t number = static_cast<std::uint32_t>(c) * 0x9E3779B1U >> 25U;
    word = number / 64;
    bit = std::uint64_t{1} << number % 64;
  }
  std::size_t word;
  std::uint64_t bit;
};

std::uint32_t sounds_of(const Readings& readings) {
  std::uint32_t bits = 0;
  for (const std::uint16_t syllable : readings.syllables) {
    if (syllable == 0) break;
    bits |= 1U << (fold_dialect(syllable) % kSounds);
  }
  return bits;
}

void add_look_alike(char32_t c, Sketch& sketch) {
  const LookBit look(c);
  sketch.look_alikes[look.word] |= look.bit;
}

class Sketches {
 public:
  Sketches() : sketches_(kHanCount) {
    for (char32_t c = kFirstHan; c <= kLastHan; ++c) {
      Sketch& sketch = of(c);
      sketch.given = sounds_of(readings(c)) | (has_given_equivalents(c) ? kHasEquivalents : 0);
      sketch.surname =
          sounds_of(surname_readings(c, 0)) | (has_surname_equivalents(c) ? kHasEquivalents : 0);
    }
    for_each_glyph_pair([&](char32_t a, char32_t b) {
      if (in_han_table(a)) add_look_alike(b, of(a));
      if (in_han_table(b)) add_look_alike(a, of(b));
    });
  }
  const Sketch& of(char32_t c) const { return sketches_[c - kFirstHan]; }

 private:
  Sketch& of(char32_t c) { return sketches_[c - kFirstHan]; }

  std::vector<Sketch> sketches_;
};

PossibleLikeness likeness_by(std::uint32_t Sketch::*sounds, char32_t a, char32_t b) {
  static const Sketches kSketches;
  if (!in_han_table(a) || !in_han_table(b)) return {};
  const Sketch& x = kSketches.of(a);
  const std::uint32_t common = x.*sounds & kSketches.of(b).*sounds;
  const LookBit look(b);
  return {.sound = (common & ~kHasEquivalents) != 0,
          .shape = (x.look_alikes[look.word] & look.bit) != 0,
          .equivalent = (common & kHasEquivalents) != 0};
}

}  // namespace

PossibleLikeness possible_likeness(char32_t a, char32_t b) {
  return likeness_by(&Sketch::given, a, b);
}

PossibleLikeness possible_surname_likeness(char32_t a, char32_t b) {
  return likeness_by(&Sketch::surname, a, b);
}

}  // namespace bidui::text
