// `bidui refresh`: deliveries that another version of the program imported get the features and
// index keys of this one, made of the text that the store keeps of each record.
#pragma once

#include <vector>

#include "matcher/base/result.h"
#include "store/delivery.h"
#include "workspace/progress.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

// Whether the features and index keys kept of a delivery are what this version makes of its text.
bool is_current(const store::DeliveryInfo& delivery);

// All deliveries that are not current, each anew or not at all, by id; those already done stay
// where a later one fails. Record keys, texts and what import said of them do not change. Returns
// them as they are now. Uses all threads. Errors: kCorrupt where a record cannot be read, kIo.
Result<std::vector<store::DeliveryInfo>> refresh_deliveries(Workspace& workspace,
                                                            const Progress& progress = {});

}  // namespace bidui::workspace
