// How many fuzzy keys the records beside the spine have, for the account of a run that did not need
// to count them.
#pragma once

#include "workspace/person_linkage.h"

namespace bidui::workspace {

// By kind, with those that were refined and cut (link/hot_keys.h), as a run that searched all
// counts them. Uses all threads.
link::KeyCounts account_keys(std::span<const RunSource> sources, const PersonLinkage& linkage);

}  // namespace bidui::workspace
