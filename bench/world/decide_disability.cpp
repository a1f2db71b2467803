#include <fmt/format.h>

#include "bench/world/decisions.h"

namespace bidui::world {

// Who is disabled and has seen the doctor for it holds a certificate; the poverty office does not
// hear of each.
void decide_disability(Office& office) {
  World& world = office.world;
  Registers& registers = office.registers;
  Rng& rng = office.rng;
  for (PersonIndex i = 0; i < world.people.size(); ++i) {
    Person& person = world.people[i];
    const bool here = person.disability_kind != 0 && person.alive(world.today) &&
                      person.booklet != kNone && person.id != 0;
    if (!here || !rng.chance(office.profile.certificate)) continue;
    Certificate certificate{.person = i};
    certificate.key = fmt::format("CL{:06}", 2000 + registers.certificates.size());
    certificate.issued = day_of(rng.range(2008, 2017), rng.range(1, 8), rng.range(1, 28));
    certificate.cancelled = rng.chance(0.03);
    person.certified = !certificate.cancelled;
    registers.certificates.push_back(std::move(certificate));
  }
  for (PovertyHousehold& household : registers.poverty) {
    for (PovertyMember& member : household.members) {
      member.unaware = world.people[member.person].disability_kind != 0 &&
                       rng.chance(office.profile.disability_unknown);
    }
  }
}

}  // namespace bidui::world
