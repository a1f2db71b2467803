// What people have done about a flag (处置): its steps, and the state they leave it in (contracts
// §5). Which steps are possible stands in transition.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "matcher/rule/value.h"

namespace bidui::flag {

using rule::DayNumber;

enum class State : std::uint8_t {
  kOpen,
  kAssigned,
  kCheckedTrue,
  kCheckedFalse,
  kCannotTell,
  kDismissed,
  kNotified,
  kContested,
  kDecided,
  kRectified,
  kConfirmed,
  kClosed,
};
inline constexpr std::size_t kStates = 12;

// For whom a step is taken.
enum class Role : std::uint8_t {
  kVillage,
  kTownship,
  kCounty,
  kSourceOfficer,  // who keeps the source's data
  kHousehold,      // anyone who speaks for the household
  kProgram,        // bidui itself, in a run
};
inline constexpr std::size_t kRoles = 6;

enum class Action : std::uint8_t {
  kAssign,
  kCheck,
  kDismiss,
  kNotify,
  kContest,
  kDecide,
  kRectify,
  kConfirm,
  kClose,
  kReturn,  // one step back
  kReopen,  // by the program: the dismissal holds no longer, or the closed flag is back
};
inline constexpr std::size_t kActions = 11;

// What a check found, what was decided; kNone of every other action.
enum class Outcome : std::uint8_t {
  kNone,
  kTrue,
  kFalse,
  kCannotTell,
  kAdverse,  // against the household
  kCorrect,  // the data are corrected
  kLeave,    // all stays as it is
};
inline constexpr std::size_t kOutcomes = 7;

// Why a check found what it found, and why a flag is dismissed.
enum class Reason : std::uint8_t {
  kNone,
  kWrongLink,  // the records are not one person: becomes a cannot-link
  kSourceOutdated,
  kLegitimateException,
  kCorrectedSince,
  kFactsHold,
  kRecordError,
  kNobodyHome,
  kPapersMissing,
  kOther,
};
inline constexpr std::size_t kReasons = 10;

struct Step {
  Action action = Action::kAssign;
  Outcome outcome = Outcome::kNone;
  Role role = Role::kVillage;
  std::string by{};  // who
  DayNumber on = 0;  // when
  Reason reason = Reason::kNone;
  std::string note{};      // in words: why, what was found, what was changed
  std::string assignee{};  // of kAssign: the village or person
  std::string where{};     // of kRectify: in which source or system
  // Of kAssign the deadline, of kCheck the visit, of kDismiss the last day on which it holds, of
  // kNotify the day on which the household was told.
  std::optional<DayNumber> date{};

  bool operator==(const Step&) const = default;
};

struct TakenStep {
  Step step{};
  State from = State::kOpen;
  State to = State::kOpen;
  std::uint64_t evidence_hash = 0;  // of the flag when it was taken
};

// The steps of one flag, folded. Trusts what was recorded, so that steps taken under an older table
// of transitions stay what they were.
class Disposition {
 public:
  // Later than all before.
  void add(TakenStep step);

  State state() const { return standing_.empty() ? State::kOpen : standing_.back().to; }
  // Of the two signatures under a rectification, the township's is there.
  bool has_township_signature() const;
  // Steps that were not sent back, since the flag was last opened.
  const std::vector<TakenStep>& standing() const { return standing_; }
  // The newest of that kind; nullptr where there is none.
  const TakenStep* last(Action action) const;
  // Of the newest step of all; nullopt where there is none.
  std::optional<DayNumber> last_day() const { return last_day_; }
  // What was found each time the flag was open: its last check, where that was not sent back.
  std::vector<Outcome> findings() const;

 private:
  std::vector<TakenStep> standing_;
  std::vector<Outcome> earlier_findings_;
  std::optional<DayNumber> last_day_;
};

// Until when it must be checked: while it is assigned and no check has settled it; else nullopt.
std::optional<DayNumber> deadline_of(const Disposition& disposition);
// Its deadline is before `day`.
bool is_overdue(const Disposition& disposition, DayNumber day);

// Open, or nothing could be told at the visit: somebody has to be given it (anew).
bool waits_to_be_assigned(State state);

// Dismissed or closed: nobody has to do anything about it.
bool is_settled(State state);

}  // namespace bidui::flag
