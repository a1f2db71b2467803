// The quality gate: what a delivery is like, and how it differs from the one before, told before a
// comparison uses it.
#pragma once

#include "connectors/report/quality_data.h"
#include "matcher/rule/quality_limits.h"
#include "workspace/delivery_statistics.h"
#include "workspace/progress.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

using connectors::report::QualityReport;

// The limits of the workspace's profile.json, over those that ship. kBadInput with its place.
Result<rule::QualityLimits> quality_limits(const Workspace& workspace);

// The one before: of the same instance and coverage the newest that is no later; of the same day
// where `delivery` takes its place. Nothing held.
std::optional<store::DeliveryInfo> delivery_before(const store::Store& store,
                                                   const store::DeliveryInfo& delivery);

// Statistics are taken from the details where they are kept, else counted. Errors: those of the
// store.
Result<DeliveryStatistics> delivery_statistics(const store::Store& store,
                                               const schema::Schema& schema,
                                               const store::DeliveryInfo& delivery);

// Held deliveries too. Reads the delivery and the one before once (row_changes.h).
Result<QualityReport> delivery_quality(const Workspace& workspace,
                                       const store::DeliveryInfo& delivery,
                                       const rule::QualityLimits& limits,
                                       const Progress& progress = {});

// The delivery's details with its statistics, so that the next one need not count it again.
std::string details_with(const std::string& details, const DeliveryStatistics& statistics);

}  // namespace bidui::workspace
