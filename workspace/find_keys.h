// Records found by their keys in given deliveries, many at once.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "store/store.h"

namespace bidui::workspace {

struct KeyPlace {
  std::size_t delivery = 0;  // position among those given
  std::uint32_t row = 0;
};

// For each key the first row that has it; nullopt where there is none. Reads one index block a key,
// and the records that have it. Errors: those of the store.
Result<std::vector<std::optional<KeyPlace>>> find_keys(
    const store::Store& store, std::span<const store::DeliveryId> deliveries,
    std::span<const std::string_view> keys);

}  // namespace bidui::workspace
