// The groups of records for which a run's errors are told apart: linkage error falls on the weakest
// first.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "workspace/run_world.h"

namespace bidui::workspace {

// What groups are made by, in the order in which they are shown.
enum class Dimension : std::uint8_t {
  kAll,
  kSources,   // pairs of sources: "poverty~civil"
  kTownship,  // of the left record's person, as all that follow
  kAge,       // at the evaluation date
  kEthnicity,
  kName,    // of the left record: damaged in writing or not
  kNumber,  // of the left record: state of the ID number
};
inline constexpr std::size_t kDimensions = 7;
std::string_view dimension_name(Dimension dimension);   // "township"
std::string_view dimension_title(Dimension dimension);  // Chinese

// `name` orders the groups of one dimension; `title` is what people read.
struct GroupName {
  Dimension dimension = Dimension::kAll;
  std::string name{};
  std::string title{};

  bool operator==(const GroupName& other) const = default;
  std::strong_ordering operator<=>(const GroupName& other) const = default;
};

// Repetitions within one source: "poverty~poverty".
bool is_within_source(std::string_view sources);
bool is_within_source(const GroupName& group);

// A record with the one in the civil registry that speaks for its person where it is silent itself:
// half the sources do not say of what ethnic group somebody is.
struct GroupedRecord {
  std::uint32_t record = 0;
  std::optional<std::uint32_t> civil{};  // linked, or what a pair would link it with
};

// The group of a record in one of these dimensions, and a number that tells it from the others of
// its dimension as long as the program runs. Township, age and ethnic group are its own words,
// else those of `civil`; the name's and the number's state always its own.
GroupName group_name(const RunWorld& world, const GroupedRecord& grouped, Dimension dimension);
std::uint64_t group_number(const RunWorld& world, const GroupedRecord& grouped,
                           Dimension dimension);

}  // namespace bidui::workspace
