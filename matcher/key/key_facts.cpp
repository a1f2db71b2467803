#include "matcher/key/key_facts.h"

#include <algorithm>

#include "matcher/base/hash.h"
#include "matcher/key/key_parts.h"
#include "matcher/key/name_sounds.h"
#include "matcher/record/unit_readings.h"

namespace bidui::key {
namespace {

using record::NameFeature;
using record::NameScript;
using record::PersonFeatures;

enum class Fact : std::uint64_t {
  kBirthSequence,
  kYearSequence,
  kDaySequence,
  kBirth,
  kFold,
  kPhone,
};

std::uint64_t hash_of(Fact fact, std::uint64_t value) {
  return mix64(value * 8 + static_cast<std::uint64_t>(fact));
}

// Each of these gives its facts to `has` until it says yes.
template <typename Has>
bool any_number(const IdForms& id, const Has& has) {
  const std::uint64_t place_and_sequence = id.parts.region * 1000 + id.parts.sequence;
  // A number that is equal as a whole has these in common, too.
  return has(hash_of(Fact::kBirthSequence, id.birth_sequences[0])) ||
         (id.birth_sequences[1] != 0 &&
          has(hash_of(Fact::kBirthSequence, id.birth_sequences[1]))) ||
         has(hash_of(Fact::kYearSequence, place_and_sequence * 10000 + id.parts.year)) ||
         has(hash_of(Fact::kDaySequence, place_and_sequence * 1000 + id.parts.day));
}

template <typename Has>
bool any_birth(const PersonFeatures& p, const Has& has) {
  return std::ranges::any_of(birth_dates_of(p), [&](std::uint32_t date) {
    return date != 0 && has(hash_of(Fact::kBirth, date));
  });
}

// Whether sounds_of() may give the name a second fold.
bool may_be_read_as_word(const NameFeature& name) {
  return name.length != 0 && name.script != NameScript::kLatin &&
         text::readings(name.units[0]).syllables[0] != record::unit_readings(name, 0).syllables[0];
}

template <typename Has>
bool any_name(const PersonFeatures& p, const Has& has) {
  const auto has_fold = [&](std::uint32_t fold) {
    return fold != 0 && has(hash_of(Fact::kFold, fold));
  };
  return has_fold(p.name_fold) || std::ranges::any_of(p.alias_fold, has_fold) ||
         (may_be_read_as_word(p.name) && has_fold(sounds_of(p.name).word_fold));
}

// A village with the name's first or last sound: every form of a given name ends with the last one.
template <typename Has>
bool any_place(const PersonFeatures& p, const Has& has) {
  const NameFeature& name = p.name;
  if (p.village == 0 || name.length == 0) return false;
  const auto with_village = [&](std::uint64_t sound, std::uint64_t which) {
    return mix64(std::uint64_t{p.village} << 32 | sound << 2 | which);
  };
  if (name.script == NameScript::kLatin) return has(with_village(0, 2));
  return has(with_village(record::folded_sound(name, 0), 0)) ||
         has(with_village(record::folded_sound(name, name.length - 1U), 1));
}

}  // namespace

KeyFacts::KeyFacts(std::span<const PersonFeatures> few)
    : facts_(few.size() * 8),
      bare_villages_(few.size()),
      bare_places_(few.size() * 2),
      covered_places_(few.size() * 2) {
  const auto adds_to = [](HashFilter& filter) {
    return [&filter](std::uint64_t fact) {
      filter.add(fact);
      return false;
    };
  };
  const auto add = adds_to(facts_);
  for (const PersonFeatures& p : few) {
    if (p.phone != 0) add(hash_of(Fact::kPhone, p.phone));
    if (has_id_keys(p)) any_number(id_forms_of(p), add);
    any_birth(p, add);
    any_name(p, add);
    const bool covered = coverage_of(p) == Coverage::kCovered;
    any_place(p, adds_to(covered ? covered_places_ : bare_places_));
    if (!covered) bare_villages_.add(mix64(p.village));
  }
}

KeyFamilies KeyFacts::may_meet(const PersonFeatures& p) const {
  const auto has = [&](std::uint64_t fact) { return facts_.may_hold(fact); };
  KeyFamilies families = 0;
  if (p.phone != 0 && has(hash_of(Fact::kPhone, p.phone))) families |= kPhoneKeys;
  bool one_birth = false;  // as with most: number and record say the same
  if (has_id_keys(p)) {
    const IdForms id = id_forms_of(p);
    if (any_number(id, has)) families |= kNumberKeys;
    one_birth = id.births[0] == p.birth && id.births[1] == 0;
  }
  if (one_birth ? has(hash_of(Fact::kBirth, p.birth)) : any_birth(p, has)) families |= kBirthKeys;
  if (any_name(p, has)) families |= kNameKeys;
  const bool covered = coverage_of(p) == Coverage::kCovered;
  if (covered && !bare_villages_.may_hold(mix64(p.village))) return families;
  const bool near = any_place(p, [&](std::uint64_t place) {
    return bare_places_.may_hold(place) || (!covered && covered_places_.may_hold(place));
  });
  return near ? families | kPlaceKeys : families;
}

}  // namespace bidui::key
