#include "matcher/text/name_equivalent.h"

#include <algorithm>
#include <bitset>
#include <memory>
#include <tuple>

#include "matcher/text/reference.h"

namespace bidui::text {

namespace {

// Which characters stand in the pairs of a section at all: nearly none does, and most questions end
// here.
class KnownCharacters {
 public:
  void add(char32_t c) {
    if (c < bits_.size()) bits_.set(c);
  }
  bool may_hold(char32_t c) const { return c >= bits_.size() || bits_.test(c); }

 private:
  std::bitset<0x10000> bits_;
};

const KnownCharacters& known_surnames() {
  static const auto kKnown = [] {
    auto known = std::make_unique<KnownCharacters>();
    for (const SurnamePairRow& row :
         reference_rows<SurnamePairRow>(ReferenceSection::kSurnameEquivalent))
      known->add(row.a[0]);
    return known;
  }();
  return *kKnown;
}

const KnownCharacters& known_givens() {
  static const auto kKnown = [] {
    auto known = std::make_unique<KnownCharacters>();
    for (const GivenPairRow& row : reference_rows<GivenPairRow>(ReferenceSection::kGivenEquivalent))
      known->add(row.a);
    return known;
  }();
  return *kKnown;
}

}  // namespace

bool has_surname_equivalents(char32_t c) { return known_surnames().may_hold(c); }
bool has_given_equivalents(char32_t c) { return known_givens().may_hold(c); }

float surname_equivalence(char32_t a1, char32_t a2, char32_t b1, char32_t b2) {
  if (a1 == b1 && a2 == b2) return 1;
  if (!has_surname_equivalents(a1) || !has_surname_equivalents(b1)) return 0;
  const auto rows = reference_rows<SurnamePairRow>(ReferenceSection::kSurnameEquivalent);
  const auto key =
      std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t>(a1, a2, b1, b2);
  const auto key_of = [](const SurnamePairRow& row) {
    return std::tie(row.a[0], row.a[1], row.b[0], row.b[1]);
  };
  const auto found =
      std::lower_bound(rows.begin(), rows.end(), key,
                       [&](const SurnamePairRow& row, const auto& k) { return key_of(row) < k; });
  return found != rows.end() && key_of(*found) == key ? found->strength : 0.0F;
}

float surname_equivalence(char32_t a, char32_t b) { return surname_equivalence(a, 0, b, 0); }

float given_equivalence(char32_t a, char32_t b) {
  if (a == b) return 1;
  if (!has_given_equivalents(a) || !has_given_equivalents(b)) return 0;
  const auto rows = reference_rows<GivenPairRow>(ReferenceSection::kGivenEquivalent);
  const auto key = std::tuple<std::uint32_t, std::uint32_t>(a, b);
  const auto found = std::lower_bound(
      rows.begin(), rows.end(), key,
      [](const GivenPairRow& row, const auto& k) { return std::tie(row.a, row.b) < k; });
  const bool equal = found != rows.end() && std::tie(found->a, found->b) == key;
  return equal ? found->strength : 0.0F;
}

}  // namespace bidui::text
