#include "workspace/review_answers.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <set>

#include "matcher/base/bilingual_error.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, model::kAnswerKinds> kNames = {"same", "different",
                                                                      "cannot_tell"};
constexpr std::array<std::string_view, model::kAnswerKinds> kTitles = {"同一人", "不是同一人",
                                                                       "看不出"};
constexpr std::size_t kLongestName = 64;

std::string answers_prefix(const ReviewSample& sample) { return "review/" + sample.id + "/"; }

std::string encode(const ReviewerAnswers& reviewer) {
  json::array answers;
  for (const auto& [pair, answer] : reviewer.answers)
    answers.push_back(json::array{pair, answer_name(answer)});
  return json::serialize(answers);
}

Result<ReviewerAnswers> decode(std::string_view person, std::string_view bytes) {
  try {
    ReviewerAnswers reviewer{.person = std::string(person)};
    const json::value value = json::parse(bytes);
    for (const json::value& entry : value.as_array()) {
      const std::optional<Answer> answer = parse_answer(std::string_view(entry.at(1).as_string()));
      reviewer.answers[entry.at(0).to_number<std::size_t>()] = answer.value();
    }
    return reviewer;
  } catch (const std::exception&) {
    return damaged_error("复核人的判断", "a reviewer's answers", std::string(person));
  }
}

}  // namespace

std::string_view answer_name(Answer answer) { return kNames[static_cast<std::size_t>(answer)]; }
std::string_view answer_title(Answer answer) { return kTitles[static_cast<std::size_t>(answer)]; }

std::optional<Answer> parse_answer(std::string_view text) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (text == kNames[i] || text == kTitles[i] || text == kNames[i].substr(0, 1))
      return static_cast<Answer>(i);
  }
  return std::nullopt;
}

Status check_reviewer(std::string_view person) {
  if (!person.empty() && person.size() <= kLongestName &&
      person.find('/') == std::string_view::npos)
    return {};
  return bilingual_error(ErrorCode::kInvalidArgument,
                         "复核人的名字须为 1 到 64 个字节，不含斜线（--as）",
                         "a reviewer's name has 1 to 64 bytes and no slash (--as)");
}

Result<ReviewerAnswers> load_answers(const store::Store& store, const ReviewSample& sample,
                                     std::string_view person) {
  BIDUI_TRY(check_reviewer(person));
  const auto bytes = store.model(answers_prefix(sample) + std::string(person));
  BIDUI_TRY(bytes);
  if (!*bytes) return ReviewerAnswers{.person = std::string(person)};
  return decode(person, **bytes);
}

Status save_answers(store::Store& store, const ReviewSample& sample,
                    const ReviewerAnswers& answers) {
  BIDUI_TRY(check_reviewer(answers.person));
  return store.put_model(answers_prefix(sample) + answers.person, encode(answers));
}

Result<std::vector<ReviewerAnswers>> all_answers(const store::Store& store,
                                                 const ReviewSample& sample) {
  std::vector<ReviewerAnswers> reviewers;
  Status decoded;
  const std::string prefix = answers_prefix(sample);
  BIDUI_TRY(store.scan_models(prefix, [&](std::string_view name, std::string_view bytes) {
    Result<ReviewerAnswers> reviewer = decode(name.substr(prefix.size()), bytes);
    if (reviewer) {
      reviewers.push_back(std::move(*reviewer));
    } else {
      decoded = reviewer.error();
    }
  }));
  BIDUI_TRY(decoded);
  return reviewers;
}

Consensus consensus_of(const std::vector<ReviewerAnswers>& reviewers) {
  std::map<std::size_t, std::set<Answer>> said;
  for (const ReviewerAnswers& reviewer : reviewers) {
    for (const auto& [pair, answer] : reviewer.answers) said[pair].insert(answer);
  }
  Consensus consensus;
  for (auto& [pair, answers] : said) {
    answers.erase(Answer::kCannotTell);
    if (answers.empty()) {
      consensus.cannot_tell.push_back(pair);
    } else if (answers.size() > 1) {
      consensus.disputed.push_back(pair);
    } else {
      consensus.answers[pair] = *answers.begin();
    }
  }
  return consensus;
}

model::Agreement agreement_of(const ReviewerAnswers& one, const ReviewerAnswers& other) {
  model::AnswerTable counts{};
  for (const auto& [pair, answer] : one.answers) {
    const auto theirs = other.answers.find(pair);
    if (theirs != other.answers.end())
      ++counts[static_cast<std::size_t>(answer)][static_cast<std::size_t>(theirs->second)];
  }
  return model::cohens_kappa(counts);
}

}  // namespace bidui::workspace
