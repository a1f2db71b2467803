// `bidui link`: two files (or one with itself), without a store, with or without a schema.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/delimited/reject.h"
#include "matcher/base/result.h"
#include "matcher/link/decision.h"
#include "matcher/link/linker.h"
#include "matcher/schema/header_word.h"
#include "matcher/schema/schema.h"
#include "workspace/phase_clock.h"
#include "workspace/progress.h"
#include "workspace/tables_read.h"

namespace bidui::workspace {

struct LinkFilesOptions {
  std::filesystem::path left{};
  std::filesystem::path right{};  // empty: deduplicate `left`
  std::filesystem::path out{};
  // The column that names a row: "a" in the files that have it, "a,b" one per file; empty:
  // recognised, else the row number.
  std::string key_column{};
  // Declared columns in place of recognised ones: null: recognise. Both or neither.
  const schema::Schema* left_schema = nullptr;
  const schema::Schema* right_schema = nullptr;
  std::filesystem::path cannot_links{};  // CSV left_id,right_id; empty: none
  link::Assignment assignment = link::Assignment::kOneToOne;
  double false_link_rate = .001;
  // Files of run_models.h, with the frequency tables in FILE.tables beside.
  std::optional<std::filesystem::path> model{};       // use this model instead of training one
  std::optional<std::filesystem::path> save_model{};  // write the model that was used
};

// What a column was taken for, for the person who reads the screen.
struct ColumnReport {
  std::string left_header{};  // empty: the column stands in one file only
  std::string right_header{};
  schema::SemanticKind kind = schema::SemanticKind::kIgnore;
  std::string reason_zh{};
  std::string reason_en{};
  bool used = false;
};

struct LinkFilesReport {
  std::vector<ColumnReport> columns{};
  std::string left_key{};  // header of the row key, empty: row numbers
  std::string right_key{};
  std::uint64_t left_rows = 0;
  std::uint64_t right_rows = 0;
  std::vector<connectors::Reject> left_rejects{};
  std::vector<connectors::Reject> right_rejects{};
  TablesRead left_tables{};
  TablesRead right_tables{};
  std::size_t cannot_links = 0;
  std::size_t cannot_links_not_found = 0;  // a key of theirs is in neither file
  link::LinkerStats stats{};
  double false_link_rate = 0;  // that was wanted
  link::Decisions decisions{};
  model::Model model{};
  std::shared_ptr<const link::FrequencyTables> tables{};
  std::vector<PhaseTime> phases{};
};

inline constexpr std::string_view kFilesModel = "link";  // its name in a file of models

// Writes options.out as contracts §2 says. The same input gives the same bytes. Errors: kNotFound,
// kBadInput (no header, no column that tells people apart, a model of other columns), kIo.
Result<LinkFilesReport> link_files(const LinkFilesOptions& options, const Progress& progress = {});

// The same of one file (options.right is empty), and of two; without options.save_model.
Result<LinkFilesReport> deduplicate_file(const LinkFilesOptions& options, const Progress& progress);
Result<LinkFilesReport> link_two_files(const LinkFilesOptions& options, const Progress& progress);

}  // namespace bidui::workspace
