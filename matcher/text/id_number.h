// Citizen identity numbers (GB 11643-1999) from dirty cells. Check digit: ISO 7064 MOD 11-2.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "matcher/text/date.h"
#include "matcher/text/sex.h"

namespace bidui::text {

enum class IdState : std::uint8_t {
  kMissing,        // blank, 无, 待补, 未上户, 同音号, 0, eighteen equal digits
  kValid,          // region, date and check digit hold
  kBadChecksum,    // 18 characters; region and date hold, the check digit does not. Also 19
                   // digits (kIdTooLong): the 18 of them that hold, where that is unique
  kBadDate,        // the birth date does not exist
  kBadRegion,      // the first six digits were never a county
  kPrecisionLost,  // …000 or 5.00235E+17: a spreadsheet kept known_prefix digits; or masked by *
  kTooShort,       // 17 digits and the like, not uniquely repairable
  kOther,          // not a citizen number
};

enum IdFlag : std::uint16_t {
  kIdFullWidth = 1,
  kIdSpaces = 2,         // white space, zero-width characters or hyphens inside
  kIdApostrophe = 4,     // a leading ' ’ ` or quotes
  kIdCheckForm = 8,      // x, Ⅹ, Х, Χ, ×, * … in place of X
  kIdLetters = 16,       // O for 0, l or I for 1
  kIdTrailing = 32,      // .0 or a dot at the end
  kIdLostX = 64,         // the lost X at the end was put back
  kIdTooLong = 128,      // 19 digits and the like; the first 18 are kept where they hold
  kIdOutOfPeriod = 256,  // the region's code was abolished before the birth year
};

struct IdNumber {
  using enum IdFlag;

  // The first 17 digits of the 18-digit form; unknown digits are 0. Of kTooShort: the 17 characters
  // as they stand, so that a comparison can see which one is missing (an X at their end is 0).
  std::uint64_t digits17 = 0;
  std::uint8_t check = 15;  // 0-9, 10 = X, 15 = absent
  IdState state = IdState::kMissing;
  bool upgraded = false;              // was a 15-digit number
  bool disability = false;            // was a disability certificate's number (20 or 22 characters)
  std::uint8_t disability_kind = 0;   // 1 视力 … 7 多重
  std::uint8_t disability_grade = 0;  // 1-4
  // How many leading digits of digits17 the cell gives: 17 for a full number (of which one may be
  // mistyped), 15 or fewer where precision was lost, 14 or fewer where a digit is missing; 0 where
  // that is one of the region's, whose birth date is known none the less.
  std::uint8_t known_prefix = 0;
  Sex sex = Sex::kUnknown;
  std::uint32_t region = 0;  // 6 digits
  Date birth;                // missing if it does not exist
  std::uint16_t sequence = 0;
  std::uint16_t flags = 0;

  std::uint8_t length = 0;  // digits and X in the cell, disability code not counted

  bool is_full() const {  // 17 digits that can be compared one by one
    return state == IdState::kValid || state == IdState::kBadChecksum ||
           state == IdState::kBadDate || state == IdState::kBadRegion;
  }
  bool has(IdFlag flag) const { return (flags & flag) != 0; }
  bool operator==(const IdNumber&) const = default;
};

// Never fails; what the cell is stands in `state`. No allocation; well below 0.1 µs.
IdNumber parse_id_number(std::string_view text);

// The valid number whose first 17 digits these are, as parse_id_number() reads it. O(1), without
// looking anything up; of other digits it means nothing.
IdNumber valid_id_number(std::uint64_t digits17, std::uint8_t check);

// The check digit (0-9, 10 = X) of the first 17 digits.
std::uint8_t id_check_digit(std::uint64_t digits17);

// The county's code of today; several (split counties): the first; `code` itself when unknown.
std::uint32_t current_region(std::uint32_t code);

// The 18 characters (17 where the check digit is absent; the prefix with * behind it where
// precision was lost); empty when there is no number. Personal data: never for logs; see mask.h.
std::string format_id(const IdNumber& id);

// Whether the text surely is what format_id() would write of it, if there is a number in it at all:
// 18 digits, or 17 and X, of which a spreadsheet has not set the last three to 0.
bool is_standard_form(std::string_view text);

}  // namespace bidui::text
