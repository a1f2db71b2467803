// The side of a linkage that is held in memory: its records, the source of each, and their keys.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "matcher/link/key_index.h"
#include "matcher/link/record_table.h"

namespace bidui::link {

struct LeftSideOptions {
  key::TextKeyPlan text_keys{};
  std::uint32_t key_cap = 100;  // records per key before it is refined
  HotKeys hot{};                // frozen (link/frequency_tables.h)
  // What is hot beside; nothing: find out, by counting the keys.
  std::optional<HotKeys> later{};
};

// Immutable but for build_index(); shared between linkages and threads.
class LeftSide {
 public:
  // `group_of`: the source of each row; empty = all 0. Counts the keys, with all threads, where
  // `options` does not say which are hot; else its census has no counts.
  LeftSide(RecordTable records, std::vector<std::uint8_t> group_of, LeftSideOptions options);

  // Needed before anything is searched.
  void build_index();

  const RecordTable& records() const { return records_; }
  std::size_t size() const { return records_.size(); }
  // The source of each row; empty: one.
  const std::vector<std::uint8_t>& groups() const { return group_of_; }
  std::uint32_t key_cap() const { return options_.key_cap; }
  const KeyCensus& census() const { return census_; }
  bool has_index() const { return index_ != nullptr; }
  const KeyIndex& index() const { return *index_; }  // REQUIRES: build_index()
  std::size_t index_entries() const { return index_ == nullptr ? 0 : index_->entry_count(); }

  // The keys of a table's rows, as this side's are made; `records` must outlive the function.
  KeyFunction keys_of(const RecordSpan& records) const;

 private:
  KeyCensus census_of_records() const;
  RecordTable records_;
  std::vector<std::uint8_t> group_of_;
  LeftSideOptions options_;
  KeyCensus census_;
  std::unique_ptr<KeyIndex> index_;
};

}  // namespace bidui::link
