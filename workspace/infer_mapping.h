// `bidui schema infer`: a mapping proposed for a file, for the data officer to look at, edit and
// keep (mapping_file.h).
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "connectors/tables/open_tables.h"
#include "matcher/base/result.h"
#include "matcher/schema/schema.h"
#include "workspace/infer_columns.h"

namespace bidui::workspace {

struct InferOptions {
  std::filesystem::path file{};
  std::string source{};  // or instance; "": the known source whose columns fit best
  std::string title{};   // of a new source; "": its name
};

struct MissingField {
  std::string id{};
  std::string title{};
};

struct InferredMapping {
  std::string table{};  // the file, or its sheet, that was looked at
  std::vector<std::string> other_tables{};
  std::uint64_t rows = 0;  // looked at
  std::string source{};
  std::string title{};
  std::string schema{};  // JSON, where the source is new; else ""
  std::vector<InferredColumn> columns{};
  std::vector<MissingField> missing{};  // required, and in no column
  std::string next_source{};            // that fits nearly as well, "" of none

  // The mapping file.
  std::string text() const;
};

// Looks at the first rows (5000). `known`: the sources there are. kInvalidArgument (a name that
// cannot be a source's), kBadInput (no table; no known source fits and none was named), those of
// open_tables().
Result<InferredMapping> infer_mapping(std::span<const schema::Schema> known,
                                      const InferOptions& options);

}  // namespace bidui::workspace
