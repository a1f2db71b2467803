#include "matcher/text/place_tables.h"

#include <algorithm>

#include "matcher/text/chars.h"
#include "matcher/text/division.h"
#include "matcher/text/place_name.h"
#include "matcher/text/utf8.h"

namespace bidui::text {
namespace {

void add_above(std::vector<std::u32string>& names, std::string_view name) {
  if (name.empty()) return;
  const std::u32string folded = fold_place(name);
  names.emplace_back(county_stem(folded));
  names.push_back(folded);
}

bool in_township(const Place& village, std::uint64_t township) {
  return township == 0 || village.code / 1000 == township;
}

}  // namespace

std::u32string fold_place(std::string_view name) {
  std::u32string chars = to_utf32(name);
  std::transform(chars.begin(), chars.end(), chars.begin(), fold_char);
  return chars;
}

PlaceTables::PlaceTables(std::uint32_t county) : county_(county) {
  add_above(above_, division_name(county / 10000));
  add_above(above_, division_name(county / 100));
  for (std::size_t i = 0; i < county_name_count(county); ++i) {
    add_above(above_, county_name(county, i));
  }
  std::sort(above_.begin(), above_.end(),
            [](const auto& a, const auto& b) { return a.size() > b.size(); });

  for (std::size_t i = 0; i < township_count(county); ++i) {
    const Division row = bidui::text::township(county, i);
    const std::u32string name = fold_place(row.name);
    townships_.push_back({row.code, name, std::u32string(township_stem(name))});
    const auto code = static_cast<std::uint32_t>(row.code);
    for (std::size_t k = 0; k < village_count(code); ++k) {
      const Division below = bidui::text::village(code, k);
      const std::u32string village = fold_place(below.name);
      villages_.push_back({below.code, village, std::u32string(village_stem(village))});
    }
  }
  std::sort(villages_.begin(), villages_.end(),
            [](const Place& a, const Place& b) { return a.stem < b.stem; });
}

std::size_t PlaceTables::skip_above(std::u32string_view text) const {
  std::size_t at = 0;
  bool found = true;
  while (found && township_by_name(text.substr(at)) == nullptr) {
    found = false;
    for (const std::u32string& name : above_) {
      if (!text.substr(at).starts_with(name)) continue;
      // A shortened name before a suffix of a place below is part of that place: 宿松镇.
      const std::u32string_view rest = text.substr(at + name.size());
      if (township_suffix(rest) != 0 || village_suffix(rest) != 0) continue;
      at += name.size();
      found = true;
      break;
    }
  }
  return at;
}

const Place* PlaceTables::township_by_name(std::u32string_view text) const {
  const Place* best = nullptr;
  for (const Place& place : townships_) {
    const bool longer = best == nullptr || place.name.size() > best->name.size();
    if (longer && text.starts_with(place.name)) best = &place;
  }
  return best;
}

const Place* PlaceTables::township_by_stem(std::u32string_view text) const {
  const Place* best = nullptr;
  for (const Place& place : townships_) {
    const bool longer = best == nullptr || place.stem.size() > best->stem.size();
    if (longer && text.starts_with(place.stem)) best = &place;
  }
  return best;
}

const Place* PlaceTables::find_township(std::u32string_view stem) const {
  const auto found = std::find_if(townships_.begin(), townships_.end(),
                                  [&](const Place& place) { return place.stem == stem; });
  return found == townships_.end() ? nullptr : &*found;
}

const Place* PlaceTables::find_village(std::u32string_view stem, std::uint64_t township) const {
  auto place = std::lower_bound(villages_.begin(), villages_.end(), stem,
                                [](const Place& p, std::u32string_view s) { return p.stem < s; });
  const Place* found = nullptr;
  for (; place != villages_.end() && place->stem == stem; ++place) {
    if (!in_township(*place, township)) continue;
    if (found != nullptr) return nullptr;
    found = &*place;
  }
  return found;
}

const Place* PlaceTables::village_by_stem(std::u32string_view text, std::uint64_t township) const {
  if (text.size() < 2) return nullptr;
  const std::u32string_view start = text.substr(0, 2);
  auto place = std::lower_bound(villages_.begin(), villages_.end(), start,
                                [](const Place& p, std::u32string_view s) { return p.stem < s; });
  const Place* best = nullptr;
  bool unique = true;
  for (; place != villages_.end() && place->stem.starts_with(start); ++place) {
    if (!in_township(*place, township) || !text.starts_with(place->stem)) continue;
    unique = best == nullptr || best->stem != place->stem;  // sorted: what comes later is longer
    best = &*place;
  }
  return unique ? best : nullptr;
}

}  // namespace bidui::text
