// A reconciliation on a terminal and as JSON.
#pragma once

#include <cstddef>
#include <string>

#include "workspace/reconcile.h"

namespace bidui::cli {

// `limit`: differences shown, 0 for all.
std::string reconcile_text(const workspace::Reconciliation& result, std::size_t limit);
std::string reconcile_json(const workspace::Reconciliation& result, std::size_t limit);

}  // namespace bidui::cli
