// What is said of how a table stood in its file, and of tables that were not read.
#pragma once

#include <boost/json.hpp>
#include <span>
#include <string>
#include <string_view>

#include "connectors/delimited/table_reader.h"
#include "connectors/tables/open_tables.h"

namespace bidui::cli {

// What a FILE of import and link may be, for --help.
std::string_view table_files_note();

// A line for each thing there is to say, each behind `indent`; empty for nothing.
std::string table_notes_text(const connectors::TableNotes& notes, std::string_view indent);
// A line each, under a heading; empty for none.
std::string left_out_text(std::span<const connectors::LeftOut> left_out);

boost::json::object table_notes_json(const connectors::TableNotes& notes);
boost::json::array left_out_json(std::span<const connectors::LeftOut> left_out);

}  // namespace bidui::cli
