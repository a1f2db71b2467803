// The evidence of one rule's flags laid out in columns, one per label and source, so that a list
// can be read, sorted and filtered.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "connectors/report/report_data.h"

namespace bidui::connectors::report {

struct EvidenceCell {
  std::string text;
  bool differs = false;
};

class EvidenceColumns {
 public:
  // Columns in the order in which labels first occur in `flags`, both sides of a label together.
  // Labels beyond `limit` columns go to the rest. O(evidence lines × columns).
  explicit EvidenceColumns(const std::vector<const FlagRow*>& flags, std::size_t limit = 24);

  struct Key {
    std::string label;
    std::string source;
  };
  const std::vector<Key>& keys() const { return keys_; }
  // Whether some evidence has no column of its own.
  bool has_rest() const { return has_rest_; }

  // One cell per key, then one for the rest where has_rest(). Values of a repeated label are joined
  // by "；", each once.
  std::vector<EvidenceCell> lay_out(const FlagRow& flag) const;

 private:
  std::size_t find(const std::string& label, const std::string& source) const;
  void add(const EvidenceLine& line, std::size_t limit);

  std::vector<Key> keys_;
  bool has_rest_ = false;
};

// "姓名：张* ≠ 李*" for places that have one cell for all evidence; equal values stand once.
std::string evidence_text(const std::vector<EvidenceLine>& evidence);

}  // namespace bidui::connectors::report
