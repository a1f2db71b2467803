// The ways in which a clerk, a spreadsheet or a villager changes what is written down, with the
// share of records that each touches.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "matcher/base/result.h"

namespace bidui::world {

// The six of every world first; the others with --offices all.
enum class Source : std::uint8_t {
  kCivil,
  kPoverty,
  kAllowance,
  kHousing,
  kRelocation,
  kDeath,
  kVehicle,
  kBusiness,
  kPayroll,
  kDisability,
  kMarriage,
  kRealEstate,
};
constexpr std::size_t kSources = 12;
std::string_view source_name(Source source);

enum class ErrorClass : std::uint8_t {
  kIdMissing,
  kIdOneDigit,
  kIdTwoSwapped,
  kId15Digit,
  kIdPrecisionLost,
  kIdExponent,
  kIdRelative,
  kIdDisability,
  kIdDecorated,
  kNameHomophone,
  kNameLookalike,
  kNameTraditional,
  kNameDialect,
  kNameSurnameChanged,
  kNameGivenMissing,
  kNamePet,
  kNameFormer,
  kNameDamaged,
  kNameInterpunct,
  kNameSpaced,
  kNameRemark,
  kBirthDayMonthSwapped,
  kBirthYearOff,
  kBirthLunar,
  kBirthPartial,
  kBirthMissing,
  kSexWrong,
  kPhoneMissing,
  kPhoneOther,
  kAddressOther,
  kVillageWrong,
  kRowDuplicated,
};
constexpr std::size_t kErrorClasses = 32;

// A set of classes, one bit each.
using ErrorSet = std::uint32_t;
constexpr ErrorSet error_bit(ErrorClass error) {
  return ErrorSet{1} << static_cast<unsigned>(error);
}

std::string_view error_name(ErrorClass error);
// "id_one_digit|phone_missing"; empty for no error.
std::string error_names(ErrorSet errors);

// The share of records (0 to 1) per source and class. A class that only some records can suffer
// (15 digits, a traditional form) makes up for the others, so that the share is of all records.
class ErrorRates {
 public:
  // The defaults: figures.md §1 and the further classes of fields.md §8; the civil registry has
  // few.
  ErrorRates();
  // Exactly the classes and shares of figures.md §1, in every source.
  static ErrorRates of_the_pair_task();

  double of(Source source, ErrorClass error) const {
    return rates_[static_cast<std::size_t>(source)][static_cast<std::size_t>(error)];
  }
  // Multiplies the identity, name and birth errors that destroy information.
  void multiply(double factor);
  // "id_one_digit=0.05" for all sources, "poverty:id_one_digit=0.05" for one.
  Status override_with(std::string_view setting);

  // A table of classes and shares, for --list-errors.
  std::string describe() const;

 private:
  std::array<std::array<double, kErrorClasses>, kSources> rates_{};
};

}  // namespace bidui::world
