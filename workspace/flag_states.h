// What the store keeps of each flag from run to run.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/flag/compare_flags.h"
#include "matcher/flag/disposition.h"
#include "matcher/flag/flag.h"
#include "store/store.h"

namespace bidui::workspace {

// A flag as last seen, and the run that saw it.
struct FlagState {
  flag::Flag flag{};
  std::string first_run{};
  std::string last_run{};   // the last run that raised it, or that found it gone
  std::string household{};  // "source:household" of the subject, "" if none: for look-ups
  // What people made of it, in a run (settle_flags.h); not kept here: the journal has it.
  flag::State disposition = flag::State::kOpen;
};

// Raised by its run, but dismissed or closed: in flags.csv, and in nobody's work list.
bool is_raised_but_settled(const FlagState& state);

std::string encode_flag_state(const FlagState& state);
Result<FlagState> decode_flag_state(std::string_view id, std::string_view json);

// All flags ever raised, by identity.
Result<std::vector<FlagState>> load_flag_states(const store::Store& store);

// What compare_flags needs of them.
std::vector<flag::KnownFlag> known_flags(const std::vector<FlagState>& states);

}  // namespace bidui::workspace
