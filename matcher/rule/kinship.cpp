#include "matcher/rule/kinship.h"

#include <algorithm>
#include <bit>
#include <tbb/parallel_for.h>
#include <tbb/parallel_invoke.h>
#include <utility>

namespace bidui::rule {
namespace {

using Role = KinRow::Role;

// Children and parents at once: `from` is the child.
struct Descent {
  std::uint32_t child;
  std::uint32_t parent;
};

// The rows by their numbers, chained.
class Bearers {
 public:
  explicit Bearers(std::span<const KinRow> rows)
      : rows_(rows),
        shift_(64 - std::bit_width(rows.size() | 1U)),
        first_(std::size_t{1} << (64 - shift_), KinRow::kNone),
        next_(rows.size(), KinRow::kNone) {
    for (auto row = static_cast<std::uint32_t>(rows.size()); row-- > 0;) {
      if (rows[row].number == 0) continue;
      std::uint32_t& first = first_[place(rows[row].number)];
      next_[row] = std::exchange(first, row);
    }
  }

  // Calls `use` with each row that bears the number, ascending.
  template <typename Use>
  void each(std::uint64_t number, Use use) const {
    for (std::uint32_t row = first_[place(number)]; row != KinRow::kNone; row = next_[row]) {
      if (rows_[row].number == number) use(row);
    }
  }

 private:
  std::size_t place(std::uint64_t number) const { return number * 0x9e3779b97f4a7c15U >> shift_; }

  std::span<const KinRow> rows_;
  int shift_;
  std::vector<std::uint32_t> first_;
  std::vector<std::uint32_t> next_;
};

// By the parents' numbers, the rows in blocks beside each other.
std::vector<Descent> descents_by_number(std::span<const KinRow> rows) {
  constexpr std::size_t kBlock = 65'536;
  const Bearers bearers(rows);
  std::vector<std::vector<Descent>> parts((rows.size() + kBlock - 1) / kBlock);
  tbb::parallel_for(std::size_t{0}, parts.size(), [&](std::size_t part) {
    const std::size_t end = std::min(rows.size(), (part + 1) * kBlock);
    for (auto child = static_cast<std::uint32_t>(part * kBlock); child < end; ++child) {
      for (const std::uint64_t parent : {rows[child].father, rows[child].mother}) {
        if (parent == 0) continue;
        bearers.each(parent, [&](std::uint32_t row) {
          if (row != child) parts[part].push_back({child, row});
        });
      }
    }
  });
  std::vector<Descent> descents;
  for (const auto& part : parts) descents.insert(descents.end(), part.begin(), part.end());
  return descents;
}

// Calls `use` with the rows of each household that have a relation to its head.
template <typename Use>
void each_household(std::span<const KinRow> rows, std::uint32_t households, Use use) {
  std::vector<std::uint32_t> begins(households + std::size_t{1}, 0);
  const auto counts = [&](const KinRow& row) {
    return row.role != Role::kOther && row.household < households;
  };
  for (const KinRow& row : rows) {
    if (counts(row)) ++begins[row.household + std::size_t{1}];
  }
  for (std::size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
  std::vector<std::uint32_t> members(begins.back());
  std::vector<std::uint32_t> next(begins.begin(), begins.end() - 1);
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    if (counts(rows[row])) members[next[rows[row].household]++] = row;
  }
  for (std::size_t h = 0; h < households; ++h)
    use(std::span(members).subspan(begins[h], begins[h + 1] - begins[h]));
}

// Head and spouse, and their children and parents, within one household.
template <typename Edge>
void relate_by_household(std::span<const KinRow> rows, std::uint32_t households,
                         std::vector<Descent>& descents, std::vector<Edge>& spouses) {
  each_household(rows, households, [&](std::span<const std::uint32_t> members) {
    for (const std::uint32_t a : members) {
      const Role of_a = rows[a].role;
      for (const std::uint32_t b : members) {
        const Role of_b = rows[b].role;
        if (of_a == Role::kChild && (of_b == Role::kHead || of_b == Role::kSpouse))
          descents.push_back({a, b});
        if (of_a != Role::kHead) continue;
        if (of_b == Role::kParent) descents.push_back({a, b});
        if (of_b != Role::kSpouse) continue;
        spouses.push_back({a, b});
        spouses.push_back({b, a});
      }
    }
  });
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

// By counting, then each short list by itself.
template <typename Item, typename Make>
Kinship::Lists<Item> Kinship::lists_of(const std::vector<Edge>& edges, std::uint32_t owners,
                                       Make make) {
  Lists<Item> lists;
  if (edges.empty()) return lists;
  std::vector<std::uint32_t> begins(owners + std::size_t{1}, 0);
  for (const Edge& edge : edges) ++begins[edge.from + std::size_t{1}];
  for (std::size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
  std::vector<std::uint32_t> targets(edges.size());
  std::vector<std::uint32_t> next(begins.begin(), begins.end() - 1);
  for (const Edge& edge : edges) targets[next[edge.from]++] = edge.to;
  lists.offsets.assign(begins.size(), 0);
  lists.items.reserve(edges.size());
  for (std::uint32_t owner = 0; owner < owners; ++owner) {
    const auto own = targets.begin() + begins[owner];
    const auto end = targets.begin() + begins[owner + std::size_t{1}];
    std::sort(own, end);
    std::for_each(own, std::unique(own, end),
                  [&](std::uint32_t to) { lists.items.push_back(make(to)); });
    lists.offsets[owner + std::size_t{1}] = static_cast<std::uint32_t>(lists.items.size());
  }
  return lists;
}

Kinship::Kinship(SourceIndex source, std::span<const KinRow> rows, std::uint32_t households) {
  std::vector<Descent> descents;
  std::vector<Descent> within;  // one household
  std::vector<Edge> spouses;
  tbb::parallel_invoke([&] { descents = descents_by_number(rows); },
                       [&] { relate_by_household(rows, households, within, spouses); },
                       [&] { list_splits(source, rows, households); });
  descents.insert(descents.end(), within.begin(), within.end());

  const auto record = [source](std::uint32_t row) { return RecordRef{source, row}; };
  const auto count = static_cast<std::uint32_t>(rows.size());
  const auto edges = [&](auto from, auto to) {
    std::vector<Edge> list;
    list.reserve(descents.size());
    for (const Descent& descent : descents) list.push_back({descent.*from, descent.*to});
    return list;
  };
  tbb::parallel_invoke(
      [&] {
        parents_ = lists_of<RecordRef>(edges(&Descent::child, &Descent::parent), count, record);
      },
      [&] {
        children_ = lists_of<RecordRef>(edges(&Descent::parent, &Descent::child), count, record);
      },
      [&] { spouses_ = lists_of<RecordRef>(spouses, count, record); });
}

void Kinship::list_splits(SourceIndex source, std::span<const KinRow> rows,
                          std::uint32_t households) {
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
  split_from_ = lists_of<HouseholdLink>(from, households, household);
  split_off_ = lists_of<HouseholdLink>(off, households, household);
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
