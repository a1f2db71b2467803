// Who is whose child, and which household split from which, as one registry of households says it:
// by the parents' ID numbers, by the relation to the head, and by the former household's number.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "matcher/rule/value.h"
#include "matcher/text/relation.h"

namespace bidui::rule {

enum class Kin : std::uint8_t { kParents, kChildren, kSpouses };
enum class Split : std::uint8_t {
  kFrom,  // the households that members came from
  kOff,   // the households that former members went to
};

// What a record tells of its kin. Numbers are any 64-bit identities of ID numbers, 0 = none.
struct KinRow {
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  enum class Role : std::uint8_t { kOther, kHead, kSpouse, kChild, kParent };

  std::uint64_t number = 0;
  std::uint64_t father = 0;
  std::uint64_t mother = 0;
  std::uint32_t household = kNone;
  std::uint32_t former_household = kNone;
  Role role = Role::kOther;  // to the head of its household
};

// Children- and parents-in-law are no kin here, nor are 祖父母 or 孙子女.
KinRow::Role kin_role(const text::Relation& relation);

class Kinship {
 public:
  Kinship() = default;
  // Row i of `source` is rows[i]; households count from 0 to `households`. O(n).
  Kinship(SourceIndex source, std::span<const KinRow> rows, std::uint32_t households);

  // By row, each once, whether alive and registered or not; none of rows beyond.
  std::span<const RecordRef> kin(std::uint32_t row, Kin kin) const;
  // By number, all at L3: the registry itself says so.
  std::span<const HouseholdLink> splits(std::uint32_t household, Split split) const;

 private:
  // A list for each of `owners`, one behind the other.
  template <typename Item>
  struct Lists {
    std::vector<std::uint32_t> offsets;
    std::vector<Item> items;
    std::span<const Item> of(std::uint32_t owner) const;
  };
  struct Edge {
    std::uint32_t from;
    std::uint32_t to;
  };
  template <typename Item, typename Make>
  static Lists<Item> lists_of(const std::vector<Edge>& edges, std::uint32_t owners, Make make);
  void list_splits(SourceIndex source, std::span<const KinRow> rows, std::uint32_t households);

  Lists<RecordRef> parents_;
  Lists<RecordRef> children_;
  Lists<RecordRef> spouses_;
  Lists<HouseholdLink> split_from_;
  Lists<HouseholdLink> split_off_;
};

}  // namespace bidui::rule
