// Flags as people read them: the stored state with the words of its rule.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "matcher/base/bilingual_error.h"
#include "matcher/base/result.h"
#include "matcher/rule/rule.h"
#include "workspace/flag_evidence.h"
#include "workspace/flag_ranking.h"
#include "workspace/flag_states.h"
#include "workspace/flag_steps.h"
#include "workspace/known_places.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

struct ShownFlag {
  FlagState state{};
  FlagDisposition done{};                               // by people, so far
  std::vector<KeptStep> steps{};                        // of find_flag only
  rule::Touches touches = rule::Touches::kEntitlement;  // the safer, where the rule is gone
  std::string title{};  // of the rule, Chinese; the identifier where the rule is no longer there
  std::string title_en{};
  int deadline_days = 0;
  std::string township{};  // by the division's code, else as the evidence has them
  std::string village{};
  std::string place{};  // both
  std::string who{};    // masked name of its subject, else of the first person in the evidence
  std::string each{};   // the record that tells it apart from others about the subject, "" if none
  std::vector<EvidenceItem> evidence{};
  std::vector<Bilingual> tested{};     // exceptions that do not hold
  std::vector<Bilingual> undecided{};  // exceptions that no source could decide
  std::vector<Bilingual> visit{};      // what a visit must settle
  std::vector<Bilingual> basis{};
};

using Rules = std::vector<rule::Rule>;

// Adds the words of the rules with which the newest run was evaluated; reads them once, when one is
// asked for. What the evidence says in a rule's words is Chinese as kept; its English is the rule's
// of today where that has the same Chinese, else the Chinese again. Not thread-safe.
class FlagReader {
 public:
  explicit FlagReader(const store::Store& store) : store_(&store) {}
  // With rules that were read before.
  explicit FlagReader(std::shared_ptr<const Rules> rules) : rules_(std::move(rules)) {}
  ShownFlag describe(FlagState state);
  // nullptr where there is no such rule (any more).
  const rule::Rule* rule_of(std::string_view id);
  const Rules& rules();

 private:
  const store::Store* store_ = nullptr;
  std::shared_ptr<const Rules> rules_;
};

// To whom flags are assigned. Empty: does not filter.
struct Assignment {
  bool nobody = false;                  // they wait to be assigned
  std::vector<std::string> to{};        // one of these: what an assigning step has, as it has it
  std::optional<PlaceKind> to_place{};  // or the township or village in which the flag lies
};
bool is_assigned(const ShownFlag& flag, const Assignment& assignment);

// Empty members do not filter.
struct FlagFilter {
  std::string rule{};
  std::vector<std::string> any_rule{};  // one of these; empty: whichever
  std::string township{};  // a name or part of it, or the first digits of a division code
  std::string village{};
  // Neither status nor state: the work list, that is all but flags that are gone or settled; a flag
  // that is gone while people are at it stays in it.
  std::optional<flag::Status> status{};
  std::optional<flag::State> state{};
  std::optional<flag::DayNumber> overdue_on{};  // only those that are, on this day
  std::optional<rule::Severity> severity{};
  Assignment assignment{};
  bool no_place = false;  // only those of a place that is unknown; no cap holds for these
  bool everything =
      false;  // settled and gone ones too, where neither status nor state is asked for
  WorkCap cap{};
  std::size_t limit = 0;  // 0: no limit
};

struct FlagList {
  std::vector<ShownFlag> flags{};       // ranked, at most `limit`
  std::size_t count = 0;                // that pass the filter, and the cap
  BeyondCap beyond{};                   // that pass the filter alone: they stay as they are
  std::vector<UnknownPlace> unknown{};  // where none does: places of the filter that are nowhere
};

// Whether status and state are those that the filter asks for.
bool has_wanted_state(const flag::Flag& flag, const flag::Disposition& disposition,
                      const FlagFilter& filter);

// Whether a described flag is of the filter's rules, severity, state, place and assignment; no cap,
// no limit.
bool passes_filter(const ShownFlag& flag, const FlagFilter& filter);

// Reads all flags of the workspace.
Result<FlagList> list_flags(const Workspace& workspace, const FlagFilter& filter);

// kNotFound. Of many flags one reader spares reading their rules again.
Result<ShownFlag> find_flag(const Workspace& workspace, std::string_view flag_id);
Result<ShownFlag> find_flag(const Workspace& workspace, std::string_view flag_id,
                            FlagReader& reader);
// The flag with the evidence on which step `number` (from 1) was taken. kNotFound.
Result<ShownFlag> find_flag_at(const Workspace& workspace, std::string_view flag_id,
                               std::size_t number);

}  // namespace bidui::workspace
