// What `bidui import` says about a delivery, for the data officer who has to trust it.
#pragma once

#include <string>
#include <string_view>

#include "workspace/import.h"

namespace bidui::cli {

// Lines for a terminal, in the user's language. `rejects_file`: where the rejected rows were
// written, empty = nowhere.
std::string import_text(const workspace::ImportReport& report, std::string_view rejects_file);

// The same as one JSON object and a line end; words and field ids instead of titles.
std::string import_json(const workspace::ImportReport& report);

}  // namespace bidui::cli
