#include "workspace/stored_record.h"

#include "matcher/base/leb128.h"

namespace bidui::workspace {
namespace {

void put_text(std::string_view text, std::string& out) {
  append_leb128(text.size(), out);
  out.append(text);
}

bool take_text(std::string_view& bytes, std::string_view& text) {
  std::uint64_t size = 0;
  if (!take_leb128(bytes, size) || size > bytes.size()) return false;
  text = bytes.substr(0, size);
  bytes.remove_prefix(size);
  return true;
}

}  // namespace

void encode_record(const RecordContent& content, std::string& out) {
  put_text(content.key, out);
  append_leb128(content.file, out);
  append_leb128(content.row, out);
  append_leb128(content.fields.size(), out);
  for (const std::string_view field : content.fields) put_text(field, out);
  for (const std::string_view extra : content.extras) put_text(extra, out);
}

bool StoredRecord::decode(std::string_view bytes) {
  texts_.clear();
  std::uint64_t file = 0;
  std::uint64_t row = 0;
  std::uint64_t fields = 0;
  if (!take_text(bytes, key_) || !take_leb128(bytes, file) || !take_leb128(bytes, row) ||
      !take_leb128(bytes, fields))
    return false;
  file_ = static_cast<std::uint32_t>(file);
  row_ = static_cast<std::uint32_t>(row);
  field_count_ = fields;
  std::string_view text;
  while (!bytes.empty()) {
    if (!take_text(bytes, text)) return false;
    texts_.push_back(text);
  }
  return texts_.size() >= field_count_;
}

}  // namespace bidui::workspace
