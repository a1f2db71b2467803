// Which column of a file is which field of a known source, proposed from its headers and its
// cells, with how sure that is.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "matcher/base/bilingual_error.h"
#include "matcher/schema/schema.h"

namespace bidui::workspace {

struct InferredColumn {
  std::string header{};
  std::string field{};                  // its id; "" = none
  std::string title{};                  // of the field
  double confidence = 0;                // 0 to 1
  Bilingual because{};                  // a clause
  std::vector<std::string> examples{};  // masked
};

// A file's header with a sample of its rows, all equally wide.
struct FileSample {
  std::vector<std::string> header{};
  std::vector<std::vector<std::string>> rows{};
};

// One for each column, in the file's order. First by the header spellings that import knows, each
// checked against the cells: where they speak of something else, it is left to them. Then what is
// left by what the cells say: an ID number by its check digit, a name by its surnames, a birth date
// by the ID number's own, a code by its values. Below .6 a person should look. O(fields × columns ×
// rows).
std::vector<InferredColumn> infer_columns(const schema::Schema& schema, const FileSample& sample);

// What the cells say of a column whose field was made of them: confidence and reason anew.
void judge_by_cells(const schema::Field& field, const FileSample& sample, std::size_t column,
                    InferredColumn& inferred);

// Up to three of the column's values, masked as the field's are; of no field: masked whatever they
// are.
std::vector<std::string> masked_examples(const schema::Field* field, const FileSample& sample,
                                         std::size_t column);

}  // namespace bidui::workspace
