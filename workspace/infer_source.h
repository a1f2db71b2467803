// The declaration of a source that the program does not know, made from a file of it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/schema/schema.h"
#include "workspace/infer_columns.h"

namespace bidui::workspace {

struct DeclaredSource {
  std::string schema{};  // JSON text
  // Of each column, whether its cells said what it is; else its header did, or it has no field.
  std::vector<bool> by_cells{};
};

// The text is as in schemas/sources/, one field a line, to be edited. A header that some known
// source has becomes that source's field, codes and all, if the cells read as it; else the cells
// say the type. Field ids of other headers are their pinyin. The key is the first column that names
// each row of the sample; the name is required. kBadInput where no column holds names: nothing
// could be linked.
Result<DeclaredSource> declare_by_file(std::span<const schema::Schema> known,
                                       const FileSample& sample, std::string_view source,
                                       std::string_view title);

}  // namespace bidui::workspace
