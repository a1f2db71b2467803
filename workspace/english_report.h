// A report in English. A run keeps its report in Chinese (docs/format/run.md); its rules, the
// schemas and the sentences of the program tell what the texts mean.
#pragma once

#include <span>

#include "connectors/report/report_data.h"
#include "matcher/rule/rule.h"
#include "matcher/schema/schema.h"
#include "workspace/glossary.h"

namespace bidui::workspace {

// `rules`: of the report's run. What is data (names, places, words of a source) stays as it is, and
// so does what none of them knows.
void put_in_english(std::span<const rule::Rule> rules, std::span<const schema::Schema> schemas,
                    connectors::report::ReportData& data);

// What it goes by, but for the words of one rule: for texts that a run keeps elsewhere.
Glossary report_glossary(std::span<const rule::Rule> rules,
                         std::span<const schema::Schema> schemas);

}  // namespace bidui::workspace
