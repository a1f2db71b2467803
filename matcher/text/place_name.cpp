#include "matcher/text/place_name.h"

#include <span>

#include "matcher/base/hash.h"

namespace bidui::text {
namespace {

using Words = std::span<const std::u32string_view>;

// Longest first.
constexpr std::u32string_view kVillage[] = {
    U"社区居民委员会", U"社区村民委员会", U"社区居委会", U"社区委员会", U"社区居委", U"村民委员会",
    U"居民委员会",     U"村委会",         U"居委会",     U"居委",       U"委会",     U"社区",
    U"嘎查",           U"行政村",         U"村",         U"居"};
constexpr std::u32string_view kTownship[] = {U"街道办事处", U"镇人民政府", U"乡人民政府",
                                             U"民族乡",     U"办事处",     U"街道",
                                             U"苏木",       U"镇",         U"乡"};
constexpr std::u32string_view kCounty[] = {U"特别行政区", U"自治区", U"自治州", U"自治县",
                                           U"地区",       U"省",     U"市",     U"州",
                                           U"盟",         U"县",     U"区",     U"旗"};

std::size_t starting(std::u32string_view text, Words words) {
  for (const std::u32string_view word : words) {
    if (text.starts_with(word)) return word.size();
  }
  return 0;
}

// Without the suffix, as often as it repeats, as long as `least` characters stay.
std::u32string_view without(std::u32string_view name, Words words, std::size_t least) {
  bool cut = true;
  while (cut) {
    cut = false;
    for (const std::u32string_view word : words) {
      if (!name.ends_with(word) || name.size() < word.size() + least) continue;
      name.remove_suffix(word.size());
      cut = true;
      break;
    }
  }
  return name;
}

}  // namespace

std::u32string_view village_stem(std::u32string_view name) { return without(name, kVillage, 2); }
std::u32string_view township_stem(std::u32string_view name) { return without(name, kTownship, 2); }
std::u32string_view county_stem(std::u32string_view name) { return without(name, kCounty, 2); }

std::size_t village_suffix(std::u32string_view text) {
  std::size_t length = 0;
  while (const std::size_t more = starting(text.substr(length), kVillage)) length += more;
  return length;
}

std::size_t township_suffix(std::u32string_view text) { return starting(text, kTownship); }

std::uint32_t place_hash(std::u32string_view stem) {
  if (stem.empty()) return 0;
  std::uint64_t h = stem.size();
  for (const char32_t c : stem) h = hash_combine(h, c);
  const auto folded = static_cast<std::uint32_t>(h ^ h >> 32);
  return folded == 0 ? 1 : folded;
}

}  // namespace bidui::text
