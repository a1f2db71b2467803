// The simulated people and the households that they really live in: the truth that no registry
// holds.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "bench/world/calendar.h"
#include "bench/world/divisions.h"
#include "bench/world/id_number.h"
#include "bench/world/names.h"

namespace bidui::world {

using PersonIndex = std::uint32_t;
using HomeIndex = std::uint32_t;
using BookletIndex = std::uint32_t;
constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

// Why somebody is not where the registers believe him to be.
enum class Away : std::uint8_t {
  kHome,
  kMigrantWorker,  // works elsewhere, belongs to the household
  kConscript,      // struck off the civil registry on entering the army
  kStudent,        // studies in a city, where the registration moved
  kPrison,
  kMarriedOut,  // lives in another county, whatever the booklet says
  kMovedOut,    // registration moved to another county, and no row was kept
};

// Where a person's registration is.
enum class Registration : std::uint8_t {
  kHere,             // in this county's civil registry
  kAnotherCounty,    // a bride or worker who never moved her registration
  kNeverRegistered,  // 黑户
  kNewborn,          // born weeks ago, not yet registered, no number
  kInvented,         // no such person: somebody wrote her into a list for the money
  kGone,             // died long ago or moved away: no row is kept
};

struct Person {
  std::string surname{};  // empty for names with interpunct
  std::string given{};
  std::string former_name{};  // whole name, 曾用名; empty for most
  Day birth = 0;
  Day death = kNever;
  Day marriage = kNever;
  Day left = kNever;       // when `away` began
  Day converted = kNever;  // 农转非
  Day divorced = kNever;
  IdBody id = 0;
  IdBody second_id = 0;  // of the other registration of a person who has two (重户)
  PersonIndex father = kNone;
  PersonIndex mother = kNone;
  PersonIndex spouse = kNone;
  PersonIndex divorced_from = kNone;
  HomeIndex home = kNone;
  BookletIndex booklet = kNone;
  bool male = true;
  bool twin = false;
  bool married_in = false;           // moved here to marry
  bool death_not_cancelled = false;  // died, and the family kept it from the police
  bool shares_number = false;        // 重号
  bool certified = false;            // holds a disability certificate
  People people = People::kHan;
  Away away = Away::kHome;
  Registration registration = Registration::kHere;
  std::uint8_t disability_kind = 0;   // 1 to 7; 0 none
  std::uint8_t disability_grade = 0;  // 1 to 4
  std::uint8_t health = 0;            // 0 healthy, 1 chronic, 2 grave, 3 disabled

  std::string name() const { return surname + given; }
  bool alive(Day day) const { return birth <= day && day < death; }
};

// A real household: people who live and eat together.
struct Home {
  std::vector<PersonIndex> members{};  // alive at the end and belonging here, even when away
  PersonIndex head = kNone;
  std::uint16_t village = 0;
  std::uint8_t group = 1;  // 村民小组
  std::uint16_t house_no = 1;
  std::uint64_t phone = 0;   // 0: none
  double hardship = 0;       // relative; decides who is poor
  Day began = kNever;        // when it split off
  HomeIndex parent = kNone;  // what it split off from
  bool city_life = false;    // 非农业
  std::uint8_t outside = 0;  // 0: in this county; k: in neighbours[k-1]
};

// A civil household (户口簿).
struct Booklet {
  std::vector<PersonIndex> members{};  // whoever has a row in it, cancelled rows too
  PersonIndex head = kNone;
  HomeIndex address = kNone;  // the home at whose address it is registered
  Day opened = kNever;
  BookletIndex from = kNone;  // 原户号
  bool collective = false;    // 集体户
};

struct World {
  Divisions divisions;
  std::vector<Village> villages{};
  std::vector<Person> people{};
  std::vector<Home> homes{};
  std::vector<Booklet> booklets{};
  Day today = 0;  // the last day of the simulation

  const Township& township_of(std::size_t village) const {
    return divisions.townships[villages[village].township];
  }
};

}  // namespace bidui::world
