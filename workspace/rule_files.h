// Where rules come from: those that ship inside the program, files that a county writes itself, and
// the profile that says what differs in the county.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/rule/rule_set.h"
#include "store/store.h"

namespace bidui::workspace {

// What a run is evaluated with, as text: kept with it, so that it can be evaluated again.
struct RuleFiles {
  std::vector<rule::NamedText> rules{};    // all, the county's own in place of shipped ones
  std::vector<rule::NamedText> profile{};  // layers: the shipped one, then the county's
};

// What a caller chose; "" = the workspace's own, else what ships.
struct RuleChoice {
  std::string profile{};              // the name of a shipped profile, or a file
  std::filesystem::path rules{};      // a directory of rule files
  std::filesystem::path workspace{};  // "" = none: only what ships
};

// Rule files of the program, by name ("rules/DEAD_IN_PR.json"). O(bytes).
std::vector<rule::NamedText> shipped_rules();

// The case file that stands beside a shipped rule; nullopt where there is no such rule.
std::optional<rule::NamedText> shipped_cases(std::string_view rule_id);

// Fields of all sources that the program knows, in the order of their names.
// Beside them the instances ("housing@county") that `files` name.
Result<std::vector<rule::SourceType>> known_source_types(
    std::span<const rule::NamedText> files = {});

// The instances of known sources that the files name between quotes, each once, in order of name.
std::vector<std::string> named_instances(std::span<const rule::NamedText> files,
                                         std::span<const schema::Schema> schemas);

// A file of a person's own, named by its path. Errors: kNotFound.
Result<rule::NamedText> read_rule_file(const std::filesystem::path& path);

// The rule files (*.json) of a directory, by name. kNotFound where there is none.
Result<std::vector<rule::NamedText>> read_rule_directory(const std::filesystem::path& directory);

// "DIR/cases/NAME.json" of "DIR/NAME.json".
std::filesystem::path case_file_of(const std::filesystem::path& rule_file);

// The county's own rule files: of `choice.rules`, else of the workspace's folder rules/, else none.
Result<std::vector<rule::NamedText>> own_rules(const RuleChoice& choice);

// The layers of a profile: "default" and over it what was chosen, else the workspace's
// profile.json. kNotFound lists the shipped ones.
Result<std::vector<rule::NamedText>> profile_layers(const RuleChoice& choice);

// `own` and the shipped rules; a shipped rule of the same id gives way. Errors: those of
// rule::parse_rule.
Result<RuleFiles> rule_files(std::vector<rule::NamedText> own,
                             std::vector<rule::NamedText> profile);
Result<RuleFiles> rule_files(const RuleChoice& choice);

// Errors: those of rule::load_rules, with file, line and column.
Result<rule::RuleSet> load_rule_set(std::vector<rule::SourceType> sources, const RuleFiles& files);

// The artefact of a run (docs/format/run.md).
std::string encode_rule_files(const RuleFiles& files);
Result<RuleFiles> decode_rule_files(std::string_view json);

// The profile with which the newest run was evaluated; the shipped one before the first.
Result<rule::Profile> profile_in_force(const store::Store& store);

// The rules with which it was, as that profile has them; those that it switches off last.
Result<std::vector<rule::Rule>> rules_in_force(const store::Store& store);
// Those of one run; none where it was made before runs kept theirs.
Result<std::vector<rule::Rule>> rules_of_run(const store::Store& store, std::string_view run_id);

}  // namespace bidui::workspace
