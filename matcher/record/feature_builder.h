// From a record's cells to its features: standardisation of every person attribute, and a count of
// what was repaired.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "matcher/record/features.h"
#include "matcher/text/address.h"
#include "matcher/text/address_memo.h"
#include "matcher/text/name.h"

namespace bidui::record {

// The cells of one record that describe a person; any may be empty. Views must live through the
// call only.
struct PersonText {
  std::string_view name{};
  std::string_view family_name{};  // where a file splits the name; used when `name` is empty
  std::string_view given_name{};
  std::string_view former_name{};
  std::string_view id_number{};
  std::string_view birth{};
  std::string_view birth_year{};  // where a file splits the date; used when `birth` is empty
  std::string_view birth_month{};
  std::string_view birth_day{};
  std::string_view sex{};
  std::string_view phone{};
  std::string_view household{};
  text::AddressText address{};
};

// What standardisation changed or found damaged; counted in the import summary.
enum class Repair : std::uint8_t {
  kNameCleaned,      // spaces, remarks, width, variants
  kNameDamaged,      // a character is lost
  kNamePlaceholder,  // no proper name
  kNameAlias,        // an alias was split off
  kIdCleaned,        // spaces, quotes, width, X forms
  kIdUpgraded,       // 15 to 18 digits
  kIdInvalid,        // check digit, date or region cannot be right
  kIdPrecisionLost,  // ruined by a spreadsheet
  kIdDisability,     // a disability certificate's number
  kIdMissing,
  kBirthPartial,
  kBirthImpossible,
  kAddressUnresolved,  // no village could be told
  kCount,
};

std::string_view repair_name(Repair repair);   // stable, e.g. "id_upgraded"
std::string_view repair_title(Repair repair);  // Chinese

using RepairCounts = std::array<std::uint64_t, static_cast<std::size_t>(Repair::kCount)>;

class FeatureBuilder {
 public:
  // `county_code`: 6 digits; the county of addresses that name none; 0 = unknown.
  explicit FeatureBuilder(std::uint32_t county_code) : resolver_(county_code) {}

  // Adds to `repairs` what was repaired. Never fails; about 1 µs. Const and safe to share between
  // threads. With a memo of this builder's places, villages seen before cost less; the features are
  // the same.
  PersonFeatures build(const PersonText& text, RepairCounts& repairs,
                       text::AddressMemo* places = nullptr) const;

  // For the rows of a batch, on one thread.
  text::AddressMemo memo() const { return text::AddressMemo(resolver_); }

 private:
  text::AddressResolver resolver_;
};

// The features of a free column: letters in upper case without accents, white space folded; other
// scripts as they are. Empty text and the usual words for nothing give a missing feature.
TextFeature build_text_feature(std::string_view text);

// The hash of a name's dialect-folded syllables in any order (国建王 is 王建国), as in
// PersonFeatures::name_fold; 0 for no name and where a character is lost.
std::uint32_t fold_name(const NameFeature& name);
// The same of folded sounds (unit_readings.h); 0 where one of them is 0.
std::uint32_t fold_sounds(std::span<const std::uint64_t> sounds);

// The units of a normalised name.
NameFeature name_feature(const text::Name& name, std::string_view latin_source);

}  // namespace bidui::record
