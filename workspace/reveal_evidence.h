// The full values behind a flag's masked evidence, for a file that may have them (reveal_log.h).
#pragma once

#include "matcher/base/result.h"
#include "workspace/record_reader.h"
#include "workspace/shown_flag.h"

namespace bidui::workspace {

// Puts the record's own text in place of each masked value that still is what its record holds:
// evidence older than the delivery, or of a record that is gone, stays masked. Errors: those of the
// store.
Status reveal_evidence(RecordReader& reader, ShownFlag& flag);

}  // namespace bidui::workspace
