// Addresses resolved once per village: the rows of a file name the same few hundred villages.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "matcher/text/address.h"

namespace bidui::text {

// Gives what `resolver` gives (matcher/text/address.h), for the price of a comparison where the row
// before had the same address, as members of a household have, and of a hash where it has seen the
// same place before: the text up to its first Arabic digit ends with 村, 社区 or their like, and
// what follows is a group and a house (6组102号). One thread: of two places that fall into one slot
// the later stays, so that its size is fixed.
class AddressMemo {
 public:
  // The resolver must outlive the memo.
  explicit AddressMemo(const AddressResolver& resolver) : resolver_(resolver), slots_(kSlots) {}

  Address resolve(const AddressText& parts);

 private:
  Address resolve_new(const AddressText& parts);

  static constexpr std::size_t kSlots = 4096;
  struct Slot {
    std::uint64_t key = 0;  // 0 = free
    Address place{};        // without group and house
  };
  const AddressResolver& resolver_;
  std::vector<Slot> slots_;
  std::array<std::string, 5> last_cells_{};
  Address last_{};
};

}  // namespace bidui::text
