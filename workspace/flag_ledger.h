// The ledgers of flags (台账) filled from the workspace: docs/ledgers.md.
#pragma once

#include <string>

#include "connectors/report/flag_ledger_data.h"
#include "connectors/report/words.h"
#include "matcher/base/result.h"
#include "workspace/shown_flag.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

struct LedgerOrder {
  FlagFilter filter{};   // of the lists; progress counts all flags of its rule and place
  std::string today{};   // "2017-12-01"
  std::string chosen{};  // the filter in words
  bool reveal = false;   // log_reveal() first
  connectors::report::Locale locale = connectors::report::Locale::kChinese;
};

// Errors: those of the store. kNotFound where nothing was compared yet.
Result<connectors::report::FlagLedger> make_flag_ledger(const Workspace& workspace,
                                                        const LedgerOrder& order);

}  // namespace bidui::workspace
