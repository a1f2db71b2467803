// What the newest run decided about two records, and who else is involved.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "matcher/rule/value.h"
#include "workspace/constraint.h"
#include "workspace/explained_pair.h"

namespace bidui::workspace {

enum class Verdict : std::uint8_t {
  kLinked,       // one entity in the newest run
  kPossible,     // a possible link of the newest run
  kNotLinked,    // the run saw both and did not link them
  kNotCompared,  // no run saw both records
};

std::string_view verdict_name(Verdict verdict);  // "linked", …

// What the weight in links.csv belongs to.
enum class LinkVia : std::uint8_t {
  kNothing,   // the pair is not in links.csv
  kDirect,    // compared and decided
  kEntity,    // one person through other records
  kRegistry,  // the civil registry's own repetition
};

// Another record that is one person with one of the two, in the other one's source.
struct PlaceTaker {
  std::string of{};      // the record of the pair
  std::string record{};  // with which it is one person
  std::string name{};    // masked
  std::string id_number{};
  std::optional<double> weight{};  // of their direct link, if there is one
};

// A source that holds a person once, where each of the two is one person with a record of its own.
struct Conflict {
  std::string source{};  // Chinese title
  std::string instance{};
  std::string left{};
  std::string right{};
};

struct PairDecision {
  std::string run{};     // "" where nothing was compared yet
  bool current = false;  // the run saw exactly the current deliveries
  Verdict verdict = Verdict::kNotCompared;
  rule::LinkLevel level = rule::LinkLevel::kNone;
  LinkVia via = LinkVia::kNothing;
  double weight = 0;                  // as in links.csv; REQUIRES: via
  double own_weight = 0;              // of a direct link before competition
  std::optional<double> threshold{};  // of the two sources
  std::vector<std::string> path{};    // records through which they are one person, ends included
  std::vector<PlaceTaker> takers{};
  std::vector<Conflict> conflicts{};
  // Cannot-links of the workspace between records of the two persons: of the pair itself first.
  std::vector<Constraint> constraints{};
};

// The probability of .05 down to which a run keeps possible links, as a weight.
double possible_threshold();

// Whether a kept weight reaches a threshold; both were rounded on their way.
bool reaches(double weight, double threshold);

// Errors: those of the store; kNotFound for a run of an older version.
Result<PairDecision> pair_decision(const ExplainedPair& pair);

}  // namespace bidui::workspace
