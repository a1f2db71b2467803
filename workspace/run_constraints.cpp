#include "workspace/run_constraints.h"

#include <algorithm>
#include <map>

#include "workspace/find_keys.h"

namespace bidui::workspace {
namespace {

using Numbers = std::map<std::string_view, std::uint32_t>;  // by source:key

// Numbers of the wanted records of one source, of which `first` is the first.
Status find_numbers(const store::Store& store, const RunSource& source, std::uint32_t first,
                    std::span<const std::string_view> names, Numbers& numbers) {
  std::vector<store::DeliveryId> deliveries;
  for (const store::DeliveryInfo& d : source.deliveries) deliveries.push_back(d.id);
  std::vector<std::string_view> keys;
  for (const std::string_view name : names) keys.push_back(name.substr(source.instance.size() + 1));
  const auto places = find_keys(store, deliveries, keys);
  BIDUI_TRY(places);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (const auto& at = (*places)[i])
      numbers.emplace(names[i], first + source.first_rows[at->delivery] + at->row);
  }
  return {};
}

}  // namespace

Result<RunConstraints> place_constraints(const store::Store& store,
                                         std::span<const RunSource> sources) {
  const Result<std::vector<Constraint>> constraints = load_constraints(store);
  BIDUI_TRY(constraints);
  std::map<std::string_view, std::vector<std::string_view>> by_source;
  for (const Constraint& c : *constraints) {
    for (const std::string_view name : {std::string_view(c.left), std::string_view(c.right)})
      by_source[name.substr(0, name.find(':'))].push_back(name);
  }
  Numbers numbers;
  std::uint32_t first = 0;
  for (const RunSource& source : sources) {
    if (const auto names = by_source.find(source.instance); names != by_source.end())
      BIDUI_TRY(find_numbers(store, source, first, names->second, numbers));
    first += source.rows();
  }
  std::vector<link::RecordPair> pairs;
  for (const Constraint& c : *constraints) {
    const auto left = numbers.find(c.left);
    const auto right = numbers.find(c.right);
    if (left != numbers.end() && right != numbers.end())
      pairs.emplace_back(left->second, right->second);
  }
  return RunConstraints{.pairs = link::CannotLinks(pairs),
                        .count = constraints->size(),
                        .not_found = constraints->size() - pairs.size(),
                        .hash = hash_constraints(*constraints)};
}

}  // namespace bidui::workspace
