// Two small registries of generated people with errors, and who is who.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "matcher/link/linker.h"

namespace bidui::link {

// A table and the person behind each row.
struct Registry {
  RecordTable table{};
  std::vector<std::uint32_t> person{};
};

struct SampleWorld {
  Registry civil{};  // everybody once, without an error
  Registry
      civil_again{};   // everybody once more, each row with one error that number or name survive
  Registry poverty{};  // some of them, most with an error; and some whom civil does not know
};

SampleWorld make_world(std::uint64_t seed, std::uint32_t people, std::uint32_t poor);

// The same rows in an order that `seed` decides.
Registry shuffled(const Registry& registry, std::uint64_t seed);

// Keys of persons only.
KeyFunction person_keys(const RecordTable& table);

// poverty against civil, `pieces` calls of add_right. The models are trained, or those of `given`,
// with its tables.
ScoredPairs link_world(const Registry& left, const Registry& right, const ScoredPairs& given = {},
                       std::size_t pieces = 1);

// A left side with its index.
std::shared_ptr<const LeftSide> left_side(const RecordTable& table,
                                          std::vector<std::uint8_t> groups = {},
                                          LeftSideOptions options = {});

}  // namespace bidui::link
