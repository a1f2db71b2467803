// Counts the cells of one field: filled, unreadable, by class.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/schema/schema.h"
#include "workspace/delivery_statistics.h"

namespace bidui::workspace {

// Not for several threads; one for each, merged. Some nanoseconds a cell: a cell that was seen
// before is looked up as it stands, the usual dates need no parser.
class FieldTally {
 public:
  explicit FieldTally(const schema::Field& field);

  // The field must outlive the tally, the text only the call.
  void add(std::string_view text);
  void merge(const FieldTally& other);
  FieldStatistics finish() const;

 private:
  struct Seen {
    std::string text;
    std::uint64_t cells = 0;
  };
  static constexpr std::size_t kSeen = 96;  // different texts that are remembered
  static constexpr int kFirstYear = 1850, kLastYear = 2100;

  void add_text(std::string_view text);
  void add_date(std::string_view text);
  void classify(std::string_view text, std::uint64_t cells, FieldStatistics& into) const;

  const schema::Field* field_;
  FieldStatistics counted_;
  std::vector<Seen> seen_;
  std::array<std::uint64_t, kLastYear - kFirstYear + 1> years_{};
};

}  // namespace bidui::workspace
