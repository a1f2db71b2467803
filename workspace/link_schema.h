// `bidui link --schema`: columns by the fields of a declared source, in place of recognition.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/delimited/table_reader.h"
#include "matcher/base/result.h"
#include "matcher/schema/recognise.h"
#include "matcher/schema/schema.h"
#include "workspace/column_plan.h"

namespace bidui::workspace {

// A source that ships with the program by its name, else a schema file (schema_parse.h) by its
// path. kNotFound names the sources there are.
Result<schema::Schema> load_link_schema(const std::string& name_or_path);

// One file's columns by a schema.
class SchemaColumns {
 public:
  // Finds the columns, and has the reader fill down what stands only on the first row of a
  // household. Before the first row is read. kBadInput where a required column is missing.
  static Result<SchemaColumns> map(const schema::Schema& schema, connectors::TableReader& reader);

  const schema::Schema& schema() const { return schema_; }
  // Column of a field; -1 = none. `field` < schema().fields.size().
  int column(std::size_t field) const { return columns_[field]; }
  // Columns of the key's fields; empty where the file lacks one of them, or the schema has no key.
  const std::vector<int>& key() const { return key_; }
  // What each column of the file is, for people.
  schema::Recognition recognition(std::span<const std::string> header) const;
  // The field whose required value the row lacks; nullptr where it lacks none.
  const schema::Field* missing_value(std::span<const std::string_view> cells) const;

 private:
  explicit SchemaColumns(const schema::Schema& schema) : schema_(schema) {}

  schema::Schema schema_;
  std::vector<int> columns_;
  std::vector<int> key_;
  std::vector<std::size_t> required_;  // fields
};

// What of a person both files have, by the fields that mean the same in every source; further
// fields of one id in both schemas where they are declared identifiers (no key, no household) or
// ethnic groups. kBadInput where nothing tells people apart. For one file, give it twice.
Result<ColumnPlan> plan_by_schema(const SchemaColumns& left, const SchemaColumns& right,
                                  std::span<const std::string> left_header);

}  // namespace bidui::workspace
