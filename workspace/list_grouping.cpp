#include "workspace/list_grouping.h"

#include <algorithm>

#include "matcher/base/bilingual_error.h"

namespace bidui::workspace {

bool is_own_grouping(std::string_view by) {
  return std::ranges::find(kOwnGroupings, by) != kOwnGroupings.end();
}

std::pair<std::string, std::string> ListGrouping::group_of(const ListedItem& item) const {
  const std::string_view township = values_->township(item.place);
  const std::string_view village = values_->village(item.place);
  if (by_ == "all") return {};
  if (by_ == "township") return {"", std::string(township)};
  if (by_ == "village") return {std::string(township), std::string(village)};
  if (by_ == "kind") return {"", values_->kinds.text(item.kind)};
  if (by_ == "since") return {"", values_->sinces.text(item.since)};
  if (by_ == "village_kind") return {"", std::string(village_kinds_->kind_of(township, village))};
  return {"", values_->groups.text(item.group)};
}

Error needs_village_kinds() {
  return bilingual_error(ErrorCode::kInvalidArgument,
                         "按贫困村、非贫困村分须用 --villages 给出各村类别的表",
                         "--by village_kind needs --villages, a table of the villages' kinds");
}

}  // namespace bidui::workspace
