// Kinds of fuzzy keys that fail for reasons of their own: what a wrong ID number breaks leaves the
// name and birth date, and what a wrong birth date breaks leaves the place. Capture–recapture
// compares what each group found (matcher/model/capture_recapture.h).
#pragma once

#include <cstdint>
#include <string_view>

#include "matcher/key/fuzzy_key.h"

namespace bidui::key {

enum class KeyGroup : std::uint8_t { kNumber = 0, kBirth = 1, kPlace = 2, kCount = 3 };

// kCount for kinds of free columns: what these share is not known.
constexpr KeyGroup group_of(KeyKind kind) {
  switch (kind) {
    case KeyKind::kId:
    case KeyKind::kIdBirthSequence:
    case KeyKind::kIdYearSurname:
    case KeyKind::kIdYearGiven:
    case KeyKind::kIdDaySurname:
    case KeyKind::kIdDayGiven:
      return KeyGroup::kNumber;
    case KeyKind::kBirthSurname:
    case KeyKind::kBirthGiven:
    case KeyKind::kBirthVillage:
    case KeyKind::kNameYear:
    case KeyKind::kNameDay:
    case KeyKind::kFormerNameYear:
      return KeyGroup::kBirth;
    case KeyKind::kCharacterVillage:
    case KeyKind::kNameVillage:
    case KeyKind::kNameTownship:
    case KeyKind::kSurnameVillageGroup:
    case KeyKind::kGivenVillage:
    case KeyKind::kPhone:
    case KeyKind::kFormerNameVillage:
      return KeyGroup::kPlace;
    case KeyKind::kText:
    case KeyKind::kCount:
      return KeyGroup::kCount;
  }
  return KeyGroup::kCount;
}

// The groups of a set of kinds, each as one bit.
constexpr std::uint32_t groups_of(std::uint32_t kinds) {
  constexpr auto kKindsOf = [] {
    std::array<std::uint32_t, static_cast<std::size_t>(KeyGroup::kCount) + 1> kinds_of{};
    for (unsigned kind = 0; kind < static_cast<unsigned>(KeyKind::kCount); ++kind)
      kinds_of[static_cast<std::size_t>(group_of(static_cast<KeyKind>(kind)))] |= 1U << kind;
    return kinds_of;
  }();
  std::uint32_t groups = 0;
  for (unsigned group = 0; group < static_cast<unsigned>(KeyGroup::kCount); ++group)
    groups |= (kinds & kKindsOf[group]) != 0 ? 1U << group : 0U;
  return groups;
}

}  // namespace bidui::key
