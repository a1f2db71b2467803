// What a sample of a column's cells looks like, without knowing its header.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bidui::schema {

// Shares are of the filled cells, 0 to 1; 0 when no cell is filled.
struct CellProfile {
  std::size_t filled = 0;    // cells that are not blank
  std::size_t distinct = 0;  // different values among them
  double repeated = 0;       // cells whose value stands in another row too
  double citizen_id = 0;     // 15, 17 or 18 characters in the form of GB 11643, date in range
  double checksum = 0;       // 18 characters whose last one is right (ISO 7064 MOD 11-2)
  double date = 0;           // a day, month or spreadsheet date in one of the usual forms
  double year = 0;           // four digits from 1850 to 2100
  double numeric = 0;        // digits with at most one sign, decimal point and currency sign
  double mobile = 0;         // a Chinese mobile number
  double phone = 0;          // 7 to 15 digits, spaces and marks apart
  double email = 0;          // something@something.something
  double han_name = 0;       // two to four Chinese characters, the first a common surname
  double place = 0;          // Chinese characters that name a place of two levels at least
  double lettered = 0;       // contains a letter of any script
  double person_name = 0;    // han_name, or two to four words of letters
  double code = 0;           // one word of letters and digits, or of seven digits or more
  double words = 0;          // mean number of words, parted by spaces
};

// Values are compared after trimming. O(cells); allocates one hash table.
CellProfile profile_cells(std::span<const std::string_view> cells);

// "19560409.0" is 19560409: whole numbers of a column with blanks, as data frames write them. Other
// texts stay as they are.
std::string_view without_decimal_zero(std::string_view text);

// The form of a citizen's number: 6 digits, birth date, 2 or 3 digits and a check character.
bool is_citizen_id_form(std::string_view text);
// ISO 7064 MOD 11-2 over 18 characters; false for any other length or form.
bool has_valid_checksum(std::string_view text);
// 20171120, 2017-11-20, 2017.1.2, 20/11/2017, 2017年11月20日, with or without a time.
bool is_date_form(std::string_view text);

}  // namespace bidui::schema
