// One cell: numbers, names, dates, places.
#include <algorithm>
#include <fmt/format.h>

#include "matcher/text/address.h"
#include "matcher/text/date.h"
#include "matcher/text/id_number.h"
#include "matcher/text/latin_name.h"
#include "matcher/text/mask.h"
#include "matcher/text/name.h"
#include "matcher/text/phone.h"
#include "matcher/text/pinyin.h"
#include "matcher/text/relation.h"
#include "matcher/text/sex.h"
#include "tests/fuzz/fuzz_target.h"

namespace bidui::fuzz {

using namespace text;

std::string check_id_number(std::string_view bytes) {
  const IdNumber id = parse_id_number(bytes);
  if (id.digits17 >= 100000000000000000ULL) return "more than 17 digits";
  if (id.known_prefix > 17) return "more than 17 known digits";
  if (!id.birth.is_missing() && !valid(id.birth)) return "a birth date that does not exist";
  if (id.region > 999999) return "a region of more than 6 digits";
  if (id.state != IdState::kValid) return "";
  if (id.check != id_check_digit(id.digits17)) return "valid with a wrong check digit";
  if (id.sex == Sex::kUnknown) return "valid without a sex";
  const IdNumber again = parse_id_number(format_id(id));
  if (again.state != IdState::kValid || again.digits17 != id.digits17)
    return "another number when read again";
  return "";
}

std::string check_name(std::string_view bytes) {
  const StandardName name = standardise_name(bytes);
  if (name.main.length > kMaxNameLength) return "too long";
  if (name.main.surname_length > name.main.length) return "a surname longer than the name";
  if (name.alias_count > name.aliases.size()) return "too many aliases";
  const LatinName latin = standardise_latin(bytes);
  for (std::size_t i = 0; i <= latin.token_count; ++i) (void)phonetic_code(latin.token(i));
  if (!latin.cut && standardise_latin(latin.view()) != latin) return "Latin: changes when repeated";
  // A clean name says the same again; remarks and the like were taken off the first time.
  if (name.main.flags != 0 || name.main.length == 0) return "";
  const StandardName again = standardise_name(to_utf8(name.main));
  if (!std::ranges::equal(again.main.view(), name.main.view())) return "changes when repeated";
  return "";
}

std::string check_date(std::string_view bytes) {
  const ParsedDate parsed = parse_date(bytes);
  const Date& date = parsed.date;
  if ((parsed.state == DateState::kMissing) != date.is_missing()) return "missing, but a date";
  if (parsed.state == DateState::kOk && !date.is_full()) return "ok, but not full";
  if (date.is_full() && !valid(date)) return "a date that does not exist";
  if (!date.is_missing() && (date.year < 1850 || date.year > 2100)) return "out of range";
  if (!date.is_full()) return "";
  if (from_day_number(day_number(date)) != date) return "another date by its day number";
  if (parse_date(fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day)) != parsed)
    return "another date when read again";
  return "";
}

std::string check_address(std::string_view bytes) {
  static const AddressResolver resolver(340826);
  std::vector<std::string_view> parts = split(bytes, '|');
  parts.resize(5);
  const Address address = resolver.resolve(parts[0], parts[1], parts[2], parts[3], parts[4]);
  constexpr std::uint8_t kLevels[] = {0, 2, 4, 6, 9, 12};
  if (std::ranges::find(kLevels, address.division_level) == std::end(kLevels))
    return "an unknown level";
  if ((address.division_level == 0) != (address.division == 0)) return "level and code disagree";
  if (address.division >= 1000000000000ULL) return "more than 12 digits";
  (void)parse_group(bytes);
  return "";
}

std::string check_cell(std::string_view bytes) {
  const std::uint64_t phone = parse_phone(bytes);
  if (phone != 0 && parse_phone(std::to_string(phone)) != phone && is_mobile(phone))
    return "another phone when read again";
  (void)parse_relation(bytes);
  (void)parse_sex(bytes);
  for (const auto mask : {mask_id, mask_name, mask_phone, mask_address, mask_other}) {
    const std::string masked = mask(bytes);
    if (bytes.empty() != masked.empty() && bytes.empty()) return "a mask of nothing";
    if (bytes.size() > 12 && mask != mask_address && masked == bytes &&
        bytes.find('*') == std::string_view::npos)
      return "a mask that shows all";
  }
  return "";
}

}  // namespace bidui::fuzz
