// Which columns of two files (or one) are compared with which, and how.
#pragma once

#include <string>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/key/fuzzy_key.h"
#include "workspace/link_files.h"
#include "workspace/link_table.h"

namespace bidui::workspace {

struct ColumnPlan {
  LinkColumns left{};
  LinkColumns right{};  // equal to left when one file is deduplicated
  compare::ComparisonPlan comparisons{};
  key::TextKeyPlan text_keys{};
  std::vector<std::string> text_names{};  // headers of the left file
  std::vector<ColumnReport> reports{};
};

// `right` = null: deduplicate. kBadInput when nothing is left that tells people apart.
Result<ColumnPlan> plan_columns(const LinkFile& left, const LinkFile* right);

}  // namespace bidui::workspace
