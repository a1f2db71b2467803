#include "matcher/rule/kinship.h"

#include <algorithm>
#include <utility>

namespace bidui::rule {
namespace {

using Role = KinRow::Role;

// Children and parents at once: `from` is the child.
struct Descent {
  std::uint32_t child;
  std::uint32_t parent;
};

// The child's row under the parent's number, met with the rows that bear it.
void descend_by_number(std::span<const KinRow> rows, std::vector<Descent>& descents) {
  using Numbered = std::pair<std::uint64_t, std::uint32_t>;
  std::vector<Numbered> wanted;
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    for (const std::uint64_t parent : {rows[row].father, rows[row].mother}) {
      if (parent != 0) wanted.emplace_back(parent, row);
    }
  }
  if (wanted.empty()) return;
  std::vector<Numbered> bearers;
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    if (rows[row].number != 0) bearers.emplace_back(rows[row].number, row);
  }
  std::sort(wanted.begin(), wanted.end());
  std::sort(bearers.begin(), bearers.end());
  auto bearer = bearers.begin();
  for (const auto& [number, child] : wanted) {
    while (bearer != bearers.end() && bearer->first < number) ++bearer;
    for (auto it = bearer; it != bearers.end() && it->first == number; ++it) {
      if (it->second != child) descents.push_back({child, it->second});
    }
  }
}

}  // namespace

KinRow::Role kin_role(const text::Relation& relation) {
  if (!relation.known) return Role::kOther;
  if (relation.is_head) return Role::kHead;
  if (relation.is_spouse) return Role::kSpouse;
  const int code = relation.code2;
  if ((code >= 20 && code <= 27) || code == 29 || (code >= 30 && code <= 37) || code == 39)
    return Role::kChild;
  return (code >= 50 && code <= 52) || code == 57 || code == 58 ? Role::kParent : Role::kOther;
}

template <typename Item>
std::span<const Item> Kinship::Lists<Item>::of(std::uint32_t owner) const {
  if (owner + std::size_t{1} >= offsets.size()) return {};
  return std::span(items).subspan(offsets[owner], offsets[owner + 1] - offsets[owner]);
}

template <typename Item, typename Make>
Kinship::Lists<Item> Kinship::lists_of(std::vector<Edge> edges, std::uint32_t owners, Make make) {
  const auto order = [](const Edge& e) { return std::pair(e.from, e.to); };
  std::ranges::sort(edges, {}, order);
  const auto repeated = std::ranges::unique(edges, {}, order);
  edges.erase(repeated.begin(), repeated.end());
  Lists<Item> lists;
  if (edges.empty()) return lists;
  lists.offsets.assign(owners + std::size_t{1}, 0);
  lists.items.reserve(edges.size());
  for (const Edge& edge : edges) {
    ++lists.offsets[edge.from + std::size_t{1}];
    lists.items.push_back(make(edge.to));
  }
  for (std::size_t i = 1; i < lists.offsets.size(); ++i) lists.offsets[i] += lists.offsets[i - 1];
  return lists;
}

Kinship::Kinship(SourceIndex source, std::span<const KinRow> rows, std::uint32_t households) {
  std::vector<Descent> descents;
  descend_by_number(rows, descents);

  // By relation: head, spouse and their children and parents within one household.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> members;  // household, row
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    if (rows[row].role != Role::kOther && rows[row].household != KinRow::kNone)
      members.emplace_back(rows[row].household, row);
  }
  std::sort(members.begin(), members.end());
  std::vector<Edge> spouses;
  for (std::size_t begin = 0; begin < members.size();) {
    std::size_t end = begin;
    while (end < members.size() && members[end].first == members[begin].first) ++end;
    for (std::size_t i = begin; i < end; ++i) {
      const std::uint32_t a = members[i].second;
      for (std::size_t j = begin; j < end; ++j) {
        const std::uint32_t b = members[j].second;
        const Role of_a = rows[a].role;
        const Role of_b = rows[b].role;
        if (of_a == Role::kChild && (of_b == Role::kHead || of_b == Role::kSpouse))
          descents.push_back({a, b});
        if (of_a == Role::kHead && of_b == Role::kParent) descents.push_back({a, b});
        if (of_a == Role::kHead && of_b == Role::kSpouse) {
          spouses.push_back({a, b});
          spouses.push_back({b, a});
        }
      }
    }
    begin = end;
  }

  std::vector<Edge> up;
  std::vector<Edge> down;
  up.reserve(descents.size());
  down.reserve(descents.size());
  for (const Descent& descent : descents) {
    up.push_back({descent.child, descent.parent});
    down.push_back({descent.parent, descent.child});
  }
  const auto record = [source](std::uint32_t row) { return RecordRef{source, row}; };
  const auto count = static_cast<std::uint32_t>(rows.size());
  parents_ = lists_of<RecordRef>(std::move(up), count, record);
  children_ = lists_of<RecordRef>(std::move(down), count, record);
  spouses_ = lists_of<RecordRef>(std::move(spouses), count, record);

  std::vector<Edge> from;
  std::vector<Edge> off;
  for (const KinRow& row : rows) {
    if (row.former_household == KinRow::kNone || row.household == KinRow::kNone ||
        row.former_household == row.household)
      continue;
    from.push_back({row.household, row.former_household});
    off.push_back({row.former_household, row.household});
  }
  const auto household = [source](std::uint32_t number) {
    return HouseholdLink{{source, number}, LinkLevel::kL3};
  };
  split_from_ = lists_of<HouseholdLink>(std::move(from), households, household);
  split_off_ = lists_of<HouseholdLink>(std::move(off), households, household);
}

std::span<const RecordRef> Kinship::kin(std::uint32_t row, Kin kin) const {
  switch (kin) {
    case Kin::kParents:
      return parents_.of(row);
    case Kin::kChildren:
      return children_.of(row);
    case Kin::kSpouses:
      return spouses_.of(row);
  }
  return {};
}

std::span<const HouseholdLink> Kinship::splits(std::uint32_t household, Split split) const {
  return split == Split::kFrom ? split_from_.of(household) : split_off_.of(household);
}

}  // namespace bidui::rule
