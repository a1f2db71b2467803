// What the households of a source's rows are called (record_key.h), as views.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "workspace/run_source.h"
#include "workspace/source_texts.h"

namespace bidui::workspace {

class HouseholdNames {
 public:
  // The fields that it needs of the texts.
  static std::vector<std::size_t> fields(const schema::Schema& schema);

  HouseholdNames() = default;
  // Of the rows that are loaded. O(rows) for houses, else O(1).
  HouseholdNames(const schema::Schema& schema, const SourceTexts& texts);

  // "" where the row is of no household. `texts` are those it was made of. O(1).
  std::string_view of(const SourceTexts& texts, std::uint32_t row) const;

 private:
  const schema::Schema* schema_ = nullptr;
  // Of houses without household number the declared key, where the record is called otherwise.
  std::unordered_map<std::uint32_t, std::string> declared_;
};

}  // namespace bidui::workspace
