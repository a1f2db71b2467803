// The two records that are explained, and where to read about them.
#pragma once

#include "workspace/kept_run.h"
#include "workspace/record_reader.h"

namespace bidui::workspace {

// Everything it points to must outlive it; the two records are loaded.
struct ExplainedPair {
  const Workspace* workspace = nullptr;
  RecordReader* reader = nullptr;
  const KeptRun* run = nullptr;  // null: nothing was compared yet
  RecordPlace left{};
  RecordPlace right{};

  const ReadRecord& left_record() const { return reader->at(left); }
  const ReadRecord& right_record() const { return reader->at(right); }
  std::size_t spine() const { return reader->sources().size() - 1; }
  // One record in the civil registry, one in another source.
  bool to_spine() const { return (left.source == spine()) != (right.source == spine()); }
  bool within_spine() const { return left.source == spine() && right.source == spine(); }
  // A run compares in the order of the sources, whatever the order asked in.
  const record::PersonFeatures& first() const {
    return reader->at(std::min(left, right)).features();
  }
  const record::PersonFeatures& second() const {
    return reader->at(std::max(left, right)).features();
  }
  // The source that is not the civil registry.
  const RunSource& other_source() const {
    return reader->sources()[left.source == spine() ? right.source : left.source];
  }
};

}  // namespace bidui::workspace
