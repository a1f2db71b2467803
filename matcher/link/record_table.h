// The features of many records: what the linker works on.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "matcher/compare/comparison_vector.h"
#include "matcher/record/features.h"

namespace bidui::link {

// Rows of person features with their free columns; `texts` holds `text_count` features per row.
class RecordTable {
 public:
  explicit RecordTable(std::size_t text_count = 0) : text_count_(text_count) {}

  void reserve(std::size_t rows) {
    persons.reserve(rows);
    texts.reserve(rows * text_count_);
  }
  std::size_t size() const { return persons.size(); }
  std::size_t text_count() const { return text_count_; }

  // The view is valid until the table changes.
  compare::RecordView view(std::size_t row) const {
    return {&persons[row], std::span(texts).subspan(row * text_count_, text_count_)};
  }

  void append(const RecordTable& other) {
    persons.insert(persons.end(), other.persons.begin(), other.persons.end());
    texts.insert(texts.end(), other.texts.begin(), other.texts.end());
  }

  std::vector<record::PersonFeatures> persons{};
  std::vector<record::TextFeature> texts{};

 private:
  std::size_t text_count_;
};

}  // namespace bidui::link
