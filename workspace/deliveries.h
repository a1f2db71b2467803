// The deliveries of a workspace as people see them, and taking one back.
#pragma once

#include <string_view>
#include <vector>

#include "workspace/workspace.h"

namespace bidui::workspace {

struct ListedDelivery {
  store::DeliveryInfo info{};
  bool counts = false;  // the newest of its source and coverage: what a comparison uses
};

// By source, coverage and date.
std::vector<ListedDelivery> list_deliveries(const Workspace& workspace);

// Removes the delivery of that name ("poverty:340826:2017-11-20"), for good; what was there before
// of the same source and coverage counts again. Runs, their reports and flags stay as they are: the
// next comparison goes without it. kNotFound lists the names there are. Errors: those of the store.
Result<store::DeliveryInfo> withdraw_delivery(Workspace& workspace, std::string_view name);

}  // namespace bidui::workspace
