// Who runs this command and when, as the journal records it.
#pragma once

#include "workspace/delivery_journal.h"

namespace bidui::cli {

// By the name of the system's user; of a command that was handed over, the caller's.
workspace::Act this_act();

}  // namespace bidui::cli
