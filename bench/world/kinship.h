// Who somebody is to the head of a list, and how each office spells it.
#pragma once

#include <string_view>

#include "bench/world/error_classes.h"
#include "bench/world/lives.h"

namespace bidui::world {

enum class Relation : std::uint8_t {
  kHead,
  kWife,
  kHusband,
  kSon,
  kDaughter,
  kDaughterInLaw,
  kSonInLaw,
  kGrandson,
  kGranddaughter,
  kFather,
  kMother,
  kFatherInLaw,
  kMotherInLaw,
  kBrother,
  kSister,
  kOther,
};

Relation relation_to(const World& world, PersonIndex head, PersonIndex person);
std::string_view relation_text(Relation relation, Source source);

}  // namespace bidui::world
