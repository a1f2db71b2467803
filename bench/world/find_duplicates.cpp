// DUP_IN_SOURCE, DUP_ACROSS_COUNTIES, ID_SHARED_BY_TWO: one person or number in two rows. A second
// registration (PERSON_TWO_IDS) is found where the civil registry is written.
#include <algorithm>

#include "bench/world/findings.h"

namespace bidui::world {
namespace {

void note_duplicate(Finder& finder, Source source, const std::string& key, const std::string& other,
                    std::string_view exception, std::string note) {
  finder.note("DUP_IN_SOURCE", source, key, false, std::string(source_name(source)) + ":" + other,
              exception, std::move(note));
}

void find_in_poverty(Finder& finder) {
  for (const PovertyHousehold& household : finder.registers.poverty) {
    for (std::size_t i = 0; i < household.members.size(); ++i) {
      const PovertyMember& member = household.members[i];
      const Person& one = finder.world.people[member.person];
      if (member.duplicate) {
        const auto& places = Standing::at(finder.standing.poverty, member.person);
        const auto original = std::ranges::find_if(places, [&](auto place) {
          return !finder.registers.poverty[place.first].members[place.second].duplicate;
        });
        if (original == places.end()) continue;
        const PovertyHousehold& first = finder.registers.poverty[original->first];
        note_duplicate(finder, Source::kPoverty, member.key, first.members[original->second].key,
                       "", &first == &household ? "same household" : "two households");
      }
      for (std::size_t k = 0; k < i && one.twin; ++k) {
        const PovertyMember& other = household.members[k];
        const Person& two = finder.world.people[other.person];
        if (member.person == other.person || !two.twin || two.birth != one.birth ||
            two.male != one.male) {
          continue;
        }
        note_duplicate(finder, Source::kPoverty, member.key, other.key, "twins", "");
      }
    }
  }
}

void find_in_allowance(Finder& finder) {
  for (const auto& [person, places] : finder.standing.allowance) {
    for (std::size_t i = 1; i < places.size(); ++i) {
      const AllowanceCase& one = finder.registers.allowance[places[0].first];
      const AllowanceCase& two = finder.registers.allowance[places[i].first];
      const bool same = &one == &two;
      const bool both = one.active(finder.registers.as_of.allowance) &&
                        two.active(finder.registers.as_of.allowance);
      // Two allowances are TK_AND_DB or DB_URBAN_RURAL_DOUBLE, if they are anything.
      note_duplicate(finder, Source::kAllowance, allowance_key(two, places[i].second),
                     allowance_key(one, places[0].second),
                     same   ? std::string_view()
                     : both ? kNotScored
                            : "changed_over",
                     same ? "same household" : "two allowances");
      if (same) continue;
      note_duplicate(finder, Source::kAllowance, allowance_key(one, places[0].second),
                     allowance_key(two, places[i].second), both ? kNotScored : "changed_over",
                     "two allowances");
    }
  }
}

void find_in_housing(Finder& finder) {
  const std::vector<House>& houses = finder.registers.houses;
  std::unordered_map<PersonIndex, std::string> first;
  for (std::size_t h = 0; h < houses.size(); ++h) {
    if (houses[h].duplicate && h > 0) {
      note_duplicate(finder, Source::kHousing, houses[h].key, houses[h - 1].key, "",
                     "one house, two files");
      continue;
    }
    const auto [place, fresh] = first.try_emplace(houses[h].owner, houses[h].key);
    if (!fresh) {
      note_duplicate(finder, Source::kHousing, houses[h].key, place->second, "two_houses", "");
    }
  }
}

void find_in_deaths(Finder& finder) {
  std::unordered_map<PersonIndex, std::string> first;
  for (const DeathReport& report : finder.registers.deaths) {
    const auto [place, fresh] = first.try_emplace(report.person, report.key);
    if (!fresh) {
      note_duplicate(finder, Source::kDeath, report.key, place->second, "", "two reporters");
    }
  }
}

// One person in the lists of two counties; or another one of the same name.
void find_across_counties(Finder& finder) {
  std::unordered_map<std::string, std::pair<PersonIndex, std::string>> names;
  for (const PovertyHousehold& there : finder.registers.next_county) {
    for (const PovertyMember& member : there.members) {
      const Person& person = finder.world.people[member.person];
      names.emplace(person.name() + (person.male ? "男" : "女"),
                    std::pair{member.person, member.key});
      for (const auto& [h, m] : Standing::at(finder.standing.poverty, member.person)) {
        const PovertyMember& here = finder.registers.poverty[h].members[m];
        finder.note("DUP_ACROSS_COUNTIES", Source::kPoverty, here.key, false,
                    "poverty:" + member.key,
                    // A family of that county in this one's list: both rows name that county,
                    // so that it is as well a person twice in one county.
                    here.duplicate || person.id == 0 ||
                            finder.world.homes[there.home].outside ==
                                finder.world.homes[finder.registers.poverty[h].home].outside
                        ? kNotScored
                        : std::string_view());
        finder.note("DUP_IN_SOURCE", Source::kPoverty, here.key, false, "poverty:" + member.key,
                    kNotScored, "two counties");
        finder.note("DUP_IN_SOURCE", Source::kPoverty, member.key, false, "poverty:" + here.key,
                    kNotScored, "two counties");
      }
    }
  }
  for (const PovertyHousehold& household : finder.registers.poverty) {
    for (const PovertyMember& member : household.members) {
      const Person& person = finder.world.people[member.person];
      const auto found = names.find(person.name() + (person.male ? "男" : "女"));
      if (found == names.end() || found->second.first == member.person) continue;
      finder.note("DUP_ACROSS_COUNTIES", Source::kPoverty, member.key, false,
                  "poverty:" + found->second.second, "namesake");
    }
  }
}

void find_shared_numbers(Finder& finder) {
  std::unordered_map<IdBody, PersonIndex> first;
  for (PersonIndex i = 0; i < finder.world.people.size(); ++i) {
    const Person& person = finder.world.people[i];
    if (!person.shares_number || person.booklet == kNone) continue;
    const auto [place, fresh] = first.try_emplace(person.id, i);
    if (fresh) continue;
    const bool both = person.alive(finder.registers.as_of.civil) &&
                      finder.world.people[place->second].alive(finder.registers.as_of.civil);
    finder.note("ID_SHARED_BY_TWO", Source::kCivil, civil_key(finder.world, i), false,
                "civil:" + civil_key(finder.world, place->second),
                both ? std::string_view() : kNotScored);
  }
}

}  // namespace

void find_duplicates(Finder& finder) {
  find_in_poverty(finder);
  find_in_allowance(finder);
  find_in_housing(finder);
  find_in_deaths(finder);
  find_across_counties(finder);
  find_shared_numbers(finder);
}

}  // namespace bidui::world
