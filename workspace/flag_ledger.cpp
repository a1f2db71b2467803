#include "workspace/flag_ledger.h"

#include <algorithm>

#include "matcher/base/bilingual_error.h"
#include "matcher/rule/calendar.h"
#include "matcher/text/division.h"
#include "workspace/flag_progress.h"
#include "workspace/kept_run.h"
#include "workspace/ledger_flag.h"
#include "workspace/record_reader.h"
#include "workspace/reveal_evidence.h"

namespace bidui::workspace {
namespace {

using connectors::report::Adjustment;
using connectors::report::FlagLedger;

Status reveal_all(const Workspace& workspace, std::vector<ShownFlag>& flags) {
  Result<RecordReader> reader = RecordReader::open(workspace);
  BIDUI_TRY(reader);
  for (ShownFlag& flag : flags) BIDUI_TRY(reveal_evidence(*reader, flag));
  return {};
}

}  // namespace

Result<FlagLedger> make_flag_ledger(const Workspace& workspace, const LedgerOrder& order) {
  const Result<KeptRun> run = KeptRun::find(workspace.store(), "");
  BIDUI_TRY(run);
  Result<FlagList> list = list_flags(workspace, order.filter);
  BIDUI_TRY(list);
  const auto today = rule::parse_date_text(order.today);
  if (order.reveal) BIDUI_TRY(reveal_all(workspace, list->flags));
  const SourceTitles titles(workspace.schemas(), order.locale);
  FlagLedger ledger{.county = std::string(text::division_name(workspace.county_code())),
                    .run = run->id(),
                    .evaluation_date = run->evaluation_date(),
                    .today = order.today,
                    .chosen = order.chosen,
                    .beyond_cap = list->beyond.flags,
                    .without_place = list->beyond.without_place,
                    .revealed = order.reveal};
  const LedgerContext context{.titles = titles,
                              .secret = workspace.store().index_secret(),
                              .county = ledger.county,
                              .today = today ? today->first : 0};
  for (const ShownFlag& flag : list->flags) {
    std::vector<Adjustment> entries = adjustments_of(context, flag, ledger.flags.size());
    std::ranges::move(entries, std::back_inserter(ledger.adjustments));
    ledger.flags.push_back(ledger_flag(context, flag));
  }
  Result<connectors::report::FlagProgress> progress =
      flag_progress(workspace, order.filter, order.today);
  BIDUI_TRY(progress);
  ledger.progress = std::move(*progress);
  return ledger;
}

}  // namespace bidui::workspace
