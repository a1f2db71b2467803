// Judging the pairs of a sample in the terminal: one after the other, blind, each answer kept at
// once.
#pragma once

#include <string>

#include "workspace/review_answers.h"

namespace bidui::cli {

// Goes on where the person stopped. Reads single keys from a terminal, else the first letter of
// each line of standard input. Ends with the last pair, with q, or where the input ends. Gives the
// exit status.
int judge_pairs(workspace::Workspace& workspace, const workspace::ReviewSample& sample,
                const std::string& person);

}  // namespace bidui::cli
