// What reviewers said of the pairs of a sample; kept in the encrypted store, each answer durably.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/model/agreement.h"
#include "workspace/review_sample.h"

namespace bidui::workspace {

enum class Answer : std::uint8_t { kSame = 0, kDifferent = 1, kCannotTell = 2 };
std::string_view answer_name(Answer answer);   // "same"
std::string_view answer_title(Answer answer);  // Chinese
// A name, a title, or the first letter (s, d, c); nullopt for anything else.
std::optional<Answer> parse_answer(std::string_view text);

// One person's answers by the pair's number in the sample, from 0.
struct ReviewerAnswers {
  std::string person{};
  std::map<std::size_t, Answer> answers{};
};

// kInvalidArgument where the name is empty, longer than 64 bytes, or has a slash.
Status check_reviewer(std::string_view person);

// Empty where the person has not begun.
Result<ReviewerAnswers> load_answers(const store::Store& store, const ReviewSample& sample,
                                     std::string_view person);
// Replaces the person's answers, durably.
Status save_answers(store::Store& store, const ReviewSample& sample,
                    const ReviewerAnswers& answers);
// Of all persons, by name.
Result<std::vector<ReviewerAnswers>> all_answers(const store::Store& store,
                                                 const ReviewSample& sample);

// What the reviewers say together: the answer of all who could tell. A pair on which they differ,
// or of which nobody could tell, has none.
struct Consensus {
  std::map<std::size_t, Answer> answers{};  // same or different only
  std::vector<std::size_t> disputed{};      // some said same, some different
  std::vector<std::size_t> cannot_tell{};   // answered, but nobody could tell
};
Consensus consensus_of(const std::vector<ReviewerAnswers>& reviewers);

// Of two reviewers, over the pairs that both answered.
model::Agreement agreement_of(const ReviewerAnswers& one, const ReviewerAnswers& other);

}  // namespace bidui::workspace
