// A county of which the truth is known, from which samples of households are drawn again and again.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "matcher/model/survey.h"

namespace bidui::model {

// A stratum's households: sizes from 1 to 6, hits at a rate of its own.
struct SurveyTown {
  std::uint64_t households = 0;
  double rate = 0;
};

class SurveyWorld {
 public:
  SurveyWorld(const std::vector<SurveyTown>& towns, std::mt19937_64& random) {
    for (const SurveyTown& town : towns) {
      std::vector<SurveyAnswer> own(town.households);
      for (SurveyAnswer& household : own) {
        household.size = static_cast<double>(1 + random() % 6);
        household.hit = std::uniform_real_distribution<>()(random) < town.rate;
      }
      strata_.push_back(std::move(own));
    }
  }

  // Share of hits, by persons or by households.
  double truth(bool persons) const {
    double hits = 0;
    double all = 0;
    for (const auto& stratum : strata_) {
      for (const SurveyAnswer& household : stratum) {
        const double size = persons ? household.size : 1;
        all += size;
        hits += household.hit ? size : 0;
      }
    }
    return all == 0 ? 0 : hits / all;
  }

  std::vector<std::uint64_t> sizes() const {
    std::vector<std::uint64_t> sizes;
    for (const auto& stratum : strata_) sizes.push_back(stratum.size());
    return sizes;
  }

  // Share of `draws` samples of `size` households of which the interval holds the truth.
  double coverage(std::uint64_t size, bool persons, int draws, std::mt19937_64& random) {
    const double wanted = truth(persons);
    const std::vector<std::uint64_t> drawn = allocate_survey(sizes(), size);
    int held = 0;
    for (int draw = 0; draw < draws; ++draw) {
      std::vector<SurveyStratum> sample;
      for (std::size_t s = 0; s < strata_.size(); ++s) {
        auto& all = strata_[s];
        SurveyStratum stratum{.households = static_cast<double>(all.size())};
        for (std::uint64_t i = 0; i < drawn[s]; ++i) {
          std::swap(all[i], all[i + random() % (all.size() - i)]);
          stratum.answers.push_back({persons ? all[i].size : 1, all[i].hit});
        }
        sample.push_back(std::move(stratum));
      }
      const Interval interval = survey_rate(sample).interval;
      held += interval.low <= wanted + 1e-12 && wanted <= interval.high + 1e-12 ? 1 : 0;
    }
    return static_cast<double>(held) / draws;
  }

 private:
  std::vector<std::vector<SurveyAnswer>> strata_;
};

}  // namespace bidui::model
