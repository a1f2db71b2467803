// Simulates the families of one county, village by village: clans, marriages, births, deaths,
// splits of households.
#pragma once

#include <string>
#include <vector>

#include "bench/world/confusions.h"
#include "bench/world/lives.h"
#include "bench/world/names.h"
#include "bench/world/random.h"

namespace bidui::world {

// People of one surname and one book of generation names.
struct Clan {
  std::string surname{};
  std::vector<std::string> generation_characters{};
  bool character_first = true;
  People people = People::kHan;
};

// How often two people are hard to tell apart.
struct Likeness {
  double twins = 0.005;       // of births
  double twin_names = 0;      // of twins: the names sound alike
  double everyday_names = 0;  // of children: 秀英, 建国, … which several of a village bear
};
// Of the pair task: what is left to decide there is between such people.
inline constexpr Likeness kPairLikeness{.twins = 0.015, .twin_names = 0.1, .everyday_names = 0.12};

class VillageLife {
 public:
  // `office` gives out the ID numbers; it is kept for people invented later.
  VillageLife(World& world, const NameTables& names, const Confusions& sounds, IdOffice& office,
              Rng& rng, const Likeness& likeness);

  // Adds families to `village` until about `registered` people live there. Deterministic for the
  // order of the calls.
  void settle(std::size_t village, int registered);

  // More families in the village settled last.
  void fill_up(int registered);

  // Daughters whom no son of the county took: the young ones have not married yet, the others have
  // gone to another county. Call after the last village.
  void send_off_unmatched_brides();

  // People with a row in the civil registry so far.
  int registered_people() const { return registered_; }

 private:
  struct Bride {
    PersonIndex person;
    std::size_t village;
  };
  struct Family {
    PersonIndex husband = kNone;
    PersonIndex wife = kNone;
    HomeIndex home = kNone;
    BookletIndex booklet = kNone;
    int generation = 0;
  };

  void draw_clans();
  void raise_lineage();
  void raise_children(const Family& family, const Clan& clan, int depth);
  PersonIndex bear_child(const Family& family, const Clan& clan, Day birth, PersonIndex sibling);
  void let_marry(const Family& family, const Clan& clan, std::vector<PersonIndex>& children,
                 int depth);
  void marry_son(const Family& family, const Clan& clan, PersonIndex son, bool stays, int depth);
  void marry_daughter(PersonIndex daughter, Day wedding);
  // She leaves the county; with the given chance her registration stays behind.
  void send_out(PersonIndex daughter, double registration_stays);
  PersonIndex find_bride(PersonIndex groom, Day wedding);
  PersonIndex stranger(bool male, Day birth, bool from_this_county);
  void bring_in(PersonIndex bride, HomeIndex home, BookletIndex booklet, Day wedding);

  PersonIndex add_person(Person person);
  HomeIndex add_home(HomeIndex parent, Day began);
  BookletIndex add_booklet(PersonIndex head, HomeIndex address, BookletIndex from, Day opened);
  void register_in(PersonIndex person, BookletIndex booklet);
  void give_number(Person& person, const County& county);
  void name_child(Person& child, const Family& family, const Clan& clan, PersonIndex sibling);
  // 志强 -> 智强: the father's name by ear; empty when it cannot be.
  std::string sounding_like(const std::string& given);
  Day draw_death(Day birth, bool male);

  World& world_;
  const NameTables& names_;
  const Confusions& sounds_;
  Rng& rng_;
  IdOffice& office_;
  Likeness likeness_;
  std::vector<Clan> clans_;
  WeightedIndex clan_weights_;
  std::vector<std::vector<Bride>> brides_;  // by birth year - 1900
  std::size_t village_ = 0;
  int registered_ = 0;
  std::uint16_t next_house_no_ = 1;
};

}  // namespace bidui::world
