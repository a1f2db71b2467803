// Two lists set against each other, item by item: which item of one is which of the other, once
// persons are known. An item is what the lists are lists of: a household, a house, a person's row.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace bidui::link {

// The persons of each item of a list, by any number that the two lists share.
class ListItems {
 public:
  // Repeats among `persons` are dropped.
  void add(std::span<const std::uint32_t> persons);

  std::uint32_t count() const { return static_cast<std::uint32_t>(offsets_.size() - 1); }
  std::span<const std::uint32_t> persons(std::uint32_t item) const {
    return std::span(persons_).subspan(offsets_[item], offsets_[item + 1] - offsets_[item]);
  }

 private:
  std::vector<std::uint32_t> offsets_{0};
  std::vector<std::uint32_t> persons_;
};

// Two items that may be of one person, though no link was decided.
struct PossibleItems {
  std::uint32_t left = 0;
  std::uint32_t right = 0;
  double weight = 0;
  bool same_row = false;  // one key and one name in both: paired, where nothing else is known
};

enum class ItemFate : std::uint8_t {
  kPaired,    // stands in the other list too
  kRepeated,  // its persons stand in the other list, or earlier in its own, by another item
  kPossible,  // not found for sure: one item of the other list may be it
  kMissing,   // not in the other list
};

struct PairedItem {
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  ItemFate fate = ItemFate::kMissing;
  // kPaired, kPossible: of the other list. kRepeated: of the other list the item that its persons
  // stand in; kNone where they stand in neither pair.
  std::uint32_t other = kNone;
  // kRepeated: the item of its own list that stands for the same persons.
  std::uint32_t rival = kNone;
};

struct ListPairing {
  std::vector<PairedItem> left{};  // every item once: the fates of a list sum up to its items
  std::vector<PairedItem> right{};
};

// How well two items fit beside the persons that they share; larger is better.
using ItemLikeness = std::function<int(std::uint32_t left, std::uint32_t right)>;

// Pairs one-to-one: those that share most persons first, then the most alike, then by position. The
// same whatever the order of `possible`. O(n log n) in the pairs of items that share a person.
ListPairing pair_lists(const ListItems& left, const ListItems& right,
                       std::vector<PossibleItems> possible, const ItemLikeness& likeness);

}  // namespace bidui::link
