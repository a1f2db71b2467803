// ID numbers (GB 11643-1999) as the police would give them out.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "bench/world/calendar.h"

namespace bidui::world {

// The first 17 digits as one number; 0 means that the person has none. The check character follows
// from them.
using IdBody = std::uint64_t;

// ISO 7064 MOD 11-2 over 17 digits.
char id_check_character(IdBody body);

// "342826194810010055"; empty for 0.
std::string id_text(IdBody body);

// The 15-digit form: no century, no check character. Only numbers of people born before 2000 had
// it.
std::string id_text_15(IdBody body);

// True for 18 characters with the right check character, a date of the calendar and sex digit free.
bool id_is_valid(const std::string& text);

// Gives out sequence numbers so that no two people of one region, birth date and sex share one.
class IdOffice {
 public:
  // `start` is where the office of the person's township began counting on that day (0 to 499).
  // Returns 0 when all 500 numbers of that region, day and sex are used.
  IdBody issue(int region, Day birth, bool male, int start);

 private:
  std::unordered_map<std::uint64_t, std::vector<bool>> used_;
};

}  // namespace bidui::world
