// Why two records are, or are not, one person: the decision unfolded into its summands.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "matcher/base/result.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

// One side. Personal values are masked.
struct ExplainedRecord {
  std::string record{};  // source:key
  std::string source{};  // Chinese
  std::string file{};
  std::uint32_t row = 0;
  std::string name{};
  std::string former_name{};
  std::string id_number{};
  std::string id_state{};  // "" where the number is sound
  std::string birth{};
  std::string sex{};
  std::string phone{};
  std::string address{};
  std::string household{};
};

// One comparison of the vector and what it adds to the weight.
struct Summand {
  std::string field{};  // "name", "id", …
  std::string title{};
  std::string level{};  // "homophone", …
  std::string level_title{};
  bool missing = false;  // no evidence: adds nothing
  double m = 0;          // probability of the level among matches
  double u = 0;          // among strangers
  double relative = 0;   // among relatives
  double bits = 0;       // log2 m/u
};

enum class Verdict : std::uint8_t {
  kLinked,       // one entity in the newest run
  kPossible,     // a possible link of the newest run
  kNotLinked,    // the run saw both and did not link them
  kNotCompared,  // no run saw both records
};

struct ExplainedKey {
  std::string kind{};
  std::string title{};
  bool shared = false;
  std::uint64_t records = 0;  // of the side kept in memory that have it
  bool refined = false;       // too common: a further attribute had to agree as well
  bool leads = false;         // made the two a candidate pair
};

// Another record that took the place: A or B is linked with it.
struct Rival {
  std::string of{};      // record of the pair
  std::string record{};  // with which it is one person
  std::string name{};    // masked
  std::string id_number{};
  std::optional<double> weight{};  // of their direct link, if there is one
};

// A source that holds a person once, where each of the two is one person with a record of its own.
struct Conflict {
  std::string source{};
  std::string left{};
  std::string right{};
};

struct Explanation {
  ExplainedRecord left{};
  ExplainedRecord right{};
  std::string model{};  // whose: "poverty", "among_sources"; "default" before the first comparison
  std::vector<Summand> summands{};
  double prior = 0;            // bits
  double term_frequency = 0;   // bits: the name is rarer or commoner than names are on average
  std::uint64_t bearers = 0;   // records of both sides with exactly this name, 0: not applicable
  std::uint64_t compared = 0;  // records of both sides
  double relatives = 0;        // bits, never above 0: they could be relatives
  double weight = 0;           // the sum: log2 posterior odds before competition
  double probability = 0;
  std::optional<double> threshold{};  // of this source against the civil registry

  std::string run{};
  Verdict verdict = Verdict::kNotCompared;
  std::string level{};                 // L3, L2, L1 or ""
  std::optional<double> run_weight{};  // of the direct link, after competition
  std::vector<std::string> path{};     // records through which they are one person, ends included
  std::vector<ExplainedKey> keys{};    // kinds that one of the two has
  std::vector<Rival> rivals{};
  std::vector<Conflict> conflicts{};
  std::vector<std::string> reasons{};  // Chinese, the decisive one first
};

// `left` and `right` as source:key. Errors: kNotFound, kInvalidArgument; those of the store. Counts
// the bearers of a name by one pass over the features, when the names are equal.
Result<Explanation> explain(const Workspace& workspace, std::string_view left,
                            std::string_view right);

}  // namespace bidui::workspace
