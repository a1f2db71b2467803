// The features of many records: what the linker works on.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "matcher/base/hash.h"
#include "matcher/base/large_vector.h"
#include "matcher/compare/comparison_vector.h"
#include "matcher/record/features.h"

namespace bidui::link {

// Their bytes are hashed.
static_assert(std::has_unique_object_representations_v<record::PersonFeatures>);
static_assert(std::has_unique_object_representations_v<record::TextFeature>);

// Rows that lie elsewhere: person features with their free columns, `text_count` per row.
struct RecordSpan {
  std::span<const record::PersonFeatures> persons{};
  std::span<const record::TextFeature> texts{};
  std::size_t text_count = 0;

  std::size_t size() const { return persons.size(); }
  compare::RecordView view(std::size_t row) const {
    return {&persons[row], texts.subspan(row * text_count, text_count)};
  }
  RecordSpan rows(std::size_t begin, std::size_t end) const {
    return {persons.subspan(begin, end - begin),
            texts.subspan(begin * text_count, (end - begin) * text_count), text_count};
  }
  // Of the row's features: for choices that must not depend on the order of the rows.
  std::uint64_t content_hash(std::size_t row) const {
    const auto bytes = [](const auto& value, std::size_t count) {
      return std::string_view(reinterpret_cast<const char*>(&value), sizeof(value) * count);
    };
    const std::uint64_t h = hash_bytes(bytes(persons[row], 1));
    return text_count == 0 ? h : hash_bytes(bytes(texts[row * text_count], text_count), h);
  }
  // The same of as many rows from `row` on: side by side they take little longer than one.
  static constexpr std::size_t kHashedRows = 4;
  std::array<std::uint64_t, kHashedRows> content_hashes(std::size_t row) const;
};

inline std::array<std::uint64_t, RecordSpan::kHashedRows> RecordSpan::content_hashes(
    std::size_t row) const {
  std::array<std::uint64_t, kHashedRows> hashes;
  if (text_count != 0) {
    for (std::size_t i = 0; i < kHashedRows; ++i) hashes[i] = content_hash(row + i);
    return hashes;
  }
  constexpr std::size_t kBytes = sizeof(record::PersonFeatures);
  static_assert(kBytes % sizeof(std::uint64_t) == 0);
  hashes.fill(hash_combine(0, kBytes));  // as hash_bytes() does
  for (std::size_t at = 0; at < kBytes; at += sizeof(std::uint64_t)) {
    for (std::size_t i = 0; i < kHashedRows; ++i) {
      std::uint64_t word = 0;
      std::memcpy(&word, reinterpret_cast<const char*>(&persons[row + i]) + at, sizeof word);
      hashes[i] = hash_combine(hashes[i], word);
    }
  }
  return hashes;
}

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

  // Asks the processor for the row's features, which may straddle two cache lines.
  void prefetch(std::size_t row) const {
    const char* const bytes = reinterpret_cast<const char*>(&persons[row]);
    __builtin_prefetch(bytes);
    __builtin_prefetch(bytes + sizeof(record::PersonFeatures) - 1);
  }

  // Valid until the table changes.
  RecordSpan span() const { return {persons, texts, text_count_}; }
  std::uint64_t content_hash(std::size_t row) const { return span().content_hash(row); }

  void clear() {
    persons.clear();
    texts.clear();
  }

  void append(const RecordTable& other) {
    persons.insert(persons.end(), other.persons.begin(), other.persons.end());
    texts.insert(texts.end(), other.texts.begin(), other.texts.end());
  }

  // A row with as many texts as this table's.
  void append(const compare::RecordView& row) {
    persons.push_back(*row.person);
    texts.insert(texts.end(), row.texts.begin(), row.texts.end());
  }

  LargeVector<record::PersonFeatures> persons{};
  LargeVector<record::TextFeature> texts{};

 private:
  std::size_t text_count_;
};

}  // namespace bidui::link
