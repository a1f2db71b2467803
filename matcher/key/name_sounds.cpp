#include "matcher/key/name_sounds.h"

#include <algorithm>
#include <string_view>

#include "matcher/base/hash.h"
#include "matcher/record/feature_builder.h"
#include "matcher/record/unit_readings.h"

namespace bidui::key {
namespace {

using record::NameFeature;
using record::NameScript;

NameSounds han_sounds(const NameFeature& name) {
  std::array<std::uint64_t, record::kNameUnits> sound{};
  for (std::size_t i = 0; i < name.length; ++i) sound[i] = record::folded_sound(name, i);
  const auto joined = [&](std::size_t begin) {
    std::uint64_t h = 0;
    for (std::size_t i = begin; i < name.length; ++i) {
      if (sound[i] == 0) return std::uint64_t{0};
      h = hash_combine(h, sound[i]);
    }
    return h;
  };
  NameSounds sounds;
  sounds.surname = sound[0];
  const std::uint16_t word = text::folded_reading(name.units[0]);
  if (word != 0 && sound[0] != 0 && word != sound[0]) {
    auto words = sound;
    words[0] = word;
    sounds.word_fold = record::fold_sounds(std::span(words).first(name.length));
  }
  const std::size_t begin = std::max<std::size_t>(name.surname_length, 1);
  if (begin >= name.length) return sounds;
  sounds.givens[0] = joined(begin);
  if (begin > 1) sounds.givens[1] = joined(1);
  if (begin == 1 && name.length >= 4) {
    sounds.givens[1] = joined(name.length - 1U);
    sounds.givens[2] = joined(name.length - 2U);
  }
  const std::size_t end = std::min<std::size_t>(name.length, begin + kGivenCharacters);
  std::copy(sound.begin() + static_cast<std::ptrdiff_t>(begin),
            sound.begin() + static_cast<std::ptrdiff_t>(end), sounds.characters.begin());
  sounds.first_given = sound[begin];
  sounds.single_given = begin + 1 == name.length;
  return sounds;
}

// First and last token of a Latin name stand for surname and given name.
NameSounds latin_sounds(const NameFeature& name) {
  const std::string_view text(reinterpret_cast<const char*>(name.units.data()), name.length);
  const std::string_view first = text.substr(0, text.find(' '));
  const std::size_t last = text.rfind(' ');
  NameSounds sounds;
  sounds.surname = hash_bytes(first.substr(0, 4));
  sounds.first_given = last == std::string_view::npos ? 0 : hash_bytes(text.substr(last + 1, 4));
  sounds.givens[0] = sounds.first_given;
  return sounds;
}

}  // namespace

NameSounds sounds_of(const NameFeature& name) {
  if (name.length == 0 || (name.flags & record::kFlagPlaceholder) != 0) return {};
  return name.script == NameScript::kLatin ? latin_sounds(name) : han_sounds(name);
}

}  // namespace bidui::key
