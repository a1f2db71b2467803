// How sure a reviewed sample makes one of a rate: intervals of a proportion, and of a total over
// the strata of a sample.
#pragma once

#include <cstdint>
#include <span>

namespace bidui::model {

struct Interval {
  double low = 0;
  double high = 0;
};

inline constexpr double kConfidence = .95;

// Jeffreys' interval of a proportion, `hits` of `trials`: the equal tails of Beta(hits + 1/2,
// misses + 1/2), down to 0 where there was no hit and up to 1 where there was no miss (Brown, Cai
// and DasGupta 2001, §4). Without trials it is [0, 1].
Interval jeffreys_interval(std::uint64_t hits, std::uint64_t trials,
                           double confidence = kConfidence);

// A stratum of which `trials` members were drawn at random and looked at; `hits` of them are what
// is counted (a false link, a match among non-links).
struct SampledStratum {
  double population = 0;  // members, those drawn included
  std::uint64_t trials = 0;
  std::uint64_t hits = 0;
  double assumed_rate = 0;  // of hits, where none was looked at
  double share = 1;         // of the stratum's hits that belong to the group that is asked for
};

struct Estimate {
  double value = 0;
  Interval interval{};
};

// The hits of all strata together, with an interval: each stratum's Jeffreys interval, narrowed by
// how much of the stratum was seen, combined by the recovery of variance estimates (MOVER: Donner
// and Zou 2012; for strata Yan and Su 2010). In simulations with rare hits (bench/errors) it held
// the truth most nearly as often as it says; Wilson's and Clopper and Pearson's intervals in its
// place were wider, a simulated posterior missed low totals. A stratum that nobody looked at may
// hold anything from none to all.
Estimate estimate_total(std::span<const SampledStratum> strata, double confidence = kConfidence);

// An estimate of what is expected, as an estimate of what there is: a count scatters around its
// expectation as Poisson's law says. For parts of a population of which only the whole was sampled.
Estimate with_chance(const Estimate& expected);

// The share part / (part + rest) of two totals whose intervals are known; 0 where both are 0. Takes
// the ends that are worst for it: never narrower than it should be.
Estimate share_of(const Estimate& part, const Estimate& rest);

}  // namespace bidui::model
