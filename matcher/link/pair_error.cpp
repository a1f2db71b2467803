#include "matcher/link/pair_error.h"

#include <algorithm>

#include "matcher/model/scorer.h"

namespace bidui::link {

std::uint8_t shared_fields(const record::PersonFeatures& a, const record::PersonFeatures& b) {
  const auto has_number = [](const record::PersonFeatures& p) {
    return p.id_class != record::IdClass::kMissing && p.id_class != record::IdClass::kPrefix;
  };
  const auto has_birth = [](const record::PersonFeatures& p) { return p.birth % 100 != 0; };
  return static_cast<std::uint8_t>((has_number(a) && has_number(b) ? 1 : 0) +
                                   (has_birth(a) && has_birth(b) ? 2 : 0));
}

std::vector<double> error_probabilities(std::span<const DecidedPair> pairs) {
  std::vector<double> errors(pairs.size());
  for (std::size_t begin = 0; begin < pairs.size();) {
    std::size_t end = begin;
    double linked = 0;  // probability that a link of the record is right
    double unlinked = 0;
    for (; end < pairs.size() && pairs[end].left == pairs[begin].left &&
           pairs[end].relation == pairs[begin].relation;
         ++end) {
      const double probability = model::probability_of(pairs[end].weight);
      errors[end] = pairs[end].linked ? 1 - probability : probability;
      if (pairs[end].linked) {
        linked = std::max(linked, probability);
      } else {
        unlinked += probability;
      }
    }
    const double room = 1 - linked;
    for (std::size_t i = begin; i < end && unlinked > room; ++i) {
      if (!pairs[i].linked) errors[i] *= room / unlinked;
    }
    begin = end;
  }
  return errors;
}

}  // namespace bidui::link
