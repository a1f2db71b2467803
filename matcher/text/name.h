// One person's name from the cell of a list: spaces, remarks, aliases and damaged characters told
// apart from the name itself. Spellings: docs of the reference tables, fields.md §8.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "matcher/text/utf8.h"

namespace bidui::text {

inline constexpr std::size_t kMaxNameLength = 12;

enum class NameScript : std::uint8_t { kNone, kHan, kLatin, kOther };

enum NameFlag : std::uint16_t {
  kDamaged = 1,           // has a kWildcard: a character that was lost
  kRemark = 2,            // a remark was cut off: （户主）, (已故), a trailing * or digit
  kAliasPresent = 4,      // aliases[0] is filled: 王伟(王二娃), 张三/张山
  kInterpunct = 8,        // 次仁·曲珍: the dot is removed
  kPlaceholder = 16,      // no proper name: 未取名, 王伟之子, 王氏, 王某某, 小孩, 无
  kCut = 32,              // longer than kMaxNameLength
  kRepaired = 64,         // anything was changed but for surrounding white space
  kPinyinInside = 128,    // letters stand for a character: 王YAN
  kTitleRelative = 256,   // 王伟之妻: the name is another person's
  kSeveralPersons = 512,  // 张三、李四: the name is the first one's
  kVariantFolded = 1024,  // a traditional, variant or compatibility form was folded
};

struct Name {
  using enum NameFlag;

  // Folded (chars.h): simplified, interpuncts removed, letters in upper case, kWildcard where a
  // character is damaged; 0-filled.
  std::array<char32_t, kMaxNameLength> chars{};
  std::uint8_t length = 0;          // 0: no name
  std::uint8_t surname_length = 0;  // 0 where none can be told: Latin, 次仁曲珍
  NameScript script = NameScript::kNone;
  std::uint8_t hint_index = 0;      // which character hint_syllable stands for
  std::uint16_t hint_syllable = 0;  // the reading of the first kWildcard that was given in letters
  std::uint16_t flags = 0;
  // The same without simplification, for the exact test (喆 is not 哲, 陳 is not 陈).
  std::array<char32_t, kMaxNameLength> original_folded{};

  std::span<const char32_t> view() const { return {chars.data(), length}; }
  std::span<const char32_t> surname() const { return {chars.data(), surname_length}; }
  std::span<const char32_t> given() const { return view().subspan(surname_length); }
  bool has(NameFlag flag) const { return (flags & flag) != 0; }

  bool operator==(const Name&) const = default;
};

struct StandardName {
  Name main;  // its flags speak for the whole cell
  std::array<Name, 2> aliases{};
  std::uint8_t alias_count = 0;

  bool operator==(const StandardName&) const = default;
};

// Never fails: a cell without a name gives length 0. Cells are read up to 128 code points. No
// allocation; about 0.1 µs for an ordinary name.
StandardName standardise_name(std::string_view utf8);

// UTF-8 of the normalised name, for display and tests; a wildcard is printed as □.
std::string to_utf8(const Name& name);

}  // namespace bidui::text
