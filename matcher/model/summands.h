// A match weight unfolded: the only place where the summands are made that look-ups, explanations
// and reports show.
//
// A weight is log2 of match / (relative + stranger). Each field counts against the likelier of the
// two kinds of non-matches: two records of one family agree in so much that their evidence against
// strangers, dozens of bits, would only have to be taken back. The other kind is a summand of its
// own, between -1 and 0.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "matcher/model/scorer.h"

namespace bidui::model {

// The first four follow from the two records and the model; the others from the run that decided.
enum class SummandKind : std::uint8_t {
  kPrior,          // log2 of match share over stranger share
  kComparison,     // one field's agreement level
  kTermFrequency,  // the value on which a level hangs is rarer or commoner than on average
  kOtherKind,      // within [-1, 0]: the other kind of non-matches agrees so, too
  kHousehold,      // the other members of the two households
  kRivals,         // never above 0: other records fit as well
  kOthers,         // one person through other records: the weakest of the links that join them
  kRegistry,       // a rule of the registry itself: entered twice
  kSinceChanged,   // the data or the model changed after the run
};

enum class Against : std::uint8_t { kStrangers, kRelatives };

struct Summand {
  SummandKind kind = SummandKind::kPrior;
  int comparison = -1;  // of kComparison and kTermFrequency
  int level = 0;        // of kComparison; 0 = missing, adds nothing
  double match = 1;     // probability of the level among matches (m)
  double stranger = 1;  // among strangers (u); of an equal name before its own frequency
  double relative = 1;  // among relatives
  int term = -1;        // of kTermFrequency (model/term.h)
  double bits = 0;      // what it adds to the weight
  Against against = Against::kStrangers;  // of the first four kinds
};

// In the order in which they are read: prior, every comparison of the plan, the frequencies
// of the terms (against strangers only), the other kind. Their bits add up to
// scorer.weight(vector, terms, unheld).
std::vector<Summand> summands_of(const Scorer& scorer, ComparisonVector vector,
                                 const TermBits& terms = {}, bool unheld = false);

double sum_of(const std::vector<Summand>& summands);

// "prior", "name", "id", …, "name_frequency", "surname_frequency", …, "relatives" or "strangers"
// (the other kind), …: stable; "column" for free columns.
std::string_view summand_name(const Summand& summand);
std::string_view summand_title(const Summand& summand);  // Chinese

}  // namespace bidui::model
