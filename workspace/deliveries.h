// The deliveries of a workspace as people see them, and taking one back. What is done with one is
// an entry of the journal (delivery_journal.h).
#pragma once

#include <string_view>
#include <vector>

#include "workspace/delivery_journal.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

struct ListedDelivery {
  store::DeliveryInfo info{};  // held ones too
  bool counts = false;         // the newest of its source and coverage: what a comparison uses
};

// By source, coverage and date.
std::vector<ListedDelivery> list_deliveries(const Workspace& workspace);

// The delivery of that name, held or not; a held one where there are both. kNotFound lists the
// names there are.
Result<store::DeliveryInfo> find_delivery(const Workspace& workspace, std::string_view name);

// Lets a held delivery count; one of the same instance, coverage and date gives way. Durable at
// once: a process killed meanwhile leaves it held or counting. kNotFound where none is held.
Result<store::DeliveryInfo> accept_delivery(Workspace& workspace, std::string_view name,
                                            const Act& act = {});

// Removes a held delivery, as if it had never come. kNotFound where none is held.
Result<store::DeliveryInfo> refuse_delivery(Workspace& workspace, std::string_view name,
                                            const Act& act = {});

// Removes the delivery of that name ("poverty:340826:2017-11-20"), for good; what was there before
// of the same source and coverage counts again. Runs, their reports and flags stay as they are: the
// next comparison, with its hashes, is the one that it would be without. kNotFound lists the names
// there are. Errors: those of the store.
Result<store::DeliveryInfo> withdraw_delivery(Workspace& workspace, std::string_view name,
                                              const Act& act = {});

}  // namespace bidui::workspace
