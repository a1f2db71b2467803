// What changed over time: of one household, and of a list, on a terminal and as JSON.
#pragma once

#include <cstddef>
#include <string>

#include "workspace/household_history.h"
#include "workspace/source_changes.h"

namespace bidui::cli {

std::string history_text(const workspace::HouseholdHistory& history);

// `limit`: persons shown, 0 for all.
std::string changes_text(const workspace::SourceChanges& changes, std::size_t limit);
std::string changes_json(const workspace::SourceChanges& changes, std::size_t limit);

}  // namespace bidui::cli
