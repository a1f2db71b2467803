#include "workspace/review_estimate.h"

#include <algorithm>

#include "workspace/run_artefacts.h"

namespace bidui::workspace {
namespace {

// "poverty:1" and "civil:2": "poverty~civil".
std::string sources_of(const ReviewPair& pair) {
  return pair.left.substr(0, pair.left.find(':')) + "~" +
         pair.right.substr(0, pair.right.find(':'));
}

// The stratum's cell of a pair: its cells are of one band.
std::size_t cell_of(const ReviewPair& pair, const ReviewStratum& stratum, const ErrorSheet& sheet) {
  const std::string sources = sources_of(pair);
  const auto found = std::ranges::find_if(stratum.cells, [&](const link::TallyCell& cell) {
    return sheet.relations[cell.relation] == sources;
  });
  return static_cast<std::size_t>(found - stratum.cells.begin());
}

std::vector<link::ReviewedStratum> count_strata(const ReviewSample& sample,
                                                const Consensus& consensus,
                                                const ErrorSheet& sheet) {
  std::vector<link::ReviewedStratum> strata;
  for (const ReviewStratum& stratum : sample.strata) {
    strata.push_back(
        {.cells = stratum.cells, .answers = std::vector<link::CellAnswers>(stratum.cells.size())});
  }
  for (const auto& [number, answer] : consensus.answers) {
    if (number >= sample.pairs.size()) continue;
    const ReviewPair& pair = sample.pairs[number];
    link::ReviewedStratum& stratum = strata[pair.stratum];
    // A link is wrong where they differ, a non-link where they are the same.
    const std::uint64_t error = (answer == Answer::kSame) != pair.linked ? 1 : 0;
    ++stratum.trials;
    stratum.errors += error;
    const std::size_t cell = cell_of(pair, sample.strata[pair.stratum], sheet);
    if (cell == stratum.answers.size()) continue;
    ++stratum.answers[cell].trials;
    stratum.answers[cell].errors += error;
  }
  return strata;
}

Result<ErrorSheet> load_sheet(const store::Store& store, std::string_view run) {
  const Result<std::string> bytes = store.read_artefact(run, kErrorSheetArtefact);
  BIDUI_TRY(bytes);
  return decode_error_sheet(*bytes);
}

void add_agreement(const std::vector<ReviewerAnswers>& reviewers, ReviewReport& report) {
  for (std::size_t i = 0; i < reviewers.size(); ++i) {
    for (std::size_t j = i + 1; j < reviewers.size(); ++j) {
      const model::Agreement agreement = agreement_of(reviewers[i], reviewers[j]);
      if (agreement.pairs > 0)
        report.agreement.push_back({reviewers[i].person, reviewers[j].person, agreement});
    }
  }
}

}  // namespace

Result<ReviewReport> report_review(const store::Store& store, std::string_view sample_id) {
  Result<ReviewSample> sample = load_sample(store, sample_id);
  BIDUI_TRY(sample);
  const Result<std::vector<ReviewerAnswers>> reviewers = all_answers(store, *sample);
  BIDUI_TRY(reviewers);
  const Result<ErrorSheet> sheet = load_sheet(store, sample->run);
  BIDUI_TRY(sheet);
  const Consensus consensus = consensus_of(*reviewers);
  ReviewReport report{.strata = count_strata(*sample, consensus, *sheet),
                      .disputed = consensus.disputed,
                      .cannot_tell = consensus.cannot_tell.size(),
                      .usable = consensus.answers.size()};
  for (const ReviewerAnswers& reviewer : *reviewers) {
    std::size_t cannot_tell = 0;
    for (const auto& [pair, answer] : reviewer.answers)
      cannot_tell += answer == Answer::kCannotTell ? 1 : 0;
    report.reviewers.push_back({reviewer.person, reviewer.answers.size(), cannot_tell});
  }
  add_agreement(*reviewers, report);
  for (const ErrorGroup& group : sheet->groups) {
    if (is_within_source(group.name)) continue;  // never drawn
    report.groups.push_back({group.name, reviewed_rates(group, *sheet, report.strata)});
  }
  report.sample = std::move(*sample);
  return report;
}

Result<std::vector<link::ReviewedStratum>> reviewed_strata(const store::Store& store,
                                                           std::string_view run) {
  const Result<std::vector<ReviewSample>> samples = samples_of(store, run);
  BIDUI_TRY(samples);
  for (auto sample = samples->rbegin(); sample != samples->rend(); ++sample) {
    const Result<std::vector<ReviewerAnswers>> reviewers = all_answers(store, *sample);
    BIDUI_TRY(reviewers);
    const Consensus consensus = consensus_of(*reviewers);
    if (consensus.answers.empty()) continue;
    const Result<ErrorSheet> sheet = load_sheet(store, run);
    BIDUI_TRY(sheet);
    return count_strata(*sample, consensus, *sheet);
  }
  return std::vector<link::ReviewedStratum>{};
}

}  // namespace bidui::workspace
