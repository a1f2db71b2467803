#include "workspace/report_marks.h"

#include <string_view>
#include <unordered_map>

#include "workspace/flag_steps.h"
#include "workspace/task_mark.h"

namespace bidui::workspace {

Status add_marks(const store::Store& store, std::span<const FlagState> flags,
                 connectors::report::ReportData& data) {
  const Result<FlagDispositions> done = load_dispositions(store);
  BIDUI_TRY(done);
  std::unordered_map<std::string_view, std::uint64_t> evidence;
  for (const FlagState& state : flags) {
    if (state.last_run == data.run_id)
      evidence.emplace(state.flag.flag_id, state.flag.evidence_hash);
  }
  for (connectors::report::FlagRow& row : data.flags) {
    const auto at = evidence.find(row.flag_id);
    if (at == evidence.end()) continue;
    const std::size_t steps = disposition_of(*done, row.flag_id).steps;
    row.mark = mark_text(store.index_secret(), row.flag_id, mark_of(steps, at->second));
  }
  return {};
}

}  // namespace bidui::workspace
