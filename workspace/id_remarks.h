// What ID numbers say beyond their agreement (matcher/compare/id_evidence.h), in words: a slip, a
// number issued anew or altered, a number that two people use, one that does not fit its record.
// Questions, never verdicts.
#pragma once

#include <string>
#include <vector>

#include "workspace/explain.h"
#include "workspace/wording.h"

namespace bidui::workspace {

// The pair first, then each record; empty where there is nothing to say.
std::vector<std::string> id_remarks(const Explanation& e, Locale locale);

std::string_view id_finding_name(compare::IdFinding finding);  // "two_numbers"
std::string_view id_part_name(compare::IdPart part);           // "birth"

}  // namespace bidui::workspace
