// One side of an explanation, as people may see it.
#pragma once

#include <string>
#include <vector>

#include "matcher/compare/id_evidence.h"
#include "workspace/record_reader.h"

namespace bidui::workspace {

// Personal values are masked.
struct ExplainedRecord {
  std::string record{};    // source:key
  std::string instance{};  // "poverty"
  std::string source{};    // Chinese title
  std::string file{};
  std::uint32_t row = 0;
  std::string name{};
  std::string former_name{};
  std::string id_number{};
  std::string id_state{};  // Chinese; "" where the number is sound
  std::string id_state_en{};
  compare::IdConsistency id_consistency{};  // of the number with the record's own values
  std::string birth{};
  bool birth_from_id = false;
  std::string sex{};
  std::string phone{};
  std::string address{};
  std::string household{};
};

ExplainedRecord explained_record(const ReadRecord& record);

// Which characters of two names, or digits of two ID numbers, differ, counted from 1: what a mask
// hides and an auditor needs. Empty where they are equal, of other lengths, or differ in more than
// `most` places.
std::vector<int> different_places_of_names(const record::PersonFeatures& a,
                                           const record::PersonFeatures& b);
std::vector<int> different_places_of_ids(const record::PersonFeatures& a,
                                         const record::PersonFeatures& b, std::size_t most = 4);

}  // namespace bidui::workspace
