#include "workspace/stored_record.h"

namespace bidui::workspace {
namespace {

void put_number(std::uint64_t value, std::string& out) {
  while (value >= 0x80) {
    out.push_back(static_cast<char>(value | 0x80U));
    value >>= 7;
  }
  out.push_back(static_cast<char>(value));
}

void put_text(std::string_view text, std::string& out) {
  put_number(text.size(), out);
  out.append(text);
}

// Reads what encode_record() wrote; nearly every number is one byte.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : at_(bytes.data()), end_(at_ + bytes.size()) {}

  bool empty() const { return at_ == end_; }

  bool take(std::uint64_t& value) {
    value = 0;
    for (int shift = 0; at_ != end_ && shift < 64; shift += 7) {
      const auto byte = static_cast<unsigned char>(*at_++);
      value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if (byte < 0x80) return true;
    }
    return false;
  }

  bool take(std::string_view& text) {
    std::uint64_t size = 0;
    if (!take(size) || size > static_cast<std::size_t>(end_ - at_)) return false;
    text = {at_, size};
    at_ += size;
    return true;
  }

 private:
  const char* at_;
  const char* end_;
};

}  // namespace

void encode_record(const RecordContent& content, std::string& out) {
  put_text(content.key, out);
  put_number(content.file, out);
  put_number(content.row, out);
  put_number(content.fields.size(), out);
  for (const std::string_view field : content.fields) put_text(field, out);
  for (const std::string_view extra : content.extras) put_text(extra, out);
}

bool StoredRecord::decode(std::string_view bytes) {
  texts_.clear();
  Bytes rest(bytes);
  std::uint64_t file = 0;
  std::uint64_t row = 0;
  std::uint64_t fields = 0;
  if (!rest.take(key_) || !rest.take(file) || !rest.take(row) || !rest.take(fields)) return false;
  file_ = static_cast<std::uint32_t>(file);
  row_ = static_cast<std::uint32_t>(row);
  field_count_ = fields;
  std::string_view text;
  while (!rest.empty()) {
    if (!rest.take(text)) return false;
    texts_.push_back(text);
  }
  return texts_.size() >= field_count_;
}

}  // namespace bidui::workspace
