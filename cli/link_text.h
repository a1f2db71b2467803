// What `bidui link` says of its files, its columns and what it found.
#pragma once

#include "workspace/link_files.h"

namespace bidui::cli {

// To standard output, in the user's language.
void print_link_report(const workspace::LinkFilesReport& report, bool two_files);

// Phases with rows, keys, pairs, bytes and their rates (the second column against the first tells
// how many threads were at work), and the kinds of keys.
void print_link_timings(const workspace::LinkFilesReport& report);

// To standard output, one JSON object: columns, rows, rejects, links and threshold, keys, phases.
void print_link_json(const workspace::LinkFilesReport& report, bool two_files);

}  // namespace bidui::cli
