#include "workspace/known_places.h"

#include <algorithm>
#include <utility>

#include "matcher/text/division.h"
#include "matcher/text/utf8.h"

namespace bidui::workspace {
namespace {

using text::Division;

bool is_code(std::string_view wanted) {
  return wanted.find_first_not_of("0123456789") == std::string_view::npos;
}

// The county's townships, or all villages of these.
std::vector<Division> places_of(std::uint32_t county, PlaceKind kind) {
  std::vector<Division> places;
  for (std::size_t t = 0; t < text::township_count(county); ++t) {
    const Division township = text::township(county, t);
    if (kind == PlaceKind::kTownship) {
      places.push_back(township);
      continue;
    }
    const auto code = static_cast<std::uint32_t>(township.code);
    for (std::size_t v = 0; v < text::village_count(code); ++v)
      places.push_back(text::village(code, v));
  }
  return places;
}

// Levenshtein's distance over characters.
std::size_t distance(std::u32string_view a, std::u32string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

}  // namespace

bool is_possible_place(std::uint32_t county, PlaceKind kind, std::string_view wanted) {
  const std::vector<Division> places = places_of(county, kind);
  if (places.empty()) return true;
  return std::ranges::any_of(places, [&](const Division& place) {
    return is_code(wanted) ? std::to_string(place.code).starts_with(wanted)
                           : place.name.find(wanted) != std::string_view::npos;
  });
}

UnknownPlace unknown_place(std::uint32_t county, PlaceKind kind, std::string_view wanted) {
  constexpr std::size_t kMost = 5;
  const std::u32string asked = text::to_utf32(wanted);
  std::vector<std::pair<std::size_t, Division>> ranked;
  for (const Division& place : places_of(county, kind)) {
    const std::u32string own =
        text::to_utf32(is_code(wanted) ? std::to_string(place.code) : std::string(place.name));
    ranked.emplace_back(distance(asked, own), place);
  }
  std::ranges::stable_sort(ranked, {}, [](const auto& r) { return r.first; });
  if (ranked.size() > kMost) ranked.resize(kMost);
  UnknownPlace unknown{.kind = kind, .wanted = std::string(wanted)};
  for (const auto& [apart, place] : ranked)
    unknown.near.push_back(std::string(place.name) + " " + std::to_string(place.code));
  return unknown;
}

}  // namespace bidui::workspace
