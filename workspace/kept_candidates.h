// The candidate pairs of the newest comparison, kept so that the next one searches only what
// changed since (contracts §6). They are no part of a run: without them the next comparison is a
// full one, and gives the same links.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/link/candidate_search.h"
#include "matcher/link/frequency_tables.h"
#include "store/store.h"
#include "workspace/run_models.h"
#include "workspace/run_source.h"

namespace bidui::workspace {

struct KeptPair {
  std::uint32_t left = 0;   // number of the record among all sources but the spine
  std::uint32_t right = 0;  // row of the spine, or number of the record, greater than `left`
  // The comparison vector, and the groups of the key kinds that found it (key::KeyGroup): what
  // estimates of missed links ask for. Runs have no free columns, so that both fit.
  std::uint32_t found = 0;
  float weight = 0;  // by the models of that run

  bool operator==(const KeptPair&) const = default;
};

// Raise it where fuzzy keys, comparisons, evidence, weights or hashes of rows change without a new
// version of the program: tests/workspace/search_version_test.cpp fails then.
inline constexpr std::uint64_t kSearchVersion = 5;

std::vector<KeptPair> kept_pairs(std::span<const link::CandidatePair> pairs);
// With one key kind of each group.
link::CandidatePair candidate_pair(const KeptPair& pair);

struct KeptSource {
  std::string instance{};
  std::vector<std::uint32_t> deliveries{};  // their numbers in the store
  std::vector<std::uint64_t> rows{};        // content hash of each row's features
  // Of each row a hash of what others' weights may depend on: of a row of the spine its valid ID
  // number, of any other its household. 0 = none.
  std::vector<std::uint32_t> ties{};
};

struct KeptCandidates {
  std::uint64_t basis = 0;            // search_basis()
  std::uint64_t weights_basis = 0;    // weights_basis()
  link::HotKeys later{};              // keys that were hot beside those of the tables
  std::vector<KeptSource> sources{};  // in the order of the run; the spine last
  std::vector<KeptPair> to_spine{};   // by (left, right)
  std::vector<KeptPair> among{};
  std::vector<std::uint32_t> repeated{};  // rows of the spine: SpineRepetitions

  bool empty() const { return sources.empty(); }
};

// What a search depends on beside the records: the program, its reference tables, and the frequency
// tables.
std::uint64_t search_basis(const link::FrequencyTables& tables);

// What the weights depend on beside records and pairs.
std::uint64_t weights_basis(const RunModels& models);

// A hash of a valid ID number; 0 = none.
std::uint32_t number_tie(const record::PersonFeatures& features);

// Without the rows.
KeptSource kept_source(const RunSource& source);
// Its rows and their ties. Uses all threads. O(bytes of the features).
void hash_rows(const RunSource& source, bool is_spine, KeptSource& kept);

// docs/format/candidates.md. kCorrupt.
std::string encode_candidates(const KeptCandidates& candidates);
Result<KeptCandidates> decode_candidates(std::string_view bytes);

// Empty where none are kept; of another basis where another version wrote them. kCorrupt.
Result<KeptCandidates> load_candidates(const store::Store& store);
Status save_candidates(store::Store& store, const KeptCandidates& candidates);

}  // namespace bidui::workspace
