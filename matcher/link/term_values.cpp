#include "matcher/link/term_values.h"

#include <span>

#include "matcher/base/hash.h"

namespace bidui::link {
namespace {

using model::Term;
using record::NameFeature;

std::uint32_t hash_of(std::span<const std::uint16_t> units) {
  std::uint64_t hash = units.size();
  for (const std::uint16_t unit : units) hash = hash_combine(hash, unit);
  return static_cast<std::uint32_t>(hash) | 1U;
}

// A Han name of which surname and given name are known.
bool has_parts(const NameFeature& name) {
  return name.script == record::NameScript::kHan && name.surname_length != 0 &&
         name.surname_length < name.length &&
         (name.flags & (record::kFlagDamaged | record::kFlagPlaceholder)) == 0;
}

}  // namespace

std::uint32_t surname_value(const NameFeature& name) {
  return has_parts(name) ? hash_of(std::span(name.units).first(name.surname_length)) : 0;
}

void keep_shared_surname(model::PersonTermBits& bits, std::uint32_t surname, std::uint32_t other) {
  if (surname != other) bits[static_cast<std::size_t>(Term::kSurname)] = 0;
}

std::array<std::uint32_t, model::kPersonTerms> term_values(const record::PersonFeatures& person) {
  std::array<std::uint32_t, model::kPersonTerms> values{};
  const auto set = [&](Term term, std::uint32_t value) {
    values[static_cast<std::size_t>(term)] = value;
  };
  const NameFeature& name = person.name;
  set(Term::kName, person.name_hash);
  set(Term::kSound, person.name_fold);
  set(Term::kSurname, surname_value(name));
  if (has_parts(name))
    set(Term::kGivenName,
        hash_of(std::span(name.units).first(name.length).subspan(name.surname_length)));
  set(Term::kVillage, person.village);
  return values;
}

}  // namespace bidui::link
