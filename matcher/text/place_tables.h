// The townships and villages of one county, ready to be matched at a place in a text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bidui::text {

struct Place {
  std::uint64_t code = 0;  // 9 digits for a township, 12 for a village
  std::u32string name;     // folded, as in the table
  std::u32string stem;
};

class PlaceTables {
 public:
  explicit PlaceTables(std::uint32_t county);

  std::uint32_t county() const { return county_; }

  // How many characters of names of the county, its prefecture and its province `text` starts with;
  // several in a row, full or shortened (安徽省安庆市宿松县, 宿松). Shortened ones need more text
  // behind them.
  std::size_t skip_above(std::u32string_view text) const;

  // The longest township whose full name, or else whose stem, `text` starts with; nullptr if none.
  const Place* township_by_name(std::u32string_view text) const;
  const Place* township_by_stem(std::u32string_view text) const;
  const Place* find_township(std::u32string_view stem) const;  // equal stems

  // The villages of that stem: the one in `township`, or the only one of the county (township 0).
  const Place* find_village(std::u32string_view stem, std::uint64_t township) const;

  // The longest village of `township` (0: of the county) whose stem `text` starts with.
  const Place* village_by_stem(std::u32string_view text, std::uint64_t township) const;

 private:
  std::uint32_t county_;
  std::vector<std::u32string> above_;  // longest first
  std::vector<Place> townships_;
  std::vector<Place> villages_;  // sorted by stem
};

std::u32string fold_place(std::string_view name);

}  // namespace bidui::text
