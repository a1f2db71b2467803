// The steps that were taken about flags, as the store's journal keeps them: who, in which role,
// when, why, and the evidence that was seen (docs/format/dispositions.md).
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/flag/disposition.h"
#include "store/store.h"

namespace bidui::workspace {

struct KeptStep {
  std::string flag_id{};
  flag::TakenStep taken{};
  std::string recorded{};  // wall time at which it was recorded, "" of a run's own step without one
  std::string run{};       // whose evidence was seen
  std::string evidence{};  // canonical JSON (matcher/flag/make_flag.h)
  std::string left{};      // of the reason "wrong link": the records that are not one person
  std::string right{};
};

// A flag's steps folded.
struct FlagDisposition {
  flag::Disposition disposition{};
  // Of the evidence that the newest step has seen; nullopt before the first.
  std::optional<std::uint64_t> evidence_hash{};
  std::size_t steps = 0;  // all that were ever taken, sent back ones too
};

// By the flag's identity; flags about which nothing was done are missing.
using FlagDispositions = std::map<std::string, FlagDisposition, std::less<>>;

// Its members as docs/format/dispositions.md has them, without the evidence itself.
boost::json::object step_json(const KeptStep& step);

// `before`: of the flag so far. Evidence that the step before has seen already is not kept again.
store::JournalEntry encode_step(const KeptStep& step, const FlagDisposition& before);

// Reads all steps; O(steps).
Result<FlagDispositions> load_dispositions(const store::Store& store);

// Of one flag; the empty one where nothing was done about it.
const FlagDisposition& disposition_of(const FlagDispositions& dispositions,
                                      std::string_view flag_id);

// One flag's, in their order, each with the evidence it was taken on.
Result<std::vector<KeptStep>> load_steps(const store::Store& store, std::string_view flag_id);
// One more.
void add_step(FlagDisposition& into, flag::TakenStep taken);
// The same folded.
FlagDisposition fold_steps(const std::vector<KeptStep>& steps);

}  // namespace bidui::workspace
