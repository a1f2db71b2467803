// Which columns of two files (or one) are compared with which, and how.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "matcher/compare/comparison_vector.h"
#include "matcher/key/fuzzy_key.h"
#include "matcher/schema/header_word.h"
#include "workspace/link_table.h"

namespace bidui::workspace {

// Columns that are compared together: one of each file, or one with the parts of the other.
struct ComparedColumns {
  std::vector<std::size_t> left{};
  std::vector<std::size_t> right{};
  schema::SemanticKind kind = schema::SemanticKind::kText;
  bool used = false;  // false: there were too many text comparisons
};

struct ColumnPlan {
  LinkColumns left{};
  LinkColumns right{};  // equal to left when one file is deduplicated
  compare::ComparisonPlan comparisons{};
  key::TextKeyPlan text_keys{};
  std::vector<std::string> text_names{};  // headers of the left file
  std::vector<ComparedColumns> uses{};
};

}  // namespace bidui::workspace
