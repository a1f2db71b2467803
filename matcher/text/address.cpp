#include "matcher/text/address.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "matcher/text/address_parts.h"
#include "matcher/text/chars.h"
#include "matcher/text/division.h"
#include "matcher/text/id_number.h"
#include "matcher/text/numeral.h"
#include "matcher/text/place_name.h"
#include "matcher/text/place_tables.h"
#include "matcher/text/utf8.h"

namespace bidui::text {
namespace {

constexpr std::size_t kMaxChars = 96;

// A part of an address, folded, without spaces and punctuation, on the stack.
class Folded {
 public:
  explicit Folded(std::string_view text) {
    std::array<char32_t, kMaxChars> raw;
    const std::size_t count = decode_utf8(text, raw);
    for (std::size_t i = 0; i < count; ++i) {
      const char32_t c = fold_char(raw[i]);
      const bool dropped = is_space(c) || is_ignorable(c) || c == U',' || c == U'、' ||
                           c == U'。' || c == U'/' || c == U'\'' || c == U'"' || c == U'第';
      if (!dropped) chars_[length_++] = c;
    }
  }
  std::u32string_view view() const { return {chars_.data(), length_}; }

 private:
  std::array<char32_t, kMaxChars> chars_{};
  std::size_t length_ = 0;
};

// The township of that stem in a county whose names are not at hand; 0 if none. Slow: folds names.
std::uint64_t find_foreign_township(std::uint32_t county, std::u32string_view stem) {
  for (std::size_t i = 0; i < township_count(county); ++i) {
    const Division place = township(county, i);
    if (township_stem(fold_place(place.name)) == stem) return place.code;
  }
  return 0;
}

// The village of that stem in such a township; 0 if none or several.
std::uint64_t find_foreign_village(std::uint64_t township_code, std::u32string_view stem) {
  const auto parent = static_cast<std::uint32_t>(township_code);
  std::uint64_t found = 0;
  for (std::size_t i = 0; i < village_count(parent); ++i) {
    const Division place = village(parent, i);
    if (village_stem(fold_place(place.name)) != stem) continue;
    if (found != 0) return 0;
    found = place.code;
  }
  return found;
}

class Resolver {
 public:
  // `tables` are those of `county`, or empty for a county that is not the resolver's own.
  Resolver(const PlaceTables& tables, std::uint32_t county, Address& out)
      : tables_(tables), county_(county), out_(out) {}

  void township_part(std::u32string_view text) {
    if (text.empty()) return;
    set_township(text, tables_.find_township(township_stem(text)));
  }

  void village_part(std::u32string_view text) {
    if (text.empty()) return;
    if (tables_.find_village(village_stem(text), township_code()) != nullptr) {
      return set_village(village_stem(text));
    }
    text.remove_prefix(tables_.skip_above(text));
    if (const Place* place = tables_.township_by_name(text)) {
      if (out_.township_hash == 0) set_township(place->name, place);
      text.remove_prefix(place->name.size());
    }
    const std::size_t suffix_end = find_village_end(text).name;
    const std::u32string_view stem =
        suffix_end != 0 ? text.substr(0, suffix_end) : village_stem(text);
    set_village(stem);
  }

  void group_part(std::string_view text) {
    if (out_.group == 0) out_.group = parse_group(text);
  }

  void free_text(std::u32string_view text) {
    text.remove_prefix(tables_.skip_above(text));
    if (tables_.county() == 0) text.remove_prefix(after_county(text));
    take_township(text);
    take_village(text);
    take_group(text);
    if (out_.house == 0) out_.house = read_house(text);
  }

 private:
  std::uint64_t township_code() const {
    return out_.division_level >= 9 ? out_.division / 1000 : 0;
  }

  void set_township(std::u32string_view name, const Place* place) {
    const std::u32string_view stem =
        place != nullptr ? std::u32string_view(place->stem) : township_stem(name);
    out_.township_hash = place_hash(stem);
    std::uint64_t code = place != nullptr ? place->code : 0;
    if (code == 0 && county_ != tables_.county()) code = find_foreign_township(county_, stem);
    if (code == 0) return;
    out_.division = code * 1000;
    out_.division_level = 9;
  }

  void set_village(std::u32string_view stem) {
    if (stem.empty()) return;
    out_.village_hash = place_hash(stem);
    const std::uint64_t code = village_code(stem);
    if (code == 0) return;
    out_.division = code;
    out_.division_level = 12;
    if (out_.township_hash == 0) out_.township_hash = hash_of_township(code / 1000);
  }

  // A township that the tables do not know may lie anywhere: its villages are not looked up.
  std::uint64_t village_code(std::u32string_view stem) const {
    const std::uint64_t township = township_code();
    if (township == 0 && out_.township_hash != 0) return 0;
    if (county_ != tables_.county())
      return township == 0 ? 0 : find_foreign_village(township, stem);
    const Place* place = tables_.find_village(stem, township);
    return place != nullptr ? place->code : 0;
  }

  std::uint32_t hash_of_township(std::uint64_t code) const {
    return place_hash(township_stem(fold_place(division_name(code))));
  }

  // A township's full name; its stem, if a village follows; a name with a suffix that no table has.
  void take_township(std::u32string_view& text) {
    if (const Place* place = tables_.township_by_name(text)) {
      if (out_.township_hash == 0) set_township(place->name, place);
      text.remove_prefix(place->name.size());
      return;
    }
    if (const Place* place = tables_.township_by_stem(text)) {
      const std::u32string_view rest = text.substr(place->stem.size());
      const bool village_follows = tables_.village_by_stem(rest, place->code) != nullptr ||
                                   find_village_end(rest).name != 0 || rest.empty();
      const bool itself_village =
          tables_.find_village(place->stem, place->code) != nullptr && village_suffix(rest) != 0;
      if (village_follows && !itself_village) {
        if (out_.township_hash == 0) set_township(place->name, place);
        text = rest;
        return;
      }
    }
    take_unknown_township(text);
  }

  void take_unknown_township(std::u32string_view& text) {
    constexpr std::size_t kLongest = 6;
    for (std::size_t i = 2; i <= kLongest && i < text.size(); ++i) {
      const std::size_t suffix = township_suffix(text.substr(i));
      if (suffix == 0) continue;
      const std::u32string_view rest = text.substr(i + suffix);
      if (village_suffix(rest) != 0 || village_suffix(text.substr(i)) != 0) return;  // 新镇村
      if (out_.township_hash == 0) set_township(text.substr(0, i + suffix), nullptr);
      text = rest;
      return;
    }
  }

  void take_village(std::u32string_view& text) {
    const Place* known = tables_.village_by_stem(text, township_code());
    if (known != nullptr) {
      const std::u32string_view rest = text.substr(known->stem.size());
      const bool ends = rest.empty() || village_suffix(rest) != 0 || read_group(rest).used != 0;
      if (!ends) known = nullptr;
    }
    VillageEnd end = find_village_end(text);
    if (known != nullptr) {
      end.name = known->stem.size();
      end.used = end.name + village_suffix(text.substr(end.name));
    }
    if (end.name == 0 && !text.empty() && is_han(text[0]) && whole_name(text)) {
      end = {text.size(), text.size()};
    }
    if (end.name == 0) return;
    if (out_.village_hash == 0) set_village(text.substr(0, end.name));
    text.remove_prefix(end.used);
  }

  // Where the text goes on behind the name of a county that has no tables.
  static std::size_t after_county(std::u32string_view text) {
    constexpr std::u32string_view kCountyEnds = U"县区市旗省";
    std::size_t after = 0;
    for (std::size_t i = 1; i < text.size() && township_suffix(text.substr(i)) == 0; ++i) {
      const bool part_of_village = text[i] == U'区' && text[i - 1] == U'社';
      if (kCountyEnds.find(text[i]) != kCountyEnds.npos && !part_of_village) after = i + 1;
    }
    return after;
  }

  // What is left is nothing but a short name: 宿松县千岭乡竹墩.
  static bool whole_name(std::u32string_view text) {
    constexpr std::size_t kLongest = 4;
    return text.size() >= 2 && text.size() <= kLongest &&
           std::all_of(text.begin(), text.end(), is_han) && read_group(text).used == 0;
  }

  // The first group in what is left; a named part of the village may stand before it.
  void take_group(std::u32string_view& text) {
    constexpr std::size_t kLookAhead = 12;
    for (std::size_t i = 0; i < text.size() && i < kLookAhead; ++i) {
      const Group group = read_group(text.substr(i));
      if (group.used == 0) continue;
      if (out_.group == 0) out_.group = group.number;
      text.remove_prefix(i + group.used);
      return;
    }
  }

  const PlaceTables& tables_;
  std::uint32_t county_;
  Address& out_;
};

struct Province {
  std::uint32_t code;  // two digits
  std::u32string stem;
};

const std::vector<Province>& provinces() {
  static const std::vector<Province> kProvinces = [] {
    constexpr std::uint32_t kFirst = 11;
    constexpr std::uint32_t kLast = 82;
    std::vector<Province> all;
    for (std::uint32_t code = kFirst; code <= kLast; ++code) {
      const std::string_view name = division_name(code);
      if (!name.empty()) all.push_back({code, std::u32string(county_stem(fold_place(name)))});
    }
    return all;
  }();
  return kProvinces;
}

// The province that `text` begins with; 0 if none.
std::uint32_t province_of(std::u32string_view text) {
  for (const Province& province : provinces()) {
    if (text.starts_with(province.stem)) return province.code;
  }
  return 0;
}

// Another county that `text` begins with, province and prefecture left out (重庆市云阳县…); 0 if
// none.
std::uint32_t foreign_county(std::u32string_view text) {
  constexpr std::u32string_view kCountyEnds = U"县区市旗";
  constexpr std::u32string_view kAboveEnds = U"省市盟";
  constexpr std::size_t kLookAhead = 18;
  const std::uint32_t province = province_of(text);
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size() && i < kLookAhead; ++i) {
    if (kCountyEnds.find(text[i]) != kCountyEnds.npos && i > start) {
      const std::uint32_t found = find_county(to_utf8(text.substr(start, i + 1 - start)), province);
      if (found != 0) return found;
    }
    const std::u32string_view so_far = text.substr(0, i + 1);
    const bool above = kAboveEnds.find(text[i]) != kAboveEnds.npos || so_far.ends_with(U"自治区") ||
                       so_far.ends_with(U"自治州") || so_far.ends_with(U"地区");
    if (above) start = i + 1;
  }
  return 0;
}

// The county of the address: that of its own cell, else that at the start of the text, else `home`.
std::uint32_t county_of(std::u32string_view cell, std::u32string_view text,
                        const PlaceTables& home) {
  for (const std::u32string_view part : {cell, text}) {
    if (part.empty() || home.skip_above(part) != 0) continue;
    if (home.township_by_stem(part) != nullptr) continue;
    if (const std::uint32_t found = foreign_county(part); found != 0) return found;
  }
  return home.county();
}

// For addresses in other counties.
const PlaceTables& no_tables() {
  static const PlaceTables kNone(0);
  return kNone;
}

}  // namespace

AddressResolver::AddressResolver(std::uint32_t county_code)
    : tables_(std::make_unique<const PlaceTables>(current_region(county_code))) {}
AddressResolver::~AddressResolver() = default;
AddressResolver::AddressResolver(AddressResolver&&) noexcept = default;
AddressResolver& AddressResolver::operator=(AddressResolver&&) noexcept = default;

Address AddressResolver::resolve(std::string_view county, std::string_view township,
                                 std::string_view village, std::string_view group,
                                 std::string_view address_text) const {
  Address out;
  if (township.empty() && village.empty() && group.empty() && address_text.empty() &&
      county.empty()) {
    return out;
  }
  const Folded text(address_text);
  const std::uint32_t code = county_of(Folded(county).view(), text.view(), *tables_);
  if (code != 0) {
    out.division = std::uint64_t{code} * 1000000;
    out.division_level = 6;
  }
  Resolver resolver(code == tables_->county() ? *tables_ : no_tables(), code, out);
  resolver.township_part(Folded(township).view());
  resolver.village_part(Folded(village).view());
  resolver.group_part(group);
  resolver.free_text(text.view());
  return out;
}

std::uint16_t parse_group(std::string_view text) {
  const Folded folded(text);
  const std::u32string_view chars = folded.view();
  if (chars.empty()) return 0;
  for (std::size_t i = 0; i < chars.size(); ++i) {
    if (const Group group = read_group(chars.substr(i)); group.used != 0) return group.number;
  }
  if (!is_numeral(chars[0])) return 0;
  const Numeral n = read_numeral(chars);
  const bool whole = n.used == chars.size() || chars[n.used] == U'.';
  return whole && n.value <= 0xFFFF ? static_cast<std::uint16_t>(n.value) : std::uint16_t{0};
}

}  // namespace bidui::text
