#include "matcher/key/key_facts.h"

#include <algorithm>
#include <bit>

#include "matcher/base/hash.h"
#include "matcher/key/key_parts.h"
#include "matcher/key/name_sounds.h"
#include "matcher/record/unit_readings.h"

namespace bidui::key {
namespace {

using record::NameFeature;
using record::NameScript;
using record::PersonFeatures;

enum class Fact : std::uint8_t {
  kBirthSequence,
  kYearSequence,
  kDaySequence,
  kBirth,
  kFold,
  kPhone,
  kFirstSound,
  kLastSound,
  kOtherScript,
};

std::uint64_t hash_of(Fact fact, std::uint64_t value) {
  return hash_combine(static_cast<std::uint64_t>(fact) + 1, value);
}

// Each of these gives its facts to `has` until it says yes.
template <typename Has>
bool any_number(const PersonFeatures& p, const Has& has) {
  if (p.phone != 0 && has(hash_of(Fact::kPhone, p.phone))) return true;
  if (!has_id_keys(p)) return false;
  const auto [parts, birth_sequences, births] = id_forms_of(p);
  const std::uint64_t place_and_sequence = parts.region * 1000 + parts.sequence;
  // A number that is equal as a whole has these in common, too.
  return has(hash_of(Fact::kBirthSequence, birth_sequences[0])) ||
         (birth_sequences[1] != 0 && has(hash_of(Fact::kBirthSequence, birth_sequences[1]))) ||
         has(hash_of(Fact::kYearSequence, place_and_sequence * 10000 + parts.year)) ||
         has(hash_of(Fact::kDaySequence, place_and_sequence * 1000 + parts.day));
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

// Every form of a given name ends with the name's last sound.
template <typename Has>
bool any_place(const PersonFeatures& p, const Has& has) {
  const NameFeature& name = p.name;
  if (p.village == 0 || name.length == 0) return false;
  if (name.script == NameScript::kLatin) return has(hash_of(Fact::kOtherScript, p.village));
  const auto with_village = [&](std::size_t i) {
    return std::uint64_t{p.village} << 32 | record::folded_sound(name, i);
  };
  return has(hash_of(Fact::kFirstSound, with_village(0))) ||
         has(hash_of(Fact::kLastSound, with_village(name.length - 1U)));
}

// By a place alone covered records meet bare ones only: each kind's facts have a mark of their own.
constexpr std::uint64_t kCoveredMark = 0x632be59bd9b4e019ULL;

}  // namespace

KeyFacts::KeyFacts(std::span<const PersonFeatures> few) {
  constexpr std::size_t kWordsPerRecord = 16;  // about one a fact
  words_.resize(std::bit_ceil(std::max<std::size_t>(few.size() * kWordsPerRecord, 64)));
  shift_ = 64 - std::countr_zero(words_.size());
  const auto add = [&](std::uint64_t fact) {
    words_[fact >> shift_] |= bits_of(fact);
    return false;
  };
  for (const PersonFeatures& p : few) {
    const bool covered = coverage_of(p) == Coverage::kCovered;
    any_number(p, add);
    any_birth(p, add);
    any_name(p, add);
    any_place(p, [&](std::uint64_t fact) { return add(covered ? fact ^ kCoveredMark : fact); });
  }
}

bool KeyFacts::may_meet(const PersonFeatures& p) const {
  const auto has = [&](std::uint64_t fact) {
    return (bits_of(fact) & ~words_[fact >> shift_]) == 0;
  };
  if (any_birth(p, has) || any_number(p, has) || any_name(p, has)) return true;
  const bool covered = coverage_of(p) == Coverage::kCovered;
  return any_place(
      p, [&](std::uint64_t fact) { return has(fact) || (!covered && has(fact ^ kCoveredMark)); });
}

}  // namespace bidui::key
