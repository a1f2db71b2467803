#include "workspace/constraint.h"

#include <algorithm>
#include <boost/json.hpp>
#include <tuple>

#include "matcher/base/bilingual_error.h"
#include "matcher/base/hash.h"
#include "workspace/flag_steps.h"
#include "workspace/json_member.h"
#include "workspace/record_reader.h"
#include "workspace/review_answers.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;

constexpr std::string_view kName = "constraints";  // among the store's named bytes

auto pair_of(const Constraint& c) { return std::tie(c.left, c.right); }

bool comes_before(const Constraint& x, const Constraint& y) { return pair_of(x) < pair_of(y); }

Error unreadable() { return damaged_error("保存的认定", "the kept constraints"); }

Result<std::vector<Constraint>> load_kept(const store::Store& store) {
  std::vector<Constraint> constraints;
  const auto bytes = store.model(kName);
  BIDUI_TRY(bytes);
  if (!*bytes) return constraints;
  boost::system::error_code failure;
  const json::value value = json::parse(**bytes, failure);
  if (failure || !value.is_array()) return unreadable();
  for (const json::value& entry : value.as_array()) {
    if (!entry.is_object()) return unreadable();
    const json::object& object = entry.as_object();
    constraints.push_back({.left = text_of(object, "left"),
                           .right = text_of(object, "right"),
                           .by = text_of(object, "by"),
                           .reason = text_of(object, "reason"),
                           .origin = text_of(object, "origin")});
  }
  return constraints;
}

std::string encode(std::vector<Constraint> constraints) {
  std::ranges::sort(constraints, {},
                    [](const Constraint& c) { return std::tie(c.left, c.right, c.origin); });
  json::array array;
  for (const Constraint& c : constraints) {
    array.push_back(json::object{{"left", c.left},
                                 {"right", c.right},
                                 {"by", c.by},
                                 {"reason", c.reason},
                                 {"origin", c.origin}});
  }
  return json::serialize(array);
}

// The pairs of a sample on which nobody says "same" and somebody says "different".
Status append_reviewed(const store::Store& store, const ReviewSample& sample,
                       std::vector<Constraint>& constraints) {
  const Result<std::vector<ReviewerAnswers>> reviewers = all_answers(store, sample);
  BIDUI_TRY(reviewers);
  for (const auto& [number, answer] : consensus_of(*reviewers).answers) {
    if (answer != Answer::kDifferent || number >= sample.pairs.size()) continue;
    Constraint constraint{.left = sample.pairs[number].left,
                          .right = sample.pairs[number].right,
                          .reason = std::string(answer_title(answer)),
                          .origin = "review " + sample.id};
    for (const ReviewerAnswers& reviewer : *reviewers) {
      const auto own = reviewer.answers.find(number);
      if (own == reviewer.answers.end() || own->second != Answer::kDifferent) continue;
      constraint.by += (constraint.by.empty() ? "" : "、") + reviewer.person;
    }
    if (constraint.right < constraint.left) std::swap(constraint.left, constraint.right);
    constraints.push_back(std::move(constraint));
  }
  return {};
}

// Whether something else than a hand holds it: a flag that is dismissed for it.
Result<bool> is_held(const store::Store& store, const Constraint& constraint) {
  if (!constraint.origin.starts_with(kFlagOrigin)) return false;
  const auto steps = load_steps(store, constraint.origin.substr(kFlagOrigin.size()));
  BIDUI_TRY(steps);
  return fold_steps(*steps).disposition.state() == flag::State::kDismissed;
}

}  // namespace

Result<std::vector<Constraint>> load_constraints(const store::Store& store) {
  Result<std::vector<Constraint>> constraints = load_kept(store);
  BIDUI_TRY(constraints);
  const Result<std::vector<ReviewSample>> samples = all_samples(store);
  BIDUI_TRY(samples);
  for (const ReviewSample& sample : *samples)
    BIDUI_TRY(append_reviewed(store, sample, *constraints));
  // Stable: what was kept comes before what a review says, an earlier review before a later one.
  std::ranges::stable_sort(*constraints, comes_before);
  const auto same_pair = [](const Constraint& x, const Constraint& y) {
    return pair_of(x) == pair_of(y);
  };
  constraints->erase(std::unique(constraints->begin(), constraints->end(), same_pair),
                     constraints->end());
  return constraints;
}

Result<Constraint> add_constraint(Workspace& workspace, Constraint constraint) {
  if (constraint.by.empty() || constraint.reason.empty()) {
    return bilingual_error(ErrorCode::kInvalidArgument,
                           "须写明由谁决定、理由是什么（--as、--reason）",
                           "say who decided, and why (--as, --reason)");
  }
  if (constraint.left == constraint.right) {
    return bilingual_error(ErrorCode::kInvalidArgument, "两条记录是同一条",
                           "the two records are the same one");
  }
  Result<RecordReader> reader = RecordReader::open(workspace);
  BIDUI_TRY(reader);
  for (const std::string& name : {constraint.left, constraint.right})
    BIDUI_TRY(reader->find_record(name));
  if (constraint.right < constraint.left) std::swap(constraint.left, constraint.right);
  const Result<std::vector<Constraint>> all = load_constraints(workspace.store());
  BIDUI_TRY(all);
  const auto at = std::ranges::find_if(
      *all, [&](const Constraint& c) { return pair_of(c) == pair_of(constraint); });
  if (at != all->end()) {
    return bilingual_error(ErrorCode::kConflict, "这一对已经有约束：" + at->by + "，" + at->reason,
                           "the pair has a constraint already, by " + at->by + ": " + at->reason);
  }
  Result<std::vector<Constraint>> kept = load_kept(workspace.store());
  BIDUI_TRY(kept);
  kept->push_back(constraint);
  BIDUI_TRY(workspace.store().put_model(kName, encode(std::move(*kept))));
  return constraint;
}

Status remove_constraint(Workspace& workspace, std::string_view left, std::string_view right) {
  if (right < left) std::swap(left, right);
  const auto is_wanted = [&](const Constraint& c) { return c.left == left && c.right == right; };
  Result<std::vector<Constraint>> kept = load_kept(workspace.store());
  BIDUI_TRY(kept);
  std::size_t removed = 0;
  for (auto at = kept->begin(); at != kept->end();) {
    const Result<bool> holds = is_wanted(*at) ? is_held(workspace.store(), *at) : true;
    BIDUI_TRY(holds);
    removed += *holds ? 0 : 1;
    at = *holds ? at + 1 : kept->erase(at);
  }
  if (removed != 0) return workspace.store().put_model(kName, encode(std::move(*kept)));
  const Result<std::vector<Constraint>> all = load_constraints(workspace.store());
  BIDUI_TRY(all);
  const auto at = std::ranges::find_if(*all, is_wanted);
  if (at == all->end()) {
    return bilingual_error(ErrorCode::kNotFound, "这一对没有约束；bidui constraint list 列出现有的",
                           "there is no such constraint; see bidui constraint list");
  }
  if (at->origin.starts_with(kFlagOrigin)) {
    const std::string flag = at->origin.substr(kFlagOrigin.size());
    return bilingual_error(
        ErrorCode::kConflict,
        "它来自疑点 " + flag + " 的排除（" + at->by + "），须退回那一步（bidui flag return）",
        "it comes from the dismissal of flag " + flag + " (" + at->by +
            "): send that step back (bidui flag return)");
  }
  return bilingual_error(
      ErrorCode::kConflict, "它来自人工复核（" + at->origin + "，" + at->by + "），须在复核中改判",
      "it comes from a review (" + at->origin + ", " + at->by + "): change the answer there");
}

Result<store::NamedBytes> changed_constraints(const store::Store& store,
                                              const ConstraintChange& change) {
  Result<std::vector<Constraint>> kept = load_kept(store);
  BIDUI_TRY(kept);
  std::erase_if(*kept, [&](const Constraint& c) {
    return std::ranges::find(change.removed_origins, c.origin) != change.removed_origins.end();
  });
  for (Constraint constraint : change.added) {
    if (constraint.right < constraint.left) std::swap(constraint.left, constraint.right);
    const bool is_there = std::ranges::any_of(*kept, [&](const Constraint& c) {
      return pair_of(c) == pair_of(constraint) && c.origin == constraint.origin;
    });
    if (!is_there) kept->push_back(std::move(constraint));
  }
  return store::NamedBytes{.name = std::string(kName), .bytes = encode(std::move(*kept))};
}

std::uint64_t hash_constraints(std::vector<Constraint> constraints) {
  std::ranges::sort(constraints, comes_before);
  std::uint64_t hash = 0;
  for (const Constraint& c : constraints) hash = hash_bytes(c.right, hash_bytes(c.left, hash));
  return hash;
}

}  // namespace bidui::workspace
