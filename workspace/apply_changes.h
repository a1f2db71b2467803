// `bidui import --changes`: the newest delivery of a source with the changes made in it, which is
// a whole delivery again. What comes of it is what would come of the whole list: rows stand in
// another order, nothing else differs.
#pragma once

#include <cstdint>

#include "matcher/base/result.h"
#include "store/store.h"
#include "workspace/change_rows.h"
#include "workspace/delivery_sink.h"
#include "workspace/import.h"
#include "workspace/import_batch.h"

namespace bidui::workspace {

// Of an instance and coverage the newest delivery before the day. kNotFound where there is none;
// kConflict where a later one is there already: changes come one after another.
Result<store::DeliveryInfo> delivery_to_change(const store::Store& store,
                                               const store::DeliveryInfo& wanted);

// Hands the changed list to the sink. A row's record is found by its key; without one only by all
// of its content. Changes are made in their order; one that does not fit becomes a reject of the
// report, with its row. A column that a list of changes does not have keeps its value in changed
// records. Reads the delivery twice, on all threads; memory beyond the changes is bounded.
Status apply_changes(const store::Store& store, const store::DeliveryInfo& base,
                     const schema::Schema& schema, const BatchBuilder& builder,
                     const ChangeRows& changes, DeliverySink& sink, ImportReport& report);

}  // namespace bidui::workspace
