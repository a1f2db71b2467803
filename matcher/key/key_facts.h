// Who cannot share a fuzzy key with any of a few records, told without making keys.
#pragma once

#include <cstdint>
#include <span>

#include "matcher/base/hash_filter.h"
#include "matcher/key/fuzzy_key.h"
#include "matcher/record/features.h"

namespace bidui::key {

// Each key is made of facts about a record (a birth date, a name's sound, a village with a
// surname's sound, …), of which the most telling one is kept: two records that meet by a key have
// it in common. Immutable once built; shared between threads.
class KeyFacts {
 public:
  explicit KeyFacts(std::span<const record::PersonFeatures> few);

  // The families by whose keys (append_person_keys(), refined or not) `person` may meet one of the
  // few; 0: by none. A tenth of the cost of its keys.
  KeyFamilies may_meet(const record::PersonFeatures& person) const;

 private:
  HashFilter facts_;
  // Villages with a surname's or given name's sound. By a place alone covered records meet bare
  // ones only.
  HashFilter bare_villages_;  // without the sounds, of bare records
  HashFilter bare_places_;
  HashFilter covered_places_;
};

}  // namespace bidui::key
