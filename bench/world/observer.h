// One registry's view of a person: what the clerk wrote, and which errors that holds.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "bench/world/confusions.h"
#include "bench/world/error_classes.h"
#include "bench/world/lives.h"
#include "bench/world/name_errors.h"
#include "bench/world/random.h"

namespace bidui::world {

// How a source writes dates; one is drawn per cell.
enum class DateStyle : std::uint8_t { kCompact, kIso, kSlash, kDot, kChinese, kSerial };

// "19550815", "1955-08-15", "1955/8/15", "1955.08.15", "1955年8月15日", "20316".
std::string format_date(Day day, DateStyle style);
// Year and month only, in that style (a serial becomes compact).
std::string format_month(int year, int month, DateStyle style);

struct ObservedPerson {
  std::string name;
  std::string id;
  std::string birth;
  std::string sex;
  std::string phone;
  ErrorSet errors = 0;
  bool id_placeholder = false;   // the missing number is written 无, 待补, 0
  PersonIndex id_owner = kNone;  // whose number an id_relative is
  bool id_of_stranger = false;   // and that of nobody of the household
};

struct ObservedAddress {
  std::string village;  // as the village column says
  std::string group;    // "3组"
  std::string full;     // 千岭乡竹墩村3组12号
  ErrorSet errors = 0;
};

struct ObserverOptions {
  Source source = Source::kPoverty;
  bool has_birth = true;  // the table has such a column
  bool has_sex = true;
  bool has_phone = true;
  std::vector<DateStyle> birth_styles = {DateStyle::kIso};
  bool full_address = true;  // with the county's name in front
};

// Whether a row's chance comes from its key, so that the next delivery repeats what this one said;
// and how often an office has since put right what was wrong.
struct Hand {
  bool keyed = false;
  int round = 0;         // deliveries before this one
  double corrected = 0;  // share of wrong rows put right from one to the next
};

// Not shared between threads: it draws from a stream of its own and keeps account of errors that a
// record could not have, so that a later one makes up for them.
class Observer {
 public:
  Observer(const World& world, const NameTables& names, const Confusions& confusions,
           const ErrorRates& rates, ObserverOptions options, std::uint64_t seed, Hand hand = {});

  // Call before each row or household with its key.
  void begin(std::string_view key);

  // `relatives` are the others of the household, whose numbers may be written instead.
  ObservedPerson observe(PersonIndex person, const std::vector<PersonIndex>& relatives);
  // The address of a home in this source's usual form, or otherwise.
  ObservedAddress observe_address(HomeIndex home);

  Rng& rng() { return rng_; }

 private:
  using Group = std::vector<ErrorClass>;
  std::optional<ErrorClass> draw(const Group& group);
  template <typename Apply>
  void suffer(const Group& group, ObservedPerson& seen, const Apply& apply);
  bool chance(ErrorClass error) {
    return rng_.chance(rates_.of(options_.source, error)) && !corrected_;
  }
  void write_person(PersonIndex person, const std::vector<PersonIndex>& relatives,
                    ObservedPerson& seen);
  bool write_id(ErrorClass error, const Person& person, const std::vector<PersonIndex>& relatives,
                ObservedPerson& seen);
  // Somebody on a row nearby, whose number slipped into this one; kNone for none at hand.
  PersonIndex stranger_to(const Person& person);
  bool write_birth(ErrorClass error, const Person& person, ObservedPerson& seen);
  void decorate_id(ObservedPerson& seen);
  void write_phone(const Person& person, ObservedPerson& seen);

  const World& world_;
  NameErrors name_errors_;
  const ErrorRates& rates_;
  ObserverOptions options_;
  template <typename Apply>
  void suffer_rare(const Group& group, ObservedPerson& seen, const Apply& apply);

  std::uint64_t seed_;
  Hand hand_;
  Rng rng_;
  std::uint64_t key_ = 0;
  bool corrected_ = false;  // the office has put this row right
  std::array<int, kErrorClasses> owed_{};
};

}  // namespace bidui::world
