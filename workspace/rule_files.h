// Where rules come from: those that ship inside the program, and files that a county writes itself.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/rule/rule_set.h"

namespace bidui::workspace {

// Rule files of the program, by name ("rules/DEAD_IN_PR.json"). O(bytes).
std::vector<rule::NamedText> shipped_rules();

// The case file that stands beside a shipped rule; nullopt where there is no such rule.
std::optional<rule::NamedText> shipped_cases(std::string_view rule_id);

// Fields of all sources that the program knows, in the order of their names.
Result<std::vector<rule::SourceType>> known_source_types();

// A file of a person's own, named by its path. Errors: kNotFound.
Result<rule::NamedText> read_rule_file(const std::filesystem::path& path);

// "DIR/cases/NAME.json" of "DIR/NAME.json".
std::filesystem::path case_file_of(const std::filesystem::path& rule_file);

// The shipped rules with `own` added; a shipped rule of the same id gives way. Errors: those of
// rule::load_rules, with file, line and column.
Result<rule::RuleSet> load_rules_with(std::vector<rule::NamedText> own,
                                      const std::optional<rule::NamedText>& profile);

}  // namespace bidui::workspace
