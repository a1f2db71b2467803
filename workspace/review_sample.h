// A sample of a run's pairs for clerical review: drawn in strata of weight, kept in the store,
// shown without score and decision.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/link/error_tally.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

struct ReviewStratum {
  bool links = false;
  std::vector<link::TallyCell> cells{};
  std::uint64_t population = 0;
  std::uint64_t drawn = 0;
};

struct ReviewPair {
  std::string left{};  // source:key
  std::string right{};
  std::size_t stratum = 0;
  double weight = 0;  // log2 posterior odds, after competition
  bool linked = false;
};

struct ReviewSample {
  std::string id{};  // "S0001", in the order of drawing
  std::string run{};
  std::uint64_t seed = 0;
  bool by_source = false;  // strata are bands of weight of one pair of sources, else of all
  std::vector<ReviewStratum> strata{};
  std::vector<ReviewPair> pairs{};  // in the order of review, which says nothing of the weight
};

struct SampleOptions {
  std::string run{};  // "": the newest
  std::uint64_t size = 300;
  std::uint64_t seed = 1;
  bool by_source = false;
};

// Draws and keeps a sample. The same run, size, seed and strata give the same pairs. Pairs within
// one source are left out. kNotFound: no such run, or made by an older version; kBadInput: nothing
// to draw from; kInvalidArgument: size 0.
Result<ReviewSample> draw_sample(Workspace& workspace, const SampleOptions& options);

// `id` "": the newest. kNotFound.
Result<ReviewSample> load_sample(const store::Store& store, std::string_view id);
// All samples, and those of a run, in the order of drawing.
Result<std::vector<ReviewSample>> all_samples(const store::Store& store);
Result<std::vector<ReviewSample>> samples_of(const store::Store& store, std::string_view run);

// "链接，权重 5–10"
std::string stratum_title(const ReviewStratum& stratum, bool chinese);

}  // namespace bidui::workspace
