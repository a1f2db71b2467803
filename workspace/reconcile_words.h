// What a reconciliation says, in words.
#pragma once

#include <string>

#include "workspace/reconcile.h"

namespace bidui::workspace {

// "类别不同", "other kind".
std::string item_class_title(ItemClass item_class, bool chinese);
// A sentence about a difference, which list lacks what: "county 没有：户籍库查无此人".
std::string difference_words(const Reconciliation& result, const ListDifference& difference,
                             bool chinese);
// "township" as "乡镇"; a field by its title.
std::string grouping_title(std::string_view by, bool chinese);
// What one item is: "户", "处", "人".
std::string unit_title(const ListTitle& list, bool chinese);
// The name that tells the two lists apart: "county" of housing@county, else the list's title.
std::string short_title(const Reconciliation& result, bool left, bool chinese);
// "（空）" where a group is not named.
std::string group_title(const GroupCounts& group, bool chinese);
// How the sums are made, as they are printed beside them.
std::vector<std::string> reconcile_definitions(bool chinese);

}  // namespace bidui::workspace
