#include "matcher/rule/suggest.h"

#include <cstddef>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "matcher/schema/word_distance.h"

namespace bidui::rule {

Bilingual suggestion(std::string_view name, std::span<const std::string> candidates) {
  std::size_t best = name.size() / 3 + 1;
  const std::string* nearest = nullptr;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = schema::word_distance(name, candidate);
    if (distance < best || (distance == best && nearest == nullptr)) {
      best = distance;
      nearest = &candidate;
    }
  }
  if (nearest != nullptr)
    return {fmt::format("；是不是“{}”？", *nearest), fmt::format("; did you mean '{}'?", *nearest)};
  constexpr std::size_t kShortList = 12;
  if (candidates.empty() || candidates.size() > kShortList) return {};
  return {fmt::format("；可用的有 {}", fmt::join(candidates, "、")),
          fmt::format("; known are {}", fmt::join(candidates, ", "))};
}

}  // namespace bidui::rule
