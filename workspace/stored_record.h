// A record as the store keeps it: its key, where it stood, and the raw text of every cell.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bidui::workspace {

// Layout (docs/format/record.md): key, file index, row number, number of fields, then the schema's
// fields in order, then the columns that no field took; every text as a LEB128 length and its
// bytes, every number as LEB128.
struct RecordContent {
  std::string_view key{};
  std::uint32_t file = 0;                      // index in DeliveryInfo::files
  std::uint32_t row = 0;                       // in the file, as a person counts
  std::span<const std::string_view> fields{};  // of the schema, in order; empty text = missing
  std::span<const std::string_view> extras{};  // unmapped columns, in the order of the file
};

// Appends the bytes of a record to `out`.
void encode_record(const RecordContent& content, std::string& out);

// A record read back; its texts point into the bytes it was made from.
class StoredRecord {
 public:
  StoredRecord() = default;
  // Reads `bytes` again and again without allocating. False where they are no record.
  bool decode(std::string_view bytes);

  std::string_view key() const { return key_; }
  std::uint32_t file() const { return file_; }
  std::uint32_t row() const { return row_; }
  // Empty beyond what the record has: a schema may have grown since.
  std::string_view field(std::size_t index) const {
    return index < field_count_ ? texts_[index] : std::string_view{};
  }
  std::size_t field_count() const { return field_count_; }
  std::span<const std::string_view> extras() const {
    return std::span(texts_).subspan(field_count_);
  }

 private:
  std::string_view key_;
  std::uint32_t file_ = 0;
  std::uint32_t row_ = 0;
  std::size_t field_count_ = 0;
  std::vector<std::string_view> texts_;
};

}  // namespace bidui::workspace
