// The sheet that is carried to the doors: written as a workbook or CSV, filled in, read back.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "connectors/report/words.h"
#include "workspace/record_reader.h"
#include "workspace/visit_sample.h"

namespace bidui::workspace {

// FILE.xlsx: a sheet for each status, outcomes to choose from; FILE.csv: one table. Names,
// addresses and telephones are masked but for Values::kFull (after log_reveal() only). Households
// that are in no current delivery any more are left out. Gives their number. kIo.
Result<std::size_t> export_visits(
    const Workspace& workspace, const VisitSample& sample, const std::filesystem::path& file,
    Values values = Values::kMasked,
    connectors::report::Locale locale = connectors::report::Locale::kChinese);

struct ReadVisits {
  std::size_t results = 0;  // in the file
  std::size_t changed = 0;  // of those, how many differ from what was kept
  std::size_t blank = 0;    // rows without a result
};

// Adds the file's results to those kept, the file's in place of earlier ones. Needs the columns
// 样本, 序号 and 核查结果 (sample, number, result), whatever the language. kBadInput with the row
// where the sample is another, a number or a result is none, a result is impossible for the
// household's status, or a household stands twice with different results; then nothing is kept.
// `by`, `recorded`: for the journal.
Result<ReadVisits> read_visits(Workspace& workspace, const VisitSample& sample,
                               const std::filesystem::path& file, const std::string& by,
                               const std::string& recorded);

}  // namespace bidui::workspace
