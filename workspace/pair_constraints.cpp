#include "workspace/pair_constraints.h"

#include <algorithm>
#include <array>
#include <set>

#include "workspace/person_records.h"

namespace bidui::workspace {
namespace {

std::set<std::string> names_of(const RecordReader& reader, std::span<const RecordPlace> places) {
  std::set<std::string> names;
  for (const RecordPlace place : places) names.insert(reader.at(place).name());
  return names;
}

}  // namespace

Result<std::vector<Constraint>> pair_constraints(const ExplainedPair& pair) {
  Result<std::vector<Constraint>> all = load_constraints(pair.workspace->store());
  BIDUI_TRY(all);
  if (all->empty()) return all;
  const std::array places{pair.left, pair.right};
  const auto persons = persons_of(*pair.reader, pair.run, places);
  BIDUI_TRY(persons);
  const std::set<std::string> left = names_of(*pair.reader, (*persons)[0]);
  const std::set<std::string> right = names_of(*pair.reader, (*persons)[1]);
  const auto is_itself = [&](const Constraint& c) {
    const std::string a = pair.left_record().name();
    const std::string b = pair.right_record().name();
    return (c.left == a && c.right == b) || (c.left == b && c.right == a);
  };
  const bool one_person = left == right;
  std::erase_if(*all, [&](const Constraint& c) {
    if (is_itself(c)) return false;
    const bool across = (left.contains(c.left) && right.contains(c.right)) ||
                        (left.contains(c.right) && right.contains(c.left));
    return one_person || !across;
  });
  std::ranges::stable_partition(*all, is_itself);
  return all;
}

}  // namespace bidui::workspace
