#include "workspace/explained_record.h"

#include <algorithm>

#include "workspace/id_state_words.h"
#include "workspace/record_words.h"

namespace bidui::workspace {

ExplainedRecord explained_record(const ReadRecord& record) {
  ExplainedRecord side{.record = record.name(),
                       .instance = record.source().instance,
                       .source = record.schema().title,
                       .row = record.stored().row(),
                       .name = record.masked("name"),
                       .former_name = record.masked("former_name"),
                       .id_number = record.masked("id_number"),
                       .id_state = id_state_title(record.features()),
                       .id_state_en = id_state_title(record.features(), false),
                       .id_consistency = compare::id_consistency(record.features()),
                       .birth = birth_text(record.features().birth),
                       .sex = record.masked("sex"),
                       .phone = record.masked("phone"),
                       .address = place_words(record),
                       .household = std::string(record.household())};
  if (record.stored().file() < record.delivery().files.size())
    side.file = record.delivery().files[record.stored().file()];
  side.birth_from_id = (record.features().flags & record::kBirthFromId) != 0;
  return side;
}

std::vector<int> different_places_of_names(const record::PersonFeatures& a,
                                           const record::PersonFeatures& b) {
  std::vector<int> places;
  const bool comparable = a.name.script == record::NameScript::kHan &&
                          b.name.script == record::NameScript::kHan &&
                          a.name.length == b.name.length;
  for (std::size_t i = 0; comparable && i < a.name.length; ++i) {
    if (a.name.units[i] != b.name.units[i]) places.push_back(static_cast<int>(i) + 1);
  }
  return places;
}

std::vector<int> different_places_of_ids(const record::PersonFeatures& a,
                                         const record::PersonFeatures& b, std::size_t most) {
  const auto full = [](const record::PersonFeatures& p) {
    return p.id_class != record::IdClass::kMissing && p.id_class != record::IdClass::kPrefix;
  };
  if (!full(a) || !full(b)) return {};
  constexpr int kDigits = 17;
  constexpr std::uint8_t kNoCheck = 15;
  std::vector<int> places;
  std::uint64_t x = a.id_digits;
  std::uint64_t y = b.id_digits;
  for (int place = kDigits; place > 0; --place, x /= 10, y /= 10) {
    if (x % 10 != y % 10) places.push_back(place);
  }
  std::ranges::reverse(places);
  const bool checked = a.id_check != kNoCheck && b.id_check != kNoCheck;
  if (checked && a.id_check != b.id_check) places.push_back(kDigits + 1);
  if (places.size() > most) places.clear();
  return places;
}

}  // namespace bidui::workspace
