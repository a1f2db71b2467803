#include "matcher/link/pair_lists.h"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace bidui::link {
namespace {

constexpr std::uint32_t kNone = PairedItem::kNone;

struct Shared {
  std::uint32_t left;
  std::uint32_t right;
  std::uint32_t persons;
  int likeness;
};

using ItemsOfPerson = std::unordered_map<std::uint32_t, std::vector<std::uint32_t>>;

ItemsOfPerson items_of_persons(const ListItems& list) {
  ItemsOfPerson items;
  for (std::uint32_t item = 0; item < list.count(); ++item) {
    for (const std::uint32_t person : list.persons(item)) items[person].push_back(item);
  }
  return items;
}

// Every pair of items with a person in common, the best first.
std::vector<Shared> shared_pairs(const ListItems& left, const ListItems& right,
                                 const ItemLikeness& likeness) {
  const ItemsOfPerson right_items = items_of_persons(right);
  std::vector<Shared> pairs;
  std::vector<std::uint32_t> met;
  for (std::uint32_t item = 0; item < left.count(); ++item) {
    met.clear();
    for (const std::uint32_t person : left.persons(item)) {
      const auto at = right_items.find(person);
      if (at != right_items.end()) met.insert(met.end(), at->second.begin(), at->second.end());
    }
    std::ranges::sort(met);
    for (auto begin = met.begin(); begin != met.end();) {
      const auto end = std::upper_bound(begin, met.end(), *begin);
      pairs.push_back(
          {item, *begin, static_cast<std::uint32_t>(end - begin), likeness(item, *begin)});
      begin = end;
    }
  }
  std::ranges::sort(pairs, [](const Shared& a, const Shared& b) {
    return std::tuple(b.persons, b.likeness, a.left, a.right) <
           std::tuple(a.persons, a.likeness, b.left, b.right);
  });
  return pairs;
}

// An item whose persons all stand in an earlier item of its own list, both without any part of the
// other list.
void find_repeats(const ListItems& list, std::vector<PairedItem>& fates) {
  std::unordered_map<std::uint32_t, std::uint32_t> first;  // item of each person
  for (std::uint32_t item = 0; item < list.count(); ++item) {
    if (fates[item].fate != ItemFate::kMissing || list.persons(item).empty()) continue;
    bool all_known = true;
    for (const std::uint32_t person : list.persons(item))
      all_known = all_known && first.contains(person);
    if (all_known) {
      fates[item] = {.fate = ItemFate::kRepeated, .rival = first[list.persons(item).front()]};
      continue;
    }
    for (const std::uint32_t person : list.persons(item)) first.try_emplace(person, item);
  }
}

}  // namespace

void ListItems::add(std::span<const std::uint32_t> persons) {
  const auto begin = static_cast<std::ptrdiff_t>(persons_.size());
  persons_.insert(persons_.end(), persons.begin(), persons.end());
  std::sort(persons_.begin() + begin, persons_.end());
  persons_.erase(std::unique(persons_.begin() + begin, persons_.end()), persons_.end());
  offsets_.push_back(static_cast<std::uint32_t>(persons_.size()));
}

ListPairing pair_lists(const ListItems& left, const ListItems& right,
                       std::vector<PossibleItems> possible, const ItemLikeness& likeness) {
  ListPairing pairing{.left = std::vector<PairedItem>(left.count()),
                      .right = std::vector<PairedItem>(right.count())};
  auto& l = pairing.left;
  auto& r = pairing.right;
  const std::vector<Shared> shared = shared_pairs(left, right, likeness);
  for (const Shared& pair : shared) {
    if (l[pair.left].fate == ItemFate::kPaired || r[pair.right].fate == ItemFate::kPaired) continue;
    l[pair.left] = {.fate = ItemFate::kPaired, .other = pair.right};
    r[pair.right] = {.fate = ItemFate::kPaired, .other = pair.left};
  }
  // Of a pair that lost, at least one side is paired with a better item: that is the rival.
  for (const Shared& pair : shared) {
    PairedItem& own = l[pair.left];
    PairedItem& theirs = r[pair.right];
    if (own.fate == ItemFate::kMissing)
      own = {.fate = ItemFate::kRepeated, .other = pair.right, .rival = theirs.other};
    if (theirs.fate == ItemFate::kMissing)
      theirs = {.fate = ItemFate::kRepeated, .other = pair.left, .rival = own.other};
  }
  std::ranges::sort(possible, [](const PossibleItems& a, const PossibleItems& b) {
    return std::tuple(b.weight, a.left, a.right) < std::tuple(a.weight, b.left, b.right);
  });
  const auto join = [&](const PossibleItems& pair, ItemFate fate) {
    if (l[pair.left].fate != ItemFate::kMissing || r[pair.right].fate != ItemFate::kMissing) return;
    l[pair.left] = {.fate = fate, .other = pair.right};
    r[pair.right] = {.fate = fate, .other = pair.left};
  };
  for (const PossibleItems& pair : possible) {
    if (pair.same_row) join(pair, ItemFate::kPaired);
  }
  find_repeats(left, l);
  find_repeats(right, r);
  for (const PossibleItems& pair : possible) join(pair, ItemFate::kPossible);
  return pairing;
}

}  // namespace bidui::link
