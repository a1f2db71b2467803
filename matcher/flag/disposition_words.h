// States, roles, actions, outcomes and reasons as programs, Chinese and English users call them.
#pragma once

#include <optional>
#include <string_view>

#include "matcher/flag/disposition.h"

namespace bidui::flag {

struct Word {
  std::string_view name;  // kept in the store: never changes
  std::string_view zh;
  std::string_view en;
};

const Word& word_of(State state);
const Word& word_of(Role role);
const Word& word_of(Action action);
const Word& word_of(Outcome outcome);
const Word& word_of(Reason reason);

// By name or Chinese word; nullopt for anything else (kNone has no word).
std::optional<State> parse_state(std::string_view text);
std::optional<Role> parse_role(std::string_view text);
std::optional<Action> parse_action(std::string_view text);
std::optional<Outcome> parse_outcome(std::string_view text);
std::optional<Reason> parse_reason(std::string_view text);

// Whether a check may have this outcome for this reason; of a dismissal the outcome is kFalse.
bool reason_fits(Reason reason, Outcome outcome);

}  // namespace bidui::flag
