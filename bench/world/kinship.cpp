#include "bench/world/kinship.h"

#include <array>

namespace bidui::world {
namespace {

bool is_child_of(const Person& person, PersonIndex parent) {
  return parent != kNone && (person.father == parent || person.mother == parent);
}

bool is_child_of_couple(const World& world, const Person& person, PersonIndex head) {
  return is_child_of(person, head) || is_child_of(person, world.people[head].spouse);
}

bool is_grandchild(const World& world, const Person& person, PersonIndex head) {
  for (const PersonIndex parent : {person.father, person.mother}) {
    if (parent != kNone && is_child_of_couple(world, world.people[parent], head)) return true;
  }
  return false;
}

using Spellings = std::array<std::string_view, 16>;
constexpr Spellings kCivil = {"户主", "妻",   "夫",   "子",   "女",   "儿媳", "女婿", "孙子",
                              "孙女", "父亲", "母亲", "岳父", "岳母", "兄弟", "姐妹", "非亲属"};
constexpr Spellings kPoverty = {"户主",   "配偶",       "配偶",       "之子", "之女", "之儿媳",
                                "之女婿", "之孙子",     "之孙女",     "之父", "之母", "之岳父",
                                "之岳母", "之兄弟姐妹", "之兄弟姐妹", "其他"};
constexpr Spellings kAllowance = {"本人", "配偶", "配偶", "儿子", "女儿", "儿媳", "女婿", "孙子",
                                  "孙女", "父亲", "母亲", "岳父", "岳母", "兄弟", "妹妹", "其他"};
constexpr Spellings kRelocation = {"户主", "妻子", "丈夫", "长子", "女儿", "媳妇", "女婿", "孙子",
                                   "孙女", "父亲", "母亲", "岳父", "岳母", "弟弟", "妹妹", "亲属"};

}  // namespace

Relation relation_to(const World& world, PersonIndex head, PersonIndex index) {
  const Person& person = world.people[index];
  if (index == head || head == kNone) return Relation::kHead;
  const Person& first = world.people[head];
  if (first.spouse == index) return person.male ? Relation::kHusband : Relation::kWife;
  if (is_child_of_couple(world, person, head)) {
    return person.male ? Relation::kSon : Relation::kDaughter;
  }
  if (person.spouse != kNone && is_child_of_couple(world, world.people[person.spouse], head)) {
    return person.male ? Relation::kSonInLaw : Relation::kDaughterInLaw;
  }
  if (is_grandchild(world, person, head)) {
    return person.male ? Relation::kGrandson : Relation::kGranddaughter;
  }
  if (is_child_of(first, index)) return person.male ? Relation::kFather : Relation::kMother;
  if (first.spouse != kNone && is_child_of(world.people[first.spouse], index)) {
    return person.male ? Relation::kFatherInLaw : Relation::kMotherInLaw;
  }
  if (is_child_of(person, first.father)) {
    return person.male ? Relation::kBrother : Relation::kSister;
  }
  return Relation::kOther;
}

std::string_view relation_text(Relation relation, Source source) {
  const auto index = static_cast<std::size_t>(relation);
  switch (source) {
    case Source::kCivil:
      return kCivil[index];
    case Source::kAllowance:
      return kAllowance[index];
    case Source::kRelocation:
      return kRelocation[index];
    default:
      return kPoverty[index];
  }
}

}  // namespace bidui::world
