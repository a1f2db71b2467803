// A flag's evidence (matcher/flag/make_flag.h) read back from its JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"

namespace bidui::workspace {

struct EvidenceField {
  std::string id{};     // of the schema's field
  std::string title{};  // Chinese; in English its identifier serves (spaced())
  std::string value{};  // masked
};

struct EvidenceRecord {
  std::string name{};    // "civil:C34082600000279"
  std::string source{};  // "civil"
  std::string level{};   // of its link with the flag's subject; "" for the subject's own records
  std::vector<EvidenceField> fields{};

  bool is_linked() const { return !level.empty(); }

  // "" where the record has no such field.
  std::string_view value_of(std::string_view field) const;
};

// Records, or one value.
struct EvidenceItem {
  std::string title{};     // Chinese, as the run wrote it
  std::string title_en{};  // "" as read: its rule knows (FlagReader)
  std::vector<EvidenceRecord> records{};
  std::string value{};
};

struct FlagEvidence {
  std::string each{};  // the record that tells the flag apart from others about its subject, or ""
  std::vector<EvidenceItem> items{};
  std::vector<std::string> tested{};     // identifiers of the exceptions that do not hold
  std::vector<std::string> undecided{};  // titles of the exceptions that no source decides here
  std::vector<std::string> visit{};      // titles of what only a visit can settle
};

// kCorrupt where the text is no such object. Members that are missing count as empty.
Result<FlagEvidence> read_flag_evidence(std::string_view json);

}  // namespace bidui::workspace
