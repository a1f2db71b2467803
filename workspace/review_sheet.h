// A review as a CSV file, for use away from the machine: exported blind, filled in, imported.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "workspace/review_answers.h"
#include "workspace/review_view.h"

namespace bidui::workspace {

// UTF-8 with a byte order mark. Columns: the sample, the pair's number (from 1), source and key of
// the two records, each field left and right, and 判断 (answer), empty. Masked values have how the
// full ones agree beside them. Full ones go out after log_reveal() only. Pairs of which a record is
// gone are left out. Gives the number of pairs.
Result<std::size_t> export_review(const Workspace& workspace, const ReviewSample& sample,
                                  const std::filesystem::path& file,
                                  Values values = Values::kMasked);

struct ImportedReview {
  std::size_t answers = 0;  // read from the file
  std::size_t blank = 0;    // rows without an answer
};

// Adds the file's answers to the person's, the file's in place of earlier ones. Only the columns of
// sample, number and answer are read; answers are 同一人, 不是同一人, 看不出, same, different,
// cannot_tell, or their first letter. kBadInput, with the row, where the sample is another, or a
// number or an answer is none; then nothing is kept.
Result<ImportedReview> import_review(Workspace& workspace, const ReviewSample& sample,
                                     const std::string& person, const std::filesystem::path& file);

}  // namespace bidui::workspace
