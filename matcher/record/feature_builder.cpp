#include "matcher/record/feature_builder.h"

#include <charconv>

#include "matcher/base/hash.h"
#include "matcher/text/date.h"
#include "matcher/text/id_number.h"
#include "matcher/text/phone.h"
#include "matcher/text/sex.h"

namespace bidui::record {
namespace {

void count(RepairCounts& repairs, Repair repair) { ++repairs[static_cast<std::size_t>(repair)]; }

std::uint32_t pack_date(text::Date date) {
  return static_cast<std::uint32_t>(date.year * 10000 + date.month * 100 + date.day);
}

std::uint32_t hash_of_name(const NameFeature& name) {
  if (name.length == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(name.units.data()),
                               sizeof(name.units));
  return static_cast<std::uint32_t>(hash_bytes(bytes)) | 1U;
}

void fill_aliases(const text::StandardName& name, std::string_view former_name, PersonFeatures& p) {
  std::size_t filled = 0;
  const auto add = [&](const text::Name& alias, std::string_view source) {
    const std::uint32_t fold = fold_name(name_feature(alias, source));
    if (fold != 0 && fold != p.name_fold && filled < p.alias_fold.size())
      p.alias_fold[filled++] = fold;
  };
  for (std::size_t i = 0; i < name.alias_count; ++i) add(name.aliases[i], {});
  if (!former_name.empty()) {
    const text::StandardName former = text::standardise_name(former_name);
    add(former.main, former_name);
    for (std::size_t i = 0; i < former.alias_count; ++i) add(former.aliases[i], {});
  }
}

void fill_name(const PersonText& text, PersonFeatures& p, RepairCounts& repairs) {
  std::array<char, 256> joined{};
  std::string_view source = text.name;
  if (source.empty() && text.family_name.size() + text.given_name.size() + 1 <= joined.size()) {
    std::size_t length = text.family_name.copy(joined.data(), text.family_name.size());
    const bool latin =
        !text.given_name.empty() && static_cast<unsigned char>(text.given_name[0]) < 0x80;
    if (latin && length != 0) joined[length++] = ' ';
    length += text.given_name.copy(joined.data() + length, text.given_name.size());
    source = {joined.data(), length};
  }
  if (source.empty()) return;
  const text::StandardName name = text::standardise_name(source);
  p.name = name_feature(name.main, source);
  p.name_hash = hash_of_name(p.name);
  p.name_fold = fold_name(p.name);
  fill_aliases(name, text.former_name, p);
  if (name.main.has(text::kRepaired)) count(repairs, Repair::kNameCleaned);
  if (name.main.has(text::kDamaged)) count(repairs, Repair::kNameDamaged);
  // 未取名 leaves no character, and so no feature that could carry the flag.
  if (name.main.has(text::kPlaceholder) || name.main.has(text::kTitleRelative))
    count(repairs, Repair::kNamePlaceholder);
  if (name.alias_count != 0) count(repairs, Repair::kNameAlias);
}

IdClass class_of(const text::IdNumber& id) {
  switch (id.state) {
    case text::IdState::kMissing:
    case text::IdState::kOther:
      return IdClass::kMissing;
    case text::IdState::kValid:
      return id.upgraded ? IdClass::kUnverified : IdClass::kValid;
    case text::IdState::kBadChecksum:
    case text::IdState::kBadDate:
    case text::IdState::kBadRegion:
      return IdClass::kInvalid;
    case text::IdState::kPrecisionLost:
      return IdClass::kPrefix;
    case text::IdState::kTooShort:
      return id.known_prefix >= 17 ? IdClass::kUnverified : IdClass::kPrefix;
  }
  return IdClass::kMissing;
}

void count_id_repairs(const text::IdNumber& id, RepairCounts& repairs) {
  if (id.state == text::IdState::kMissing) count(repairs, Repair::kIdMissing);
  if (id.flags != 0) count(repairs, Repair::kIdCleaned);
  if (id.upgraded) count(repairs, Repair::kIdUpgraded);
  if (id.disability) count(repairs, Repair::kIdDisability);
  if (id.state == text::IdState::kPrecisionLost) count(repairs, Repair::kIdPrecisionLost);
  if (class_of(id) == IdClass::kInvalid || id.state == text::IdState::kTooShort ||
      id.state == text::IdState::kOther) {
    count(repairs, Repair::kIdInvalid);
  }
}

void fill_id(const PersonText& text, PersonFeatures& p, RepairCounts& repairs) {
  const text::IdNumber id = text::parse_id_number(text.id_number);
  count_id_repairs(id, repairs);
  p.id_class = class_of(id);
  if (p.id_class == IdClass::kMissing) return;
  p.id_digits = id.digits17;
  p.id_check = p.id_class == IdClass::kUnverified ? text::id_check_digit(id.digits17) : id.check;
  p.id_prefix = id.known_prefix;
  // A lost X that was put back may as well be another character that was lost.
  const bool lost = id.state == text::IdState::kTooShort && id.length == 17;
  if (lost || id.has(text::kIdLostX)) p.flags |= kIdCharacterLost;
  if (p.birth == 0 && !id.birth.is_missing()) {
    p.birth = pack_date(id.birth);
    p.flags |= kBirthFromId;
  }
  if (p.sex == kSexUnknown && id.sex != text::Sex::kUnknown && p.id_class != IdClass::kPrefix) {
    p.sex = static_cast<std::uint8_t>(id.sex);
    p.flags |= kSexFromId;
  }
}

int number_of(std::string_view text) {
  int value = 0;
  while (!text.empty() && (text.front() < '0' || text.front() > '9')) text.remove_prefix(1);
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

text::Date joined_birth(const PersonText& text) {
  const int year = number_of(text.birth_year);
  const int month = number_of(text.birth_month);
  const int day = number_of(text.birth_day);
  if (year < 1850 || year > 2100) return {};
  text::Date date{static_cast<std::int16_t>(year), 0, 0};
  if (month >= 1 && month <= 12) date.month = static_cast<std::uint8_t>(month);
  if (date.month != 0 && day >= 1 && day <= 31) date.day = static_cast<std::uint8_t>(day);
  return date;
}

void fill_birth(const PersonText& text, PersonFeatures& p, RepairCounts& repairs) {
  if (text.birth.empty()) {
    p.birth = pack_date(joined_birth(text));
    return;
  }
  const text::ParsedDate birth = text::parse_date(text.birth);
  p.birth = pack_date(birth.date);
  if (birth.state == text::DateState::kPartial) count(repairs, Repair::kBirthPartial);
  if (birth.state == text::DateState::kImpossible) count(repairs, Repair::kBirthImpossible);
}

bool has_address(const text::AddressText& a) {
  return !(a.county.empty() && a.township.empty() && a.village.empty() && a.group.empty() &&
           a.text.empty());
}

}  // namespace

std::string_view repair_name(Repair repair) {
  static constexpr std::array<std::string_view, static_cast<std::size_t>(Repair::kCount)> kNames = {
      "name_cleaned",  "name_damaged",     "name_placeholder",  "name_alias",    "id_cleaned",
      "id_upgraded",   "id_invalid",       "id_precision_lost", "id_disability", "id_missing",
      "birth_partial", "birth_impossible", "address_unresolved"};
  return kNames[static_cast<std::size_t>(repair)];
}

std::string_view repair_title(Repair repair) {
  static constexpr std::array<std::string_view, static_cast<std::size_t>(Repair::kCount)> kTitles =
      {"姓名已清理",     "姓名缺损",       "无正式姓名",      "姓名含别名", "证件号已清理",
       "15位升18位",     "证件号无效",     "证件号被截断",    "残疾证号",   "证件号缺失",
       "出生日期不完整", "出生日期不存在", "住址未能定位到村"};
  return kTitles[static_cast<std::size_t>(repair)];
}

PersonFeatures FeatureBuilder::build(const PersonText& text, RepairCounts& repairs,
                                     text::AddressMemo* places) const {
  PersonFeatures p;
  fill_name(text, p, repairs);
  fill_birth(text, p, repairs);
  p.sex = static_cast<std::uint8_t>(text::parse_sex(text.sex));
  fill_id(text, p, repairs);
  if (has_address(text.address)) {
    const text::Address address =
        places != nullptr ? places->resolve(text.address) : resolver_.resolve(text.address);
    p.division = address.division & 0xFFFF'FFFF'FFFFU;  // 12 digits take 40 bits
    p.division_level = address.division_level;
    p.village = address.village_hash;
    p.township = address.township_hash;
    p.group = address.group;
    p.house = address.house;
    if (p.village == 0) count(repairs, Repair::kAddressUnresolved);
  }
  p.phone = text.phone.empty() ? 0 : text::parse_phone(text.phone);
  p.household = text.household.empty() ? 0 : hash_bytes(text.household) | 1U;
  return p;
}

}  // namespace bidui::record
