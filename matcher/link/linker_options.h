// What a linkage is told, and what follows from it before a record is read.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "matcher/link/candidate_search.h"
#include "matcher/link/frequency_tables.h"
#include "matcher/link/left_side.h"
#include "matcher/model/model.h"

namespace bidui::link {

struct LinkerOptions {
  compare::ComparisonPlan plan{};
  std::uint8_t groups = 1;    // sources on the left; each has a model of its own, or 1: all one
  double expected_right = 1;  // records that will be streamed, roughly
  std::uint64_t right_shared = 0;  // bit per group: its rows may share a partner (houses an owner)
  bool one_table = false;          // left and right are one table: only pairs left < right
  // Keep the right records that may be somebody's partner (96 bytes each), for decide().
  bool keep_partners = false;
  std::uint32_t random_pairs = 1'000'000;
  // Of each group the model to use; train it where there is none. Empty: train all.
  std::vector<std::optional<model::Model>> models{};
  // Frozen with the models; null: counted from these records. The left side must have been made
  // with their hot keys and cap.
  std::shared_ptr<const FrequencyTables> tables{};
};

// The model by which pairs are kept. It assumes the rows that a linkage had when its tables were
// counted, so that the pairs do not change with the number of records.
model::Model preliminary_model(const LinkerOptions& options, const LeftSide& left);

// The options of a candidate search of a linkage: which pairs are worth keeping.
SearchOptions search_options(const LinkerOptions& options, const LeftSide& left);

}  // namespace bidui::link
