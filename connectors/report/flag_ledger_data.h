// What the ledgers of flags (台账) show, as one plain value: what was found, who has to do what
// about it until when, and what is to be entered. Filled by the workspace; the sheets are made of
// nothing else. Personal values arrive masked, unless they were revealed for this file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "connectors/report/flag_progress.h"
#include "connectors/report/report_data.h"
#include "matcher/flag/disposition.h"

namespace bidui::connectors::report {

struct LedgerFlag {
  std::string flag_id{};
  std::string mark{};  // 校验码: what an import knows the row by
  std::string rule{};  // "DEAD_IN_PR"
  std::string title{};
  Severity severity = Severity::kMedium;
  LinkLevel level = LinkLevel::kNone;
  FlagStatus status = FlagStatus::kNew;
  flag::State state = flag::State::kOpen;
  bool township_signature = false;  // of the two under a rectification, the first is there
  std::string township{};
  std::string village{};
  std::string household{};  // "poverty:340826000001000"
  std::string subject{};
  std::string names{};
  std::string id_number{};
  std::string evidence{};  // a line for each item
  std::string to_settle{};
  std::string basis{};
  double money = 0;  // yuan, 0 = none shown

  std::string assignee{};
  std::string assigned_on{};
  std::string deadline{};  // of the check, or the last day on which the household may contest
  std::string deadline_kind{};
  int days_left = 0;   // until the deadline, negative: over
  std::string unit{};  // who has to do the next step, and what it is; "" where nobody has to
  std::string next{};
  std::string last_day{};  // of the newest step
  // Of the last check, where there is one.
  std::string outcome{};
  std::string reason{};
  std::string visitor{};
  std::string visited{};
  std::string note{};
};

enum class AdjustmentKind : std::uint8_t { kAdd, kRemove, kCorrect };
inline constexpr std::size_t kAdjustmentKinds = 3;

// One value to enter, or one person or household to add or remove.
struct Adjustment {
  AdjustmentKind kind = AdjustmentKind::kCorrect;
  bool suggested = false;  // nobody has checked it, or the decision is still to come
  std::size_t flag = 0;    // position in FlagLedger::flags
  std::string source{};    // title of the registry in which it is to be entered
  std::string record{};    // there, or which to add
  std::string who{};
  std::string field{};  // of kCorrect
  std::string now{};
  std::string other{};         // what the other sources have
  std::string other_source{};  // titles
  std::string grounds{};       // "县决定：更正数据 2018-01-20", "核实属实 2017-12-03"
};

struct FlagLedger {
  std::string county{};
  std::string run{};              // newest
  std::string evaluation_date{};  // of it
  std::string today{};
  std::string chosen{};             // the filter in words, "" = all
  std::vector<LedgerFlag> flags{};  // ranked, best first
  std::size_t beyond_cap = 0;
  std::size_t without_place = 0;          // nor do these stand here, where there is a cap
  std::vector<Adjustment> adjustments{};  // by kind, then as their flags
  FlagProgress progress{};
  bool revealed = false;
};

}  // namespace bidui::connectors::report
