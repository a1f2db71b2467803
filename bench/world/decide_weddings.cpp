#include <fmt/format.h>

#include "bench/world/decisions.h"

namespace bidui::world {
namespace {

void add(Registers& registers, const World& world, PersonIndex one, PersonIndex two, Day day,
         bool divorce) {
  const bool first_is_man = world.people[one].male;
  WeddingRow row{.husband = first_is_man ? one : two,
                 .wife = first_is_man ? two : one,
                 .day = day,
                 .divorce = divorce};
  row.key = fmt::format("{}{}{}-{:06}", divorce ? "L" : "J", world.divisions.home.current_code,
                        year_of(day), 1 + registers.weddings.size());
  registers.weddings.push_back(std::move(row));
}

}  // namespace

// The weddings and divorces registered here between two days (the first left out).
void register_weddings(Office& office, Day after, Day until) {
  const World& world = office.world;
  for (PersonIndex i = 0; i < world.people.size(); ++i) {
    const Person& person = world.people[i];
    const PersonIndex partner =
        person.divorced_from != kNone ? person.divorced_from : person.spouse;
    if (!person.male || partner == kNone || person.id == 0) continue;
    const Person& other = world.people[partner];
    const bool wedding = person.marriage > after && person.marriage <= until;
    // Some weddings are held before the village only, some were registered where she comes from.
    const bool registered = hash_combine(i, 77) % 100 < 88 && other.id != 0;
    if (wedding && registered) {
      add(office.registers, world, i, partner, person.marriage, false);
    }
    if (person.divorced > after && person.divorced <= until) {
      add(office.registers, world, i, partner, person.divorced, true);
    }
  }
}

}  // namespace bidui::world
