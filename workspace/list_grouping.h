// By what the items of a list are counted together.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "matcher/base/error.h"
#include "workspace/listed_source.h"
#include "workspace/village_kinds.h"

namespace bidui::workspace {

// All else is a field of the list (ListOptions::group).
inline constexpr std::array<std::string_view, 6> kOwnGroupings = {
    "all", "township", "village", "kind", "since", "village_kind"};
bool is_own_grouping(std::string_view by);

class ListGrouping {
 public:
  // Refers to the values and kinds.
  ListGrouping(std::string by, const ListValues& values, const VillageKinds& village_kinds)
      : by_(std::move(by)), values_(&values), village_kinds_(&village_kinds) {}

  // Township (of a village only) and group.
  std::pair<std::string, std::string> group_of(const ListedItem& item) const;

 private:
  std::string by_;
  const ListValues* values_;
  const VillageKinds* village_kinds_;
};

// --by village_kind without a table of villages.
Error needs_village_kinds();

}  // namespace bidui::workspace
