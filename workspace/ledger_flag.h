// One flag as a row of the ledgers, and the entries that it asks for.
#pragma once

#include <vector>

#include "connectors/report/flag_ledger_data.h"
#include "connectors/report/words.h"
#include "workspace/shown_flag.h"

namespace bidui::workspace {

// What sources are called: "建档立卡贫困人口", in English "Poverty registry", of "poverty".
class SourceTitles {
 public:
  explicit SourceTitles(std::span<const schema::Schema> schemas,
                        connectors::report::Locale locale = connectors::report::Locale::kChinese)
      : schemas_(schemas), locale_(locale) {}
  std::string operator()(std::string_view instance) const;
  std::span<const schema::Schema> schemas() const { return schemas_; }
  connectors::report::Locale locale() const { return locale_; }

 private:
  std::span<const schema::Schema> schemas_;
  connectors::report::Locale locale_;
};

struct LedgerContext {
  const SourceTitles& titles;
  const store::IndexSecret& secret;
  std::string county{};
  flag::DayNumber today = 0;
};

connectors::report::LedgerFlag ledger_flag(const LedgerContext& context, const ShownFlag& flag);

// What is to be entered where the flag is true; none where it was found false, is left as it is, or
// was entered. `position`: of its row.
std::vector<connectors::report::Adjustment> adjustments_of(const LedgerContext& context,
                                                           const ShownFlag& flag,
                                                           std::size_t position);

// The record that the flag is about, or the first of its household; nullptr where the evidence has
// none of its source.
const EvidenceRecord* subject_record(const ShownFlag& flag);

// What a visit must settle, and what no source can decide.
std::vector<Bilingual> questions_of(const ShownFlag& flag);

// The evidence in a line for each item, without what stands on the row already.
std::string evidence_lines_text(const SourceTitles& titles, const ShownFlag& flag);

// Who has to do the next step, and what it is: "三冲村", "核实"; empty where nobody has to.
struct NextStep {
  std::string unit{};
  std::string step{};
};
NextStep next_step(const LedgerContext& context, const ShownFlag& flag);

}  // namespace bidui::workspace
