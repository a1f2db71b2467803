// One list of a run as its rows or households: where each lies, of what kind it is and since when,
// and which persons stand in it. What reconciliations, counts and samples are made of.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/link/pair_lists.h"
#include "workspace/household_names.h"
#include "workspace/kept_run.h"
#include "workspace/run_source.h"
#include "workspace/source_texts.h"
#include "workspace/value_table.h"

namespace bidui::workspace {

enum class ListUnit : std::uint8_t { kHousehold, kRecord };

// Texts of all lists that are set against each other, by number.
struct ListValues {
  ValueTable places{};  // "township\tvillage", either may be empty
  ValueTable kinds{};
  ValueTable sinces{};
  ValueTable groups{};

  std::string_view township(std::uint32_t place) const;
  std::string_view village(std::uint32_t place) const;
};

// "FIELD=VALUE": only rows of which the field has the value (a code's name, its title, or text).
struct RowFilter {
  std::string field{};
  std::string value{};
};

struct ListOptions {
  std::string instance{};
  ListUnit unit = ListUnit::kHousehold;
  std::string kind{};   // field; "": the schema's
  std::string since{};  // field; "": the schema's
  std::string group{};  // a further field to group by; "": none
  std::vector<RowFilter> only{};
  std::vector<std::string_view> fields{};  // further ones, for text()
};

struct ListedItem {
  std::uint32_t row = 0;      // its first, in the source
  std::uint32_t members = 0;  // rows
  std::uint32_t place = 0;
  std::uint32_t kind = 0;
  std::uint32_t since = 0;
  std::uint32_t group = 0;
};

// Items in the order of their first rows.
class ListedSource {
 public:
  // `entities`: of the run. kNotFound: the run did not see the source, or a delivery that it saw is
  // gone; kInvalidArgument: no such field. Reads all rows of the source, and of their fields those
  // that are asked for. Texts go to `values`.
  static Result<ListedSource> load(const store::Store& store, const KeptRun& run,
                                   const schema::Schema& schema,
                                   std::span<const std::uint32_t> entities,
                                   const ListOptions& options, ListValues& values);

  const RunSource& source() const { return source_; }
  const std::vector<ListedItem>& items() const { return items_; }
  const link::ListItems& persons() const { return persons_; }
  // Rows of an item, ascending.
  std::span<const std::uint32_t> rows(std::uint32_t item) const {
    return std::span(rows_).subspan(offsets_[item], offsets_[item + 1] - offsets_[item]);
  }
  // The item of a row; nullopt where the filter left it out.
  std::optional<std::uint32_t> item_of(std::uint32_t row) const;
  // Number of a row in the run.
  std::uint32_t record(std::uint32_t row) const { return first_record_ + row; }
  std::uint32_t first_record() const { return first_record_; }
  // What the item is called in its source: the household's number, else the record's key.
  std::string_view key(std::uint32_t item) const;
  std::string_view record_key(std::uint32_t row) const { return texts_.key(row); }
  // Of the item's first row, as people may see it.
  std::string masked_name(std::uint32_t item) const;
  std::string_view text(std::uint32_t row, std::string_view field) const;
  // nullptr where the source declares none, or none was asked for.
  const schema::Field* kind_field() const { return field_at(kind_); }
  const schema::Field* since_field() const { return field_at(since_); }
  const schema::Field* group_field() const { return field_at(group_); }

 private:
  const schema::Field* field_at(std::optional<std::size_t> field) const {
    return field ? &source_.schema->fields[*field] : nullptr;
  }
  void make_items(const ListOptions& options, std::span<const std::uint32_t> entities,
                  ListValues& values);
  bool passes(std::uint32_t row,
              const std::vector<std::pair<std::size_t, std::string>>& only) const;

  RunSource source_;
  SourceTexts texts_ = {};
  HouseholdNames household_names_ = {};
  std::uint32_t first_record_ = 0;
  bool by_household_ = false;
  std::optional<std::size_t> kind_;
  std::optional<std::size_t> since_;
  std::optional<std::size_t> group_;
  std::vector<std::pair<std::size_t, std::string>> only_;
  std::vector<ListedItem> items_;
  std::vector<std::uint32_t> offsets_{0};
  std::vector<std::uint32_t> rows_;
  std::vector<std::uint32_t> item_of_row_;
  link::ListItems persons_;
};

// A value as a list shows it: a code by its title, a date in one spelling, all else masked as its
// field demands. "" stays.
std::string list_value(const schema::Field& field, std::string_view text);

// The rows of an instance that a run saw, with features. kNotFound as above.
Result<RunSource> source_of_run(const store::Store& store, const KeptRun& run,
                                const schema::Schema& schema, std::string_view instance);

}  // namespace bidui::workspace
