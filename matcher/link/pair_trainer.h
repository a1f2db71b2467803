// Trains the models of a linkage from its own candidate pairs: no labels, but equal ID numbers that
// are unique, pairs drawn at random, and pairs within one source.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "matcher/link/candidate_search.h"
#include "matcher/link/left_side.h"
#include "matcher/link/value_counter.h"
#include "matcher/model/model.h"

namespace bidui::link {

inline constexpr std::size_t kSampleTarget = 40'000;  // records of a side that are sampled

// Samples are taken by the content of rows, so that the model does not depend on their order:
// appends those of `records`, which are some of about `rows`, that are in it.
void append_sampled(const RecordSpan& records, double rows, std::vector<std::uint32_t>& sampled);

// Everything must outlive the trainer.
struct TrainerInput {
  const compare::ComparisonPlan& plan;
  const LeftSide& left;  // with its index
  const model::Scorer& preliminary;
  const RecordTable& right_sample;
  const ValueCounter& ids;              // valid ID numbers of both sides
  std::span<const SearchResult> found;  // per group
  const std::vector<bool>& unheld;      // left rows with a valid number that no right record has
  double right_records = 0;
  std::uint8_t groups = 1;  // LinkerOptions
  bool one_table = false;
  std::uint64_t right_shared = 0;
  std::uint32_t random_pairs = 0;
};

class PairTrainer {
 public:
  // Takes the samples that all groups share: how strangers and relatives agree does not depend on
  // the source, but for what it lacks. Uses all threads.
  explicit PairTrainer(const TrainerInput& input);

  model::Model train(std::uint8_t group) const;
  // Sets the prior odds of a pair. REQUIRES: the group's pairs are scored with the model.
  void fit_priors(std::uint8_t group, model::Model& model) const;
  // REQUIRES: the pairs have their household evidence.
  void train_household(std::uint8_t group, model::Model& model) const;

 private:
  static constexpr std::uint32_t kNobody = 0xFFFFFFFF;

  std::uint8_t group(std::uint32_t left_row) const {
    return input_.groups == 1 ? std::uint8_t{0} : input_.left.groups()[left_row];
  }
  std::vector<std::uint32_t> left_sample() const;
  std::vector<model::VectorCount> random_vectors(std::span<const std::uint32_t> left_rows) const;
  std::vector<model::VectorCount> relative_vectors(std::span<const std::uint32_t> left_rows) const;
  std::vector<model::VectorCount> anchored_vectors(std::uint8_t group) const;
  // Of each left row the right row that is surely its person: the number unique on both sides, the
  // names equal. kNobody where there is none.
  void find_sure_partners();
  bool is_apart(const CandidatePair& pair) const {
    const std::uint32_t partner = sure_partner_[pair.left];
    return partner != kNobody && partner != pair.right;
  }
  // Counts the vectors of a group's pairs that `wanted` takes. Uses all threads.
  std::vector<model::VectorCount> count_pairs(
      std::uint8_t group, const std::function<bool(const CandidatePair&)>& wanted) const;
  // Of all rows, or of those with an unheld number. That a number is held says no more than the
  // pair with its holder says itself.
  double fit_prior(std::uint8_t group, const model::Model& model, bool unheld_only) const;

  TrainerInput input_;
  std::vector<model::VectorCount> random_;
  std::vector<model::VectorCount> relatives_;
  double sampled_rows_ = 0;                  // of the left side, whose relatives these are
  std::vector<std::uint32_t> sure_partner_;  // per left row; empty in one table
};

}  // namespace bidui::link
