// Which link it is that a flag's check found wrong.
#pragma once

#include <string>
#include <utility>

#include "matcher/base/result.h"
#include "workspace/shown_flag.h"

namespace bidui::workspace {

using RecordNamePair = std::pair<std::string, std::string>;

// The only link that the evidence shows. kInvalidArgument where it shows none, or several: then the
// records must be named.
Result<RecordNamePair> only_link(const ShownFlag& flag);

}  // namespace bidui::workspace
