// The county of the simulation and the places that people come from, from the division tables.
#pragma once

#include <string>
#include <vector>

#include "bench/world/random.h"
#include "matcher/base/result.h"

namespace bidui::world {

// A county through its history, under its current code.
struct County {
  struct Period {
    int code = 0;
    int first_year = 0;
    int last_year = 9999;
  };
  int current_code = 0;
  std::string name;      // 宿松县
  std::string province;  // 安徽省
  std::vector<Period> periods;

  // The code that ID numbers issued in `year` begin with.
  int code_in(int year) const;
};

struct Township {
  std::string code;  // 9 digits
  std::string name;  // 千岭乡
};

struct Village {
  std::string code;  // 12 digits; empty for a village that the tables do not have
  std::string name;  // 竹墩村
  std::size_t township = 0;
};

// All of a county that the generator needs.
struct Divisions {
  County home;
  std::vector<County> neighbours;  // counties of the same prefecture
  std::vector<County> elsewhere;   // all other counties of the country
  std::vector<Township> townships;
  std::vector<Village> villages;  // in the order of their codes

  // Enough villages for that many people (about 1,900 each): real ones first, spread over the
  // townships from a start drawn by `rng`, then invented ones.
  std::vector<Village> choose_villages(int people, Rng& rng) const;
};

// `division` is a current county code. Errors: kNotFound for a missing table or an unknown county.
Result<Divisions> load_divisions(const std::string& directory, int division);

}  // namespace bidui::world
