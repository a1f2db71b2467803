// `bidui report household`, `bidui report verify`: check reports (核对报告), issued with a code
// that can be checked as long as the workspace is there, whatever came since.
//
// The page is kept with the store. Its code is the number of the issue and a keyed hash of the page
// with no code on it: who does not have the workspace's key cannot make one, and no character of a
// page can be altered without being seen. That it was issued, by whom and with which hash, is an
// entry "report/NUMBER" of the journal, which `bidui audit verify` covers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/report/words.h"
#include "matcher/base/result.h"
#include "store/journal.h"
#include "workspace/household_view.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

struct CheckReportOrder {
  std::string by{};        // who issues it
  std::string purpose{};   // why, "" = not said
  std::string recorded{};  // wall time
  connectors::report::Locale locale = connectors::report::Locale::kChinese;
};

struct IssuedReport {
  std::string code{};  // "HD0012-7F3A-9C21-0B44-D2E8"
  std::string page{};  // HTML, as it is to be written
};

// Makes the page of a household and keeps it durably, before it returns: with names and numbers in
// full where the view has them (after log_reveal() only). kConflict where nothing was compared yet.
Result<IssuedReport> issue_check_report(Workspace& workspace, const HouseholdView& view,
                                        const CheckReportOrder& order);

enum class CheckVerdict : std::uint8_t {
  kGenuine,        // as issued
  kAltered,        // the page is not as it was issued
  kNeverIssued,    // this workspace has issued no report of that code
  kNoCode,         // the page has no code, or the text is none
  kJournalBroken,  // the journal was altered: nothing can be said
};

struct CheckedReport {
  CheckVerdict verdict = CheckVerdict::kNoCode;
  std::string code{};
  // Of a report that was issued, as the journal has it.
  std::string household{};
  std::string head{};
  std::string run{};
  std::string by{};
  std::string purpose{};
  std::string recorded{};
  // What has come since.
  std::vector<std::string> newer_runs{};
  struct FlagSince {
    std::string flag_id{};
    std::string then{};  // state, by its name
    std::string now{};
    bool evidence_changed = false;
    bool gone = false;  // the sources agree now
  };
  std::vector<FlagSince> flags{};
  std::string page{};     // as it was issued
  bool revealed = false;  // with names and numbers in full: log_reveal() before it leaves
};

// A page, as it was handed in. Line ends do not count, nor a byte order mark.
Result<CheckedReport> verify_check_page(const Workspace& workspace, std::string_view page);
// A code, as it stands on paper: case and spaces do not count.
Result<CheckedReport> verify_check_code(const Workspace& workspace, std::string_view code);

}  // namespace bidui::workspace
