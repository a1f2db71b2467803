#include "matcher/compare/compare_name.h"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "matcher/compare/edit_distance.h"
#include "matcher/record/unit_readings.h"
#include "matcher/text/char_sketch.h"
#include "matcher/text/glyph.h"
#include "matcher/text/keystroke.h"
#include "matcher/text/name_equivalent.h"
#include "matcher/text/pinyin.h"

namespace bidui::compare {
namespace {

using record::kWildcardUnit;
using record::NameFeature;
using record::NameScript;
using record::PersonFeatures;

// How two unequal characters are alike, best first.
enum class CharLikeness : std::uint8_t {
  kEqual,
  kVariant,
  kSound,
  kShape,
  kDialect,
  kWildcard,
  kNone
};

constexpr float kVariantStrength =
    0.85F;  // of name_equivalents.tsv: official variants and clerical twins
constexpr float kShapeThreshold = 0.65F;  // the reference calls weaker scores "same phonetic part"

CharLikeness char_likeness(const NameFeature& a, const NameFeature& b, std::size_t i) {
  const char32_t x = a.units[i];
  const char32_t y = b.units[i];
  if (x == y) {
    if (x == kWildcardUnit) return CharLikeness::kWildcard;
    return record::syllable_in_unit(x) != 0 ? CharLikeness::kSound : CharLikeness::kEqual;
  }
  if (x == kWildcardUnit || y == kWildcardUnit) return CharLikeness::kWildcard;
  const bool compound = i == 0 && (a.surname_length > 1 || b.surname_length > 1);
  const text::PossibleLikeness may =
      compound ? text::PossibleLikeness{}
               : (i == 0 ? text::possible_surname_likeness(x, y) : text::possible_likeness(x, y));
  if (!may.any()) return CharLikeness::kNone;
  float strength = 0;
  if (may.equivalent)
    strength = i == 0 ? text::surname_equivalence(x, y) : text::given_equivalence(x, y);
  if (strength >= kVariantStrength) return CharLikeness::kVariant;
  text::Readings rx{};
  text::Readings ry{};
  if (may.sound) {
    rx = record::unit_readings(a, i);
    ry = record::unit_readings(b, i);
  }
  if (may.sound && text::share_reading(rx, ry)) return CharLikeness::kSound;
  if (may.shape && text::glyph_similarity(x, y) >= kShapeThreshold) return CharLikeness::kShape;
  if (may.sound && text::share_dialect_reading(rx, ry)) return CharLikeness::kDialect;
  return strength > 0 ? CharLikeness::kDialect : CharLikeness::kNone;
}

struct Likenesses {
  int none = 0;
  bool wildcard = false;
  CharLikeness worst = CharLikeness::kEqual;
  bool surname_equal = false;
  bool surname_like = false;
  int given_equal = 0;
};

Likenesses likenesses_of(const NameFeature& a, const NameFeature& b) {
  Likenesses result;
  for (std::size_t i = 0; i < a.length; ++i) {
    const CharLikeness like = char_likeness(a, b, i);
    if (like == CharLikeness::kNone) {
      ++result.none;
    } else if (like == CharLikeness::kWildcard) {
      result.wildcard = true;
    } else {
      result.worst = std::max(result.worst, like);
    }
    if (i == 0) {
      result.surname_equal = like == CharLikeness::kEqual;
      result.surname_like = like != CharLikeness::kNone;
    } else if (like == CharLikeness::kEqual) {
      ++result.given_equal;
    }
  }
  return result;
}

NameLevel level_of(CharLikeness worst) {
  switch (worst) {
    case CharLikeness::kEqual:
    case CharLikeness::kWildcard:
      return NameLevel::kExact;
    case CharLikeness::kVariant:
      return NameLevel::kVariant;
    case CharLikeness::kSound:
      return NameLevel::kHomophone;
    case CharLikeness::kShape:
      return NameLevel::kLookAlike;
    case CharLikeness::kDialect:
      return NameLevel::kDialectHomophone;
    case CharLikeness::kNone:
      break;
  }
  return NameLevel::kDifferent;
}

// Whether any reading of one is one slip of the keys away from any of the other.
bool slipped(const text::Readings& a, const text::Readings& b) {
  return std::ranges::any_of(a.syllables, [&](std::uint16_t x) {
    return std::ranges::any_of(b.syllables,
                               [&](std::uint16_t y) { return text::one_keystroke_apart(x, y); });
  });
}

// The one character that is beyond sound and shape may still be a slip of the keys.
bool one_slip(const NameFeature& a, const NameFeature& b) {
  for (std::size_t i = 0; i < a.length; ++i) {
    if (char_likeness(a, b, i) == CharLikeness::kNone)
      return slipped(record::unit_readings(a, i), record::unit_readings(b, i));
  }
  return false;
}

// Nothing of the given name in place, and the surnames not alike either: what else there is does
// not matter. Most pairs of strangers end here.
bool are_strangers(const NameFeature& a, const NameFeature& b) {
  for (std::size_t i = 1; i < a.length; ++i) {
    if (a.units[i] == b.units[i]) return false;
  }
  return a.length > 1 && char_likeness(a, b, 0) == CharLikeness::kNone;
}

NameLevel compare_same_length(const NameFeature& a, const NameFeature& b) {
  if (are_strangers(a, b)) return NameLevel::kDifferent;
  const Likenesses like = likenesses_of(a, b);
  const int given = a.length - 1;
  if (like.none == 0) {
    if (!like.wildcard) return level_of(like.worst);
    return like.given_equal > 0 || like.surname_equal ? NameLevel::kPartial : NameLevel::kDifferent;
  }
  const bool near = like.surname_like || like.given_equal == given;
  if (like.none == 1 && near && !like.wildcard && one_slip(a, b)) return NameLevel::kKeystroke;
  if (!like.surname_like && like.given_equal == given && given > 0 && !like.wildcard)
    return NameLevel::kGivenOnly;
  if (like.none == 1 && a.length >= 3 && like.surname_like && !like.wildcard)
    return NameLevel::kOneCharacter;
  if (like.surname_equal) return NameLevel::kSurnameOnly;
  return like.given_equal > 0 ? NameLevel::kOneGivenOnly : NameLevel::kDifferent;
}

// The beginning of the longer name is left out: 次仁·曲珍 and 曲珍, 欧阳建国 and 阳建国.
bool is_ending(const NameFeature& shorter, const NameFeature& longer) {
  return std::equal(shorter.units.begin(), shorter.units.begin() + shorter.length,
                    longer.units.begin() + (longer.length - shorter.length));
}

// One name is the other with characters left out, in order and with the same first character.
bool is_subsequence(const NameFeature& shorter, const NameFeature& longer) {
  std::size_t i = 0;
  for (std::size_t j = 0; j < longer.length && i < shorter.length; ++j) {
    if (shorter.units[i] == longer.units[j] || shorter.units[i] == kWildcardUnit) ++i;
  }
  return i == shorter.length && shorter.units[0] == longer.units[0];
}

NameLevel compare_other_length(const NameFeature& a, const NameFeature& b) {
  const NameFeature& shorter = a.length < b.length ? a : b;
  const NameFeature& longer = a.length < b.length ? b : a;
  const int lost = longer.length - shorter.length;
  if (shorter.length >= 2 && lost == 1 && is_subsequence(shorter, longer))
    return NameLevel::kPartial;
  if (shorter.length >= 2 && longer.length >= 4 && is_ending(shorter, longer))
    return NameLevel::kPartial;
  if (longer.length > 4) {  // transliterated names: 阿卜杜拉买买提, the part before the interpunct
                            // alone, one unit off
    if (shorter.length >= 2 && is_subsequence(shorter, longer)) return NameLevel::kPartial;
    const int limit = longer.length >= 7 ? 2 : 1;
    const int distance =
        osa_distance(std::span(a.units).first(a.length), std::span(b.units).first(b.length), limit);
    if (distance <= limit) return NameLevel::kOneCharacter;
  }
  if (a.units[0] == b.units[0]) return NameLevel::kSurnameOnly;
  const bool last_equal = a.units[a.length - 1U] == b.units[b.length - 1U];
  return last_equal && shorter.length > 1 ? NameLevel::kOneGivenOnly : NameLevel::kDifferent;
}

std::string_view latin_text(const NameFeature& name) {
  return {reinterpret_cast<const char*>(name.units.data()), name.length};
}

// b is a with its first token put last.
bool first_token_last(std::string_view a, std::string_view b) {
  const std::size_t space = a.find(' ');
  if (space == std::string_view::npos || a.size() != b.size()) return false;
  const std::string_view first = a.substr(0, space);
  const std::string_view rest = a.substr(space + 1);
  return b.ends_with(first) && b.starts_with(rest) && b[rest.size()] == ' ';
}

// "SMITH JOHN" against "JOHN SMITH", "SMITH JOHN ADAM" against "JOHN ADAM SMITH".
bool same_tokens_swapped(std::string_view a, std::string_view b) {
  return first_token_last(a, b) || first_token_last(b, a);
}

NameLevel compare_latin(std::string_view a, std::string_view b) {
  if (same_tokens_swapped(a, b)) return NameLevel::kVariant;
  const double similarity = jaro_winkler(a, b);
  if (similarity >= 0.95) return NameLevel::kHomophone;
  if (similarity >= 0.90) return NameLevel::kLookAlike;
  if (similarity >= 0.80) return NameLevel::kOneCharacter;
  const std::string_view first_a = a.substr(0, a.find(' '));
  const std::string_view first_b = b.substr(0, b.find(' '));
  if (first_a == first_b) return NameLevel::kSurnameOnly;
  const auto last = [](std::string_view text) { return text.substr(text.rfind(' ') + 1); };
  return last(a) == last(b) ? NameLevel::kGivenOnly : NameLevel::kDifferent;
}

// The folds, which know no order, are equal in nearly all pairs of which this is asked.
bool is_reordered(const PersonFeatures& a, const PersonFeatures& b) {
  if (a.name_fold == 0 || a.name_fold != b.name_fold || a.name.length != b.name.length)
    return false;
  const auto units = std::span(a.name.units).first(a.name.length);
  return std::ranges::is_permutation(units, std::span(b.name.units).first(b.name.length));
}

bool has_alias(const PersonFeatures& p, std::uint32_t fold) {
  return fold != 0 && (p.alias_fold[0] == fold || p.alias_fold[1] == fold);
}

bool aliases_agree(const PersonFeatures& a, const PersonFeatures& b) {
  return has_alias(a, b.name_fold) || has_alias(b, a.name_fold) || has_alias(a, b.alias_fold[0]) ||
         has_alias(a, b.alias_fold[1]);
}

bool worse_than_alias(NameLevel level) { return level > NameLevel::kFormerName; }

}  // namespace

NameLevel compare_name(const PersonFeatures& a, const PersonFeatures& b) {
  const NameFeature& x = a.name;
  const NameFeature& y = b.name;
  if (x.length == 0 || y.length == 0 || x.script != y.script) return NameLevel::kMissing;
  if (((x.flags | y.flags) & record::kFlagPlaceholder) != 0) return NameLevel::kMissing;
  const bool damaged = ((x.flags | y.flags) & record::kFlagDamaged) != 0;
  if (!damaged && x.length == y.length && x.units == y.units) return NameLevel::kExact;
  NameLevel level = NameLevel::kDifferent;
  if (x.script == NameScript::kLatin) {
    level = compare_latin(latin_text(x), latin_text(y));
  } else {
    level = x.length == y.length ? compare_same_length(x, y) : compare_other_length(x, y);
    if (level > NameLevel::kReordered && is_reordered(a, b)) level = NameLevel::kReordered;
  }
  return worse_than_alias(level) && aliases_agree(a, b) ? NameLevel::kFormerName : level;
}

}  // namespace bidui::compare
