// What differs from county to county: one file, laid over the one that ships. Nothing local stands
// in a rule's conditions or in the program.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/rule/json_reader.h"
#include "matcher/rule/quality_limits.h"
#include "matcher/rule/rule.h"
#include "matcher/rule/rule_file.h"

namespace bidui::rule {

class Profile {
 public:
  // No profile: every rule as its file has it.
  Profile() = default;
  // Layers (docs/rules.md §3), the later one over the earlier. Errors: kBadInput with file, line
  // and column.
  static Result<Profile> parse(std::span<const NamedText> layers);

  // Of the last layer; "" where there is none.
  const std::string& name() const { return name_; }
  const std::string& title() const { return title_; }
  // The Chinese where the layer has none.
  const std::string& title_en() const { return title_en_.empty() ? title_ : title_en_; }
  // Days within which a household that was told may contest; nothing where no layer says.
  std::optional<int> contest_days() const { return contest_days_; }
  // Whether an auditor may look at a household only with its authorisation (授权).
  bool lookup_needs_authorisation() const { return lookup_needs_authorisation_; }
  // What a delivery may be like; the limits that ship, where no layer says.
  const QualityLimits& quality() const { return quality_; }
  // Of the texts of all layers; 0 without any.
  std::uint64_t content_hash() const { return hash_; }

  // Changes the rules; those that it switches off go to `switched_off`. An unknown rule, parameter
  // or value of another kind is an error with its place.
  Status apply(std::vector<Rule>& rules, std::vector<Rule>& switched_off) const;

 private:
  Status read_layer(const JsonReader& layer);

  std::string name_;
  std::string title_;
  std::string title_en_;
  std::optional<int> contest_days_;
  bool lookup_needs_authorisation_ = false;
  QualityLimits quality_;
  std::uint64_t hash_ = 0;
  std::vector<std::unique_ptr<JsonFile>> files_;
};

}  // namespace bidui::rule
