#include "workspace/flag_changes.h"

#include <unordered_map>
#include <unordered_set>

#include "matcher/base/bilingual_error.h"
#include "store/layout.h"
#include "workspace/run_artefacts.h"

namespace bidui::workspace {
namespace {

constexpr std::size_t kKnownSize = kFlagIdSize + 8 + 4;

using StateById = std::unordered_map<std::string_view, const FlagState*>;

StateById by_id(const std::vector<FlagState>& states) {
  StateById result;
  for (const FlagState& state : states) result.emplace(state.flag.flag_id, &state);
  return result;
}

FlagState gone_state(const FlagState& state, const std::string& run_id) {
  FlagState gone = state;
  gone.flag.status = flag::Status::kGone;
  gone.last_run = run_id;
  return gone;
}

}  // namespace

std::string encode_known_flags(const std::vector<flag::KnownFlag>& known) {
  std::string bytes;
  bytes.reserve(kKnownSize * known.size());
  for (const flag::KnownFlag& flag : known) {
    if (flag.flag_id.size() != kFlagIdSize) continue;
    bytes += flag.flag_id;
    store::append_little_endian(bytes, flag.evidence_hash);
    store::append_little_endian(bytes, std::uint32_t{flag.gone ? 1U : 0U});
  }
  return bytes;
}

Result<std::vector<flag::KnownFlag>> load_known_flags(const store::Store& store,
                                                      std::string_view run_id,
                                                      const std::vector<FlagState>& states) {
  const Result<std::string> bytes = store.read_artefact(run_id, kKnownFlagsArtefact);
  if (!bytes && bytes.error().code == ErrorCode::kNotFound) {
    return bilingual_error(ErrorCode::kNotFound, "这次比对是旧版本做的，没有留下当时的疑点",
                           "the run was made by an older version, which kept no flags of it",
                           std::string(run_id));
  }
  BIDUI_TRY(bytes);
  const StateById known_states = by_id(states);
  std::vector<flag::KnownFlag> known;
  for (std::size_t at = 0; at + kKnownSize <= bytes->size(); at += kKnownSize) {
    const char* const place = bytes->data() + at;
    const auto state = known_states.find(std::string_view(place, kFlagIdSize));
    if (state == known_states.end()) continue;
    const flag::Flag& f = state->second->flag;
    known.push_back(
        {.flag_id = f.flag_id,
         .rule = f.rule,
         .source = f.source,
         .evidence_hash = store::read_little_endian<std::uint64_t>(place + kFlagIdSize),
         .gone = store::read_little_endian<std::uint32_t>(place + kFlagIdSize + 8) != 0});
  }
  return known;
}

ChangedFlags change_flags(const FlagChange& change, std::vector<FlagState>& flags) {
  const std::vector<flag::KnownFlag> current = known_flags(flags);
  const flag::FlagChanges changes = flag::compare_flags(change.since, current, change.skipped);
  const StateById known = by_id(change.previous);
  for (std::size_t i = 0; i < flags.size(); ++i) {
    flags[i].flag.status = changes.statuses[i];
    flags[i].last_run = change.run_id;
    const auto at = known.find(flags[i].flag.flag_id);
    flags[i].first_run = at == known.end() ? change.run_id : at->second->first_run;
  }
  std::unordered_set<std::string_view> told;
  for (const std::string& id : changes.gone) {
    flags.push_back(gone_state(*known.at(id), change.run_id));
    told.insert(id);
  }
  flag::FlagChanges latest =
      flag::compare_flags(known_flags(change.previous), current, change.skipped);
  ChangedFlags result;
  for (const std::string& id : latest.gone) {
    if (!told.contains(id)) result.retired.push_back(gone_state(*known.at(id), change.run_id));
  }
  result.known = std::move(latest.known);
  return result;
}

}  // namespace bidui::workspace
