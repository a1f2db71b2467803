// The same file twice: told by its content, whatever it is called.
#pragma once

#include <optional>
#include <string_view>

#include "workspace/workspace.h"

namespace bidui::workspace {

// The hash of what was handed in: the delivery's content hash; of one made by changes, that of the
// file with the changes.
std::string delivered_hash(const store::DeliveryInfo& delivery);

// Of the deliveries of the instance and coverage that count or did, the newest with this content.
// Held ones are none: importing one again takes its place.
std::optional<store::DeliveryInfo> find_same_content(const store::Store& store,
                                                     std::string_view instance,
                                                     std::string_view coverage,
                                                     std::string_view hash);

}  // namespace bidui::workspace
