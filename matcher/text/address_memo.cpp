#include "matcher/text/address_memo.h"

#include <algorithm>
#include <span>

#include "matcher/base/hash.h"
#include "matcher/text/address_parts.h"
#include "matcher/text/utf8.h"

namespace bidui::text {
namespace {

constexpr std::size_t kLongestText = 180;  // bytes; the resolver reads 96 characters
constexpr std::size_t kLongestTail = 24;   // characters

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

// Nothing in front of the tail can join with it to another village or group.
bool ends_a_village(std::string_view head) {
  return head.ends_with("村") || head.ends_with("社区") || head.ends_with("委会") ||
         head.ends_with("委员会");
}

// A group at the very start, if any, and then only what may stand in a house number.
bool is_group_and_house(std::u32string_view tail) {
  constexpr std::u32string_view kHouseWords = U"号户室栋幢楼单元-";
  if (tail.find(U'村') != tail.npos) return false;  // 村民小组 would begin a village
  const std::u32string_view house = tail.substr(read_group(tail).used);
  return std::ranges::all_of(
      house, [&](char32_t c) { return is_digit(c) || kHouseWords.find(c) != kHouseWords.npos; });
}

std::uint64_t place_key(const AddressText& parts, std::string_view head) {
  std::uint64_t key = hash_bytes(parts.county);
  for (const std::string_view part : {parts.township, parts.village, head})
    key = hash_bytes(part, hash_combine(key, part.size()));
  return key | 1U;
}

}  // namespace

Address AddressMemo::resolve(const AddressText& parts) {
  const std::array cells = {parts.text, parts.group, parts.village, parts.township, parts.county};
  if (!std::ranges::equal(cells, last_cells_)) {
    last_ = resolve_new(parts);
    std::ranges::copy(cells, last_cells_.begin());
  }
  return last_;
}

Address AddressMemo::resolve_new(const AddressText& parts) {
  const bool no_place =
      parts.county.empty() && parts.township.empty() && parts.village.empty() && parts.text.empty();
  if (no_place) return resolver_.resolve(parts);
  const auto first_digit =
      std::ranges::find_if(parts.text, [](char c) { return c >= '0' && c <= '9'; });
  const auto digit = static_cast<std::size_t>(first_digit - parts.text.begin());
  const std::string_view head = parts.text.substr(0, digit);
  const std::string_view rest = parts.text.substr(head.size());
  if (parts.text.size() > kLongestText || rest.size() > kLongestTail ||
      !(parts.text.empty() || ends_a_village(head)))
    return resolver_.resolve(parts);
  std::array<char32_t, kLongestTail> chars;
  const std::u32string_view tail(chars.data(), decode_utf8(rest, chars));
  if (!is_group_and_house(tail)) return resolver_.resolve(parts);

  const std::uint64_t key = place_key(parts, head);
  Slot& slot = slots_[key / 2 % kSlots];
  if (slot.key != key) {
    slot.key = key;
    slot.place = resolver_.resolve(parts.county, parts.township, parts.village, {}, head);
  }
  Address address = slot.place;
  if (const std::uint16_t group = parse_group(parts.group); group != 0) address.group = group;
  if (address.group == 0) address.group = read_group(tail).number;
  if (address.house == 0) address.house = read_house(tail);
  return address;
}

}  // namespace bidui::text
