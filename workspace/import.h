// `bidui import`: the files of one delivery, read, standardised and stored; all of it or nothing.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "connectors/delimited/reject.h"
#include "connectors/delimited/table_reader.h"
#include "connectors/report/quality_data.h"
#include "connectors/tables/open_tables.h"
#include "matcher/base/result.h"
#include "matcher/record/feature_builder.h"
#include "store/delivery.h"
#include "workspace/column_mapping.h"
#include "workspace/delivery_journal.h"
#include "workspace/progress.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

// A table of a database, or a query.
struct DatabaseInput {
  std::string name{};             // in databases.json
  std::string table{};            // as the database writes it; "": the query
  std::filesystem::path query{};  // a file of SQL
};

struct ImportOptions {
  std::string instance{};  // "poverty", "housing@county"
  std::string as_of{};     // YYYY-MM-DD
  std::string coverage{};  // division code; empty: the workspace's
  std::vector<std::filesystem::path> files{};
  std::optional<DatabaseInput> database{};  // instead of files
  // Which column is which field (mapping_file.h); it may declare the source, and is kept in the
  // workspace. Empty: those kept there, where one fits.
  std::filesystem::path mapping{};
  bool replace = false;  // a delivery of the same instance, coverage and date is replaced
  bool strict = false;   // beyond a quality limit it is held, as with "refuse" in the profile
  bool hold = false;     // held in any case
  bool again = false;    // import it although the same file was imported before
  bool changes = false;  // the rows are changes of the newest delivery (apply_changes.h)
  Act act{};             // who imports it and when, for the journal
};

// What became of the delivery that a list of changes was applied to.
struct ChangesMade {
  std::string base{};  // its name; "" where the whole list was delivered
  std::uint64_t read = 0;
  std::uint64_t added = 0;
  std::uint64_t changed = 0;
  std::uint64_t deleted = 0;
};

// A column that serves a field.
struct MappedField {
  std::string header{};
  std::string field{};  // its id
  std::string title{};  // Chinese
  bool loose = false;   // by likeness only: worth a look
  int zeros = 0;        // 4 where its header says 万元: the numbers were brought to 元
};

// A field that several columns could have served.
struct AmbiguousField {
  std::string field{};                  // its id
  std::string title{};                  // Chinese
  std::string chosen{};                 // header
  std::vector<std::string> rejected{};  // headers; their cells are kept without a field
};

// How one table was read: a file of text, a sheet of a workbook, a file of an archive.
struct ImportedFile {
  std::string name{};
  connectors::TableKind kind = connectors::TableKind::kText;
  std::string encoding{};  // "" of a workbook and a database
  bool bom = false;
  char delimiter = ',';
  std::uint32_t header_row = 0;
  connectors::RowCounts rows{};
  connectors::TableNotes notes{};
  std::vector<MappedField> columns{};  // in the file's order
  std::vector<AmbiguousField> ambiguous{};
  std::vector<std::string> unmapped{};  // headers that no field took; their cells are kept
  std::string mapping{};  // the name of the one that said which column is which; "" = the schema
  ShapeChange change{};   // how the table differs from it
  // A source whose schema knows many more of the headers: the file may have been given the wrong
  // one. "" for none.
  std::string change_column{};  // header of the column that says what became of the row, "" = none
  std::string likelier_source{};
  std::string likelier_title{};
};

struct ImportReport {
  store::DeliveryInfo delivery{};
  bool already = false;     // the same file had been imported as `delivery`: nothing was done
  std::string same_file{};  // the delivery of another date that is the same file, "" = none
  ChangesMade changes{};
  std::vector<ImportedFile> files{};
  std::vector<connectors::LeftOut> left_out{};  // sheets, and files of archives, not read
  std::vector<connectors::Reject> rejects{};
  record::RepairCounts repairs{};
  std::uint64_t repeated_keys = 0;  // rows whose key another row has too
  std::uint64_t missing_keys = 0;
  std::string kept_mapping{};                   // the name under which the given one was kept
  connectors::report::QualityReport quality{};  // and whether it is held
  double seconds = 0;
};

// The same file again, of the same source, coverage and date, is told and nothing done, unless
// `again` says so, or `replace` and the schema or mapping that reads it is another by now.
// Errors: kInvalidArgument (date, source, coverage, a mapping of another source), those of
// Workspace::declare_source, find_database and open_database, kConflict (the delivery exists),
// kBadInput (a file is refused, or no row is usable; then nothing is imported), kIo. Rejected rows
// are results. The delivery counts once its quality was looked at (delivery_quality.h); where it is
// held it does not, until accept_delivery(); importing it again takes its place. Uses all threads;
// memory does not grow with the files but for the record keys (RepeatedKeys).
Result<ImportReport> import_delivery(Workspace& workspace, const ImportOptions& options,
                                     const Progress& progress = {});

}  // namespace bidui::workspace
