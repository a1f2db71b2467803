#include "workspace/review_refit.h"

#include <boost/json.hpp>
#include <cmath>
#include <fmt/format.h>

#include "matcher/base/bilingual_error.h"
#include "workspace/review_answers.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;

constexpr std::string_view kName = "calibration";

// Few enough digits to be read back as they are.
double rounded(double number) { return std::round(number * 1e6) / 1e6; }

std::vector<model::ReviewedPair> reviewed_pairs(const ReviewSample& sample,
                                                const Consensus& consensus) {
  std::vector<double> answered(sample.strata.size());
  for (const auto& [pair, answer] : consensus.answers) ++answered[sample.pairs[pair].stratum];
  std::vector<model::ReviewedPair> pairs;
  for (const auto& [number, answer] : consensus.answers) {
    const ReviewPair& pair = sample.pairs[number];
    const double population = static_cast<double>(sample.strata[pair.stratum].population);
    pairs.push_back({.weight = pair.weight,
                     .same = answer == Answer::kSame,
                     .represents = population / answered[pair.stratum]});
  }
  return pairs;
}

Result<bool> was_calibrated(const store::Store& store, const std::string& run) {
  const Result<store::RunInfo> info = store.run(run);
  BIDUI_TRY(info);
  boost::system::error_code failure;
  const json::value manifest = json::parse(info->manifest, failure);
  if (failure || !manifest.is_object()) return false;
  const json::value* const calibration = manifest.as_object().if_contains(kName);
  return calibration != nullptr && !calibration->is_null();
}

}  // namespace

Result<KeptCalibration> refit(const store::Store& store, const std::string& sample_id) {
  const Result<ReviewSample> sample = load_sample(store, sample_id);
  BIDUI_TRY(sample);
  const Result<std::vector<ReviewerAnswers>> reviewers = all_answers(store, *sample);
  BIDUI_TRY(reviewers);
  const Result<bool> calibrated = was_calibrated(store, sample->run);
  BIDUI_TRY(calibrated);
  if (*calibrated) {
    return bilingual_error(
        ErrorCode::kConflict,
        "抽样的那次比对已经用了校准：先取消（bidui review refit --forget），重新比对和复核",
        "the sample's run was made with a calibration: forget it, compare and review again (bidui "
        "review refit --forget)",
        sample->id);
  }
  const Consensus consensus = consensus_of(*reviewers);
  if (consensus.answers.size() < kLeastAnswers) {
    return bilingual_error(ErrorCode::kBadInput,
                           fmt::format("校准至少要 {} 个有效判断，现有 {} 个", kLeastAnswers,
                                       consensus.answers.size()),
                           fmt::format("a refit needs {} answers that count, there are {}",
                                       kLeastAnswers, consensus.answers.size()),
                           sample->id);
  }
  KeptCalibration kept{.line = model::calibrate(reviewed_pairs(*sample, consensus)),
                       .run = sample->run,
                       .sample = sample->id,
                       .answers = consensus.answers.size()};
  kept.line = {rounded(kept.line.shift), rounded(kept.line.scale)};
  for (const ReviewerAnswers& reviewer : *reviewers) kept.reviewers.push_back(reviewer.person);
  return kept;
}

Status keep_calibration(Workspace& workspace, const KeptCalibration& calibration) {
  return workspace.store().put_model(kName, calibration_json(calibration));
}

Status forget_calibration(Workspace& workspace) {
  return workspace.store().put_model(kName, "null");
}

Result<std::optional<KeptCalibration>> load_calibration(const store::Store& store) {
  const auto bytes = store.model(kName);
  BIDUI_TRY(bytes);
  if (!*bytes || **bytes == "null") return std::optional<KeptCalibration>{};
  try {
    const json::value value = json::parse(**bytes);
    KeptCalibration kept{.line = {.shift = value.at("shift").to_number<double>(),
                                  .scale = value.at("scale").to_number<double>()},
                         .run = std::string(value.at("run").as_string()),
                         .sample = std::string(value.at("sample").as_string()),
                         .answers = value.at("answers").to_number<std::size_t>()};
    for (const json::value& person : value.at("reviewers").as_array())
      kept.reviewers.emplace_back(person.as_string());
    return std::optional(std::move(kept));
  } catch (const std::exception&) {
    return damaged_error("保存的校准", "the kept calibration");
  }
}

std::string calibration_json(const KeptCalibration& kept) {
  return json::serialize(
      json::object{{"shift", kept.line.shift},
                   {"scale", kept.line.scale},
                   {"run", kept.run},
                   {"sample", kept.sample},
                   {"answers", kept.answers},
                   {"reviewers", json::array(kept.reviewers.begin(), kept.reviewers.end())}});
}

}  // namespace bidui::workspace
