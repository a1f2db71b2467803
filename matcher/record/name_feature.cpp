#include <cstring>

#include "matcher/base/hash.h"
#include "matcher/record/feature_builder.h"
#include "matcher/record/unit_readings.h"
#include "matcher/text/latin_name.h"

namespace bidui::record {
namespace {

constexpr std::size_t kLatinBytes = kNameUnits * sizeof(std::uint16_t);

std::uint16_t unit_of(char32_t c) {
  if (c < 0x10000) return static_cast<std::uint16_t>(c);
  return static_cast<std::uint16_t>(0xD800U + mix64(c) % 0x800U);
}

void fill_latin(std::string_view source, NameFeature& feature) {
  const text::LatinName latin = text::standardise_latin(source);
  const std::size_t length = std::min<std::size_t>(latin.length, kLatinBytes);
  std::memcpy(feature.units.data(), latin.text.data(), length);
  feature.length = static_cast<std::uint8_t>(length);
  feature.script = length == 0 ? NameScript::kNone : NameScript::kLatin;
  if (latin.length > kLatinBytes) feature.flags |= kFlagCut;
}

std::uint32_t fold_latin(const NameFeature& name) {
  // The tokens' sounds in any order, so that "SMITH JOHN" meets "JOHN SMITH".
  std::string_view rest(reinterpret_cast<const char*>(name.units.data()), name.length);
  std::uint64_t sum = 0;
  while (!rest.empty()) {
    const std::string_view token = rest.substr(0, rest.find(' '));
    sum += mix64(text::phonetic_code(token) + 1);
    rest.remove_prefix(std::min(rest.size(), token.size() + 1));
  }
  return static_cast<std::uint32_t>(mix64(sum)) | 1U;
}

}  // namespace

NameFeature name_feature(const text::Name& name, std::string_view latin_source) {
  NameFeature feature;
  if (name.length == 0) return feature;
  if (name.script == text::NameScript::kLatin) {
    fill_latin(latin_source, feature);
  } else {
    for (std::size_t i = 0; i < name.length; ++i) feature.units[i] = unit_of(name.chars[i]);
    if (name.hint_syllable != 0) {
      feature.units[name.hint_index] =
          static_cast<std::uint16_t>(kFirstSyllableUnit + name.hint_syllable);
    }
    feature.length = name.length;
    feature.script = name.script == text::NameScript::kHan ? NameScript::kHan : NameScript::kOther;
    feature.surname_length = name.surname_length;
  }
  if (name.has(text::kDamaged)) feature.flags |= kFlagDamaged;
  if (name.has(text::kPlaceholder) || name.has(text::kTitleRelative))
    feature.flags |= kFlagPlaceholder;
  if (name.has(text::kCut)) feature.flags |= kFlagCut;
  return feature;
}

std::uint32_t fold_name(const NameFeature& name) {
  if (name.length == 0 || (name.flags & kFlagPlaceholder) != 0) return 0;
  if (name.script == NameScript::kLatin) return fold_latin(name);
  std::array<std::uint64_t, kNameUnits> sounds{};
  for (std::size_t i = 0; i < name.length; ++i) sounds[i] = folded_sound(name, i);
  return fold_sounds(std::span(sounds).first(name.length));
}

std::uint32_t fold_sounds(std::span<const std::uint64_t> sounds) {
  std::uint64_t sum = sounds.size();
  for (const std::uint64_t sound : sounds) {
    if (sound == 0) return 0;
    sum += mix64(sound);
  }
  return static_cast<std::uint32_t>(mix64(sum)) | 1U;
}

}  // namespace bidui::record
