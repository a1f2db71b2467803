#include "bench/world/observer.h"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

#include "bench/world/utf8.h"

namespace bidui::world {
namespace {

using enum ErrorClass;

const std::vector<ErrorClass> kIdErrors = {kIdMissing,  kIdOneDigit,      kIdTwoSwapped,
                                           kId15Digit,  kIdPrecisionLost, kIdExponent,
                                           kIdRelative, kIdDisability};
const std::vector<ErrorClass> kNameErrors = {
    kNameHomophone,    kNameLookalike, kNameTraditional, kNameDialect, kNameSurnameChanged,
    kNameGivenMissing, kNamePet,       kNameFormer,      kNameDamaged, kNameInterpunct};
const std::vector<ErrorClass> kBirthErrors = {kBirthDayMonthSwapped, kBirthYearOff, kBirthLunar,
                                              kBirthPartial, kBirthMissing};

std::string change_digit(std::string id, Rng& rng) {
  const std::size_t place = rng.index(17);
  id[place] = static_cast<char>('0' + (id[place] - '0' + rng.range(1, 9)) % 10);
  return id;
}

// Neighbouring digits that differ, so that the check character always breaks.
std::optional<std::string> swap_digits(std::string id, Rng& rng) {
  for (int attempt = 0; attempt < 40; ++attempt) {
    const std::size_t place = rng.index(16);
    if (id[place] == id[place + 1]) continue;
    std::swap(id[place], id[place + 1]);
    return id;
  }
  return std::nullopt;
}

}  // namespace

std::string format_date(Day day, DateStyle style) {
  if (day == kNever) return {};
  const Date d = date_of(day);
  switch (style) {
    case DateStyle::kCompact:
      return compact_date(day);
    case DateStyle::kIso:
      return iso_date(day);
    case DateStyle::kSlash:
      return fmt::format("{}/{}/{}", d.year, d.month, d.day);
    case DateStyle::kDot:
      return fmt::format("{}.{:02}.{:02}", d.year, d.month, d.day);
    case DateStyle::kChinese:
      return fmt::format("{}年{}月{}日", d.year, d.month, d.day);
    case DateStyle::kSerial:
      return std::to_string(day - day_of(1899, 12, 30));
  }
  return {};
}

std::string format_month(int year, int month, DateStyle style) {
  switch (style) {
    case DateStyle::kIso:
    case DateStyle::kSlash:
      return fmt::format("{}-{:02}", year, month);
    case DateStyle::kDot:
      return fmt::format("{}.{:02}", year, month);
    case DateStyle::kChinese:
      return fmt::format("{}年{}月", year, month);
    case DateStyle::kCompact:
    case DateStyle::kSerial:
      return fmt::format("{}{:02}", year, month);
  }
  return {};
}

Observer::Observer(const World& world, const NameTables& names, const Confusions& confusions,
                   const ErrorRates& rates, ObserverOptions options, std::uint64_t seed, Hand hand)
    : world_(world),
      name_errors_(names, confusions),
      rates_(rates),
      options_(std::move(options)),
      seed_(seed),
      hand_(hand),
      rng_(seed, 1000 + static_cast<std::uint64_t>(options_.source)) {}

void Observer::begin(std::string_view key) {
  if (!hand_.keyed) return;
  key_ = hash_bytes(key, hash_combine(seed_, static_cast<std::uint64_t>(options_.source)));
  rng_ = Rng(key_, 1);
}

std::optional<ErrorClass> Observer::draw(const Group& group) {
  double at = rng_.unit();
  for (const ErrorClass error : group) {
    at -= rates_.of(options_.source, error);
    if (at < 0) return error;
  }
  return std::nullopt;
}

// One error of the group at most. `apply` says whether this record can have it; if not, it is owed,
// and a later record without an error of the group takes it.
template <typename Apply>
void Observer::suffer(const Group& group, ObservedPerson& seen, const Apply& apply) {
  if (const auto error = draw(group)) {
    if (corrected_) return;
    if (apply(*error)) {
      seen.errors |= error_bit(*error);
    } else if (!hand_.keyed) {
      ++owed_[static_cast<std::size_t>(*error)];
    }
    return;
  }
  if (hand_.keyed) {
    suffer_rare(group, seen, apply);
    return;
  }
  if (!rng_.chance(0.25)) return;
  for (const ErrorClass error : group) {
    int& owed = owed_[static_cast<std::size_t>(error)];
    if (owed == 0 || !apply(error)) continue;
    --owed;
    seen.errors |= error_bit(error);
    return;
  }
}

// Where nothing is owed to later rows: what few people can have happens to more of those.
template <typename Apply>
void Observer::suffer_rare(const Group& group, ObservedPerson& seen, const Apply& apply) {
  static constexpr std::array<std::pair<ErrorClass, double>, 3> kRare = {
      {{kNameFormer, 0.03}, {kIdDisability, 0.04}, {kId15Digit, 0.75}}};
  for (const auto& [error, able] : kRare) {
    const double rate = rates_.of(options_.source, error);
    const bool drawn = rng_.chance(std::min(0.3, rate / able - rate)) && !corrected_;
    if (std::ranges::find(group, error) == group.end() || !drawn || !apply(error)) continue;
    seen.errors |= error_bit(error);
    return;
  }
}

bool Observer::write_id(ErrorClass error, const Person& person,
                        const std::vector<PersonIndex>& relatives, ObservedPerson& seen) {
  const std::string full = id_text(person.id);
  if (full.empty()) return false;
  switch (error) {
    case kIdMissing: {
      static constexpr std::array<const char*, 4> kPlaceholders = {"无", "待补", "0", "未上户"};
      seen.id_placeholder = rng_.chance(0.15);
      seen.id = seen.id_placeholder ? rng_.pick(kPlaceholders) : "";
      return true;
    }
    case kIdOneDigit:
      seen.id = change_digit(full, rng_);
      return true;
    case kIdTwoSwapped: {
      const auto swapped = swap_digits(full, rng_);
      if (swapped) seen.id = *swapped;
      return swapped.has_value();
    }
    case kId15Digit:
      if (year_of(person.birth) >= 2000) return false;
      seen.id = id_text_15(person.id);
      return true;
    case kIdPrecisionLost:
      seen.id = full.substr(0, 15) + "000";
      return seen.id != full;
    case kIdExponent:
      seen.id = fmt::format("{:.5E}", static_cast<double>(person.id) * 10.0);
      return true;
    case kIdRelative: {
      PersonIndex other = kNone;
      if (hand_.keyed && rng_.chance(0.35)) other = stranger_to(person);
      seen.id_of_stranger = other != kNone;
      if (other == kNone && relatives.empty()) return false;
      if (other == kNone) other = rng_.pick(relatives);
      if (world_.people[other].id == 0 || world_.people[other].id == person.id) return false;
      seen.id = id_text(world_.people[other].id);
      seen.id_owner = other;
      return true;
    }
    case kIdDisability:
      if (person.disability_kind == 0) return false;
      seen.id = fmt::format("{}{}{}", full, person.disability_kind, person.disability_grade);
      return true;
    default:
      return false;
  }
}

PersonIndex Observer::stranger_to(const Person& person) {
  for (int attempt = 0; attempt < 8; ++attempt) {
    const auto index = static_cast<PersonIndex>(rng_.index(world_.people.size()));
    const Person& other = world_.people[index];
    const bool kin = other.home == person.home || other.surname == person.surname;
    if (other.booklet != kNone && other.id != 0 && !other.shares_number && !kin) return index;
  }
  return kNone;
}

void Observer::decorate_id(ObservedPerson& seen) {
  std::string& id = seen.id;
  switch (rng_.range(0, 5)) {
    case 0:
    case 1:
      id.insert(0, "'");
      break;
    case 2:
      id.insert(14, " ").insert(6, " ");
      break;
    case 3:
      id = full_width(id);
      break;
    case 4:
      id += "\t";
      break;
    default:
      if (id.back() == 'X') {
        id.pop_back();
        id += rng_.chance(0.6) ? "x" : "Х";  // the second is Cyrillic
      } else {
        id += " ";
      }
  }
  seen.errors |= error_bit(kIdDecorated);
}

bool Observer::write_birth(ErrorClass error, const Person& person, ObservedPerson& seen) {
  const DateStyle style = rng_.pick(options_.birth_styles);
  const Date d = date_of(person.birth);
  switch (error) {
    case kBirthDayMonthSwapped:
      if (d.day > 12 || d.day == d.month) return false;
      seen.birth = format_date(day_of(d.year, d.day, d.month), style);
      return true;
    case kBirthYearOff: {
      const int year = d.year + (rng_.chance(0.5) ? 1 : -1);
      const int day = std::min(d.day, days_in_month(year, d.month));
      seen.birth = format_date(day_of(year, d.month, day), style);
      return true;
    }
    case kBirthLunar: {
      const Date lunar = lunar_date_of(person.birth);
      // Lunar months may have a 30th where the solar one ends with the 28th: typed all the same.
      if (lunar.day > days_in_month(lunar.year, lunar.month)) return false;
      seen.birth = format_date(day_of(lunar.year, lunar.month, lunar.day), style);
      return true;
    }
    case kBirthPartial:
      seen.birth = format_month(d.year, d.month, style);
      return true;
    case kBirthMissing:
      seen.birth.clear();
      return true;
    default:
      return false;
  }
}

void Observer::write_phone(const Person& person, ObservedPerson& seen) {
  const std::uint64_t phone = person.home == kNone ? 0 : world_.homes[person.home].phone;
  if (chance(kPhoneMissing) || phone == 0) {
    seen.errors |= error_bit(kPhoneMissing);
    return;
  }
  seen.phone = std::to_string(phone);
  const double written = 1.0 - rates_.of(options_.source, kPhoneMissing);
  if (rng_.chance(rates_.of(options_.source, kPhoneOther) / std::max(written, 0.01))) {
    seen.phone =
        "1" + std::to_string(rng_.range(3, 8)) + fmt::format("{:09}", rng_.range(0, 999999999));
    seen.errors |= error_bit(kPhoneOther);
  }
}

ObservedPerson Observer::observe(PersonIndex index, const std::vector<PersonIndex>& relatives) {
  ObservedPerson seen;
  if (!hand_.keyed) {
    write_person(index, relatives, seen);
    return seen;
  }
  // A stream of its own: what the row draws besides does not depend on what befell the person.
  Rng of_row = std::exchange(rng_, Rng(key_, 2));
  for (int round = 1; round <= hand_.round; ++round) {
    const auto share = static_cast<double>(mix64(key_ + 977U * static_cast<unsigned>(round)) >> 11);
    corrected_ = corrected_ || share * 0x1.0p-53 < hand_.corrected;
  }
  write_person(index, relatives, seen);
  corrected_ = false;
  rng_ = of_row;
  return seen;
}

void Observer::write_person(PersonIndex index, const std::vector<PersonIndex>& relatives,
                            ObservedPerson& seen) {
  const Person& person = world_.people[index];
  seen.name = person.name();
  seen.id = id_text(person.id);
  suffer(kIdErrors, seen, [&](ErrorClass e) { return write_id(e, person, relatives, seen); });
  if (seen.id.size() == 18 && seen.errors == 0 && chance(kIdDecorated)) decorate_id(seen);
  suffer(kNameErrors, seen, [&](ErrorClass e) {
    auto changed = name_errors_.apply(e, person, rng_);
    if (!changed || *changed == seen.name) return false;
    seen.name = std::move(*changed);
    return true;
  });
  if (chance(kNameSpaced)) {
    if (auto spaced = NameErrors::spaced(seen.name, rng_)) {
      seen.name = std::move(*spaced);
      seen.errors |= error_bit(kNameSpaced);
    }
  } else if (chance(kNameRemark)) {
    seen.name = NameErrors::with_remark(seen.name, rng_);
    seen.errors |= error_bit(kNameRemark);
  }
  if (options_.has_birth) {
    seen.birth = format_date(person.birth, rng_.pick(options_.birth_styles));
    suffer(kBirthErrors, seen, [&](ErrorClass e) { return write_birth(e, person, seen); });
  }
  if (options_.has_sex) {
    const bool wrong = chance(kSexWrong);
    if (wrong) seen.errors |= error_bit(kSexWrong);
    seen.sex = person.male != wrong ? "男" : "女";
  }
  if (options_.has_phone) write_phone(person, seen);
}

ObservedAddress Observer::observe_address(HomeIndex index) {
  const Home& home = world_.homes[index];
  ObservedAddress seen;
  std::size_t village = home.village;
  if (chance(kVillageWrong) && world_.villages.size() > 1) {
    village = village + 1 < world_.villages.size() ? village + 1 : village - 1;
    seen.errors |= error_bit(kVillageWrong);
  }
  const Divisions& divisions = world_.divisions;
  std::string county = divisions.home.name;
  std::string township = world_.township_of(village).name;
  seen.village = world_.villages[village].name;
  if (home.outside > 0) county = divisions.neighbours[home.outside - 1U].name;
  seen.group = std::to_string(home.group) + "组";
  if (!chance(kAddressOther)) {
    seen.full = (options_.full_address ? divisions.home.province + county : county) + township +
                seen.village + seen.group + std::to_string(home.house_no) + "号";
    return seen;
  }
  seen.errors |= error_bit(kAddressOther);
  static constexpr std::array<const char*, 3> kGroupWords = {"组", "社", "村民小组"};
  const std::string word = rng_.pick(kGroupWords);
  seen.group = (rng_.chance(0.5) ? chinese_number(home.group) : std::to_string(home.group)) + word;
  std::string name = seen.village;
  if (rng_.chance(0.3) && name.size() > 6 && name.ends_with("村")) name.resize(name.size() - 3);
  if (rng_.chance(0.25)) township.resize(township.size() - 3);
  const int form = rng_.range(0, 3);
  if (form == 0) seen.full = county + township + name + seen.group;
  if (form == 1) seen.full = township + name + seen.group;
  if (form == 2) seen.full = name + seen.group;
  if (form == 3) seen.full = township + name + seen.group + std::to_string(home.house_no) + "号";
  return seen;
}

}  // namespace bidui::world
