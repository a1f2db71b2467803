#include "workspace/held_run.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "store/layout.h"
#include "workspace/run_artefacts.h"

namespace bidui::workspace {
namespace {

std::uint32_t number_at(std::string_view bytes, std::size_t at) {
  return store::read_little_endian<std::uint32_t>(bytes.data() + at);
}

}  // namespace

std::span<const std::uint32_t> HeldRun::Lists::of(std::uint32_t n) const {
  if (n + 1 >= begins.size()) return {};
  return std::span(values).subspan(begins[n], begins[n + 1] - begins[n]);
}

HeldRun::HeldRun(std::string_view entities, std::string links, std::string flag_subjects)
    : entities_(entities.size() / 4),
      links_(std::move(links)),
      flag_subjects_(std::move(flag_subjects)) {
  // Counted, then placed in order: both lists ascend within each number.
  const auto make = [](Lists& lists, std::size_t numbers, std::size_t values, const auto& visit) {
    lists.begins.assign(numbers + 1, 0);
    visit([&](std::uint32_t n, std::uint32_t) { ++lists.begins[n + 1]; });
    std::partial_sum(lists.begins.begin(), lists.begins.end(), lists.begins.begin());
    lists.values.resize(values);
    std::vector<std::uint32_t> next = lists.begins;
    visit([&](std::uint32_t n, std::uint32_t value) { lists.values[next[n]++] = value; });
  };
  std::uint32_t entity_count = 0;
  for (std::size_t r = 0; r < entities_.size(); ++r) {
    entities_[r] = number_at(entities, 4 * r);
    entity_count = std::max(entity_count, entities_[r] + 1);
  }
  make(persons_, entity_count, entities_.size(), [&](const auto& add) {
    for (std::uint32_t r = 0; r < entities_.size(); ++r) add(entities_[r], r);
  });
  const std::size_t link_count = links_.size() / kKeptLinkSize;
  make(touching_, entities_.size(), 2 * link_count, [&](const auto& add) {
    for (std::size_t l = 0; l < link_count; ++l) {
      const std::size_t at = l * kKeptLinkSize;
      add(number_at(links_, at), static_cast<std::uint32_t>(at));
      add(number_at(links_, at + 4), static_cast<std::uint32_t>(at));
    }
  });
}

std::span<const std::uint32_t> HeldRun::person_of(std::uint32_t record) const {
  if (record >= entities_.size()) return {};
  return persons_.of(entities_[record]);
}

std::span<const std::uint32_t> HeldRun::links_at(std::uint32_t record) const {
  return touching_.of(record);
}

}  // namespace bidui::workspace
