// Village addresses, resolved to the 12-digit division code where the tables know the village, else
// to names that can be compared.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

namespace bidui::text {

struct Address {
  std::uint64_t division = 0;       // 12 digits, zero-filled below division_level; 0: unknown
  std::uint8_t division_level = 0;  // how many digits are known: 0, 2, 4, 6, 9, 12
  std::uint32_t village_hash = 0;   // of the folded name without 村/社区/村委会 …; 0: none
  std::uint32_t township_hash = 0;  // of the folded name without 镇/乡/街道 …; 0: none
  std::uint16_t group = 0;          // number of the 村民小组 (组, 社, 队, 屯); 0: unknown
  std::uint16_t house = 0;          // 0: unknown

  bool operator==(const Address&) const = default;
};

// The parts of an address as a source gives them; any may be empty. `text` is the free address.
struct AddressText {
  std::string_view county{};
  std::string_view township{};
  std::string_view village{};
  std::string_view group{};
  std::string_view text{};
};

class PlaceTables;  // the names below one county, ready to be matched

// Resolves the addresses of one county's sources; built once per run (some ms), then const and safe
// to share between threads.
class AddressResolver {
 public:
  // `county_code`: 6 digits; where an address names no other county, it is this one. 0: none.
  explicit AddressResolver(std::uint32_t county_code);
  ~AddressResolver();
  AddressResolver(AddressResolver&&) noexcept;
  AddressResolver& operator=(AddressResolver&&) noexcept;

  // 安徽省宿松县千岭乡孙岭村二社1号, 千岭竹墩村一社, 竹墩村2组, 张庙三社371号: province, prefecture
  // and county are skipped, township and village found in the tables or else by their suffix. No
  // allocation.
  Address resolve(std::string_view county, std::string_view township, std::string_view village,
                  std::string_view group, std::string_view address_text) const;
  Address resolve(const AddressText& parts) const {
    return resolve(parts.county, parts.township, parts.village, parts.group, parts.text);
  }

 private:
  std::unique_ptr<const PlaceTables> tables_;
};

// The number of a group: 5, 2组, 二社, 第十一村民小组, 竹墩村二组; 0 when there is none.
std::uint16_t parse_group(std::string_view text);

}  // namespace bidui::text
