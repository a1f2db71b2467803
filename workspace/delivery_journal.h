// What was done with deliveries, as the journal keeps it (`bidui audit`): entries
// "delivery/SOURCE:COVERAGE:DATE". Names of files, counts and hashes; no person's values.
#pragma once

#include <string>
#include <string_view>

#include "matcher/base/result.h"
#include "store/store.h"

namespace bidui::workspace {

inline constexpr std::string_view kDeliverySubject = "delivery/";

// Who does it and when, as recorded; "" = not said.
struct Act {
  std::string by{};
  std::string recorded{};
};

// Durable before it returns. `action`: "imported", "held", "replaced", "accepted", "refused",
// "withdrawn".
Status journal_delivery(store::Store& store, std::string_view action,
                        const store::DeliveryInfo& delivery, const Act& act);

}  // namespace bidui::workspace
