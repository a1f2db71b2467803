#include "matcher/text/address_parts.h"

#include "matcher/text/numeral.h"
#include "matcher/text/place_name.h"

namespace bidui::text {
namespace {

constexpr std::u32string_view kGroupWords[] = {U"村民小组", U"居民小组", U"生产队", U"小组",
                                               U"组",       U"社",       U"队",     U"屯"};

std::size_t group_word(std::u32string_view text) {
  if (text.starts_with(U"社区")) return 0;
  for (const std::u32string_view word : kGroupWords) {
    if (text.starts_with(word)) return word.size();
  }
  return 0;
}

std::uint16_t small(std::uint64_t value) {
  return value <= 0xFFFF ? static_cast<std::uint16_t>(value) : std::uint16_t{0};
}

}  // namespace

Group read_group(std::u32string_view text) {
  if (text.empty() || !is_numeral(text[0])) return {};
  const Numeral n = read_numeral(text);
  const std::size_t word = n.used == 0 ? 0 : group_word(text.substr(n.used));
  return word == 0 ? Group{} : Group{small(n.value), n.used + word};
}

std::uint16_t read_house(std::u32string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_numeral(text[i])) continue;
    const Numeral n = read_numeral(text.substr(i));
    if (n.used == 0) continue;
    if (text.substr(i + n.used).starts_with(U"号")) return small(n.value);
    i += n.used - 1;
  }
  return 0;
}

VillageEnd find_village_end(std::u32string_view text) {
  constexpr std::size_t kShortest = 2;
  constexpr std::size_t kLongest = 14;
  for (std::size_t i = 0; i < text.size() && i <= kLongest; ++i) {
    const std::size_t suffix = village_suffix(text.substr(i));
    if (suffix != 0 && (i >= kShortest || i + 1 == kShortest)) {
      const std::size_t end = i + suffix;
      const std::size_t name = village_stem(text.substr(0, end)).size();
      if (name >= kShortest) return {name, end};
    }
    if (i >= kShortest && read_group(text.substr(i)).used != 0) return {i, i};
  }
  return {};
}

}  // namespace bidui::text
