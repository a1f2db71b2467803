#include "workspace/place_names.h"

#include <charconv>

#include "matcher/text/division.h"
#include "workspace/run_world.h"

namespace bidui::workspace {

std::string village_name(std::string_view name) {
  constexpr std::string_view kVillage = "村";
  constexpr std::string_view kCommunity = "社区";
  for (const std::string_view office :
       {"村民委员会", "村委会", "社区居民委员会", "社区居委会", "社区委员会"}) {
    if (!name.ends_with(office) || name.size() == office.size()) continue;
    const std::string_view stem = name.substr(0, name.size() - office.size());
    return std::string(stem) + std::string(office.starts_with(kVillage) ? kVillage : kCommunity);
  }
  return std::string(name);
}

PlaceNames place_names(std::string_view division) {
  std::uint64_t code = 0;
  std::from_chars(division.data(), division.data() + division.size(), code);
  if (division.size() != 12) return {};
  return {.township = std::string(text::division_name(code / 1000)),
          .village = code % 1000 == 0 ? "" : village_name(text::division_name(code))};
}

PlaceNames place_names(const RunWorld& world, rule::RecordRef record) {
  const rule::Value division = world.view->fact(record, rule::Fact::kDivision);
  PlaceNames place =
      division.is_unknown() ? PlaceNames{} : place_names(std::string_view(division.text));
  const auto written = [&](std::string_view field) {
    const auto at = world.sources[record.source].schema->find_field(field);
    return at ? std::string(world.texts[record.source].field(record.row, *at)) : std::string();
  };
  if (place.township.empty()) place.township = written("township");
  if (place.village.empty()) place.village = village_name(written("village"));
  return place;
}

}  // namespace bidui::workspace
