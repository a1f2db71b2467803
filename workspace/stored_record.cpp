#include "workspace/stored_record.h"

#include <optional>

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

std::optional<std::uint64_t> take_number(std::string_view& bytes) {
  std::uint64_t value = 0;
  for (int shift = 0; !bytes.empty() && shift < 64; shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
    if (byte < 0x80) return value;
  }
  return std::nullopt;
}

std::optional<std::string_view> take_text(std::string_view& bytes) {
  const auto size = take_number(bytes);
  if (!size || *size > bytes.size()) return std::nullopt;
  const std::string_view text = bytes.substr(0, *size);
  bytes.remove_prefix(*size);
  return text;
}

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
  const auto key = take_text(bytes);
  const auto file = take_number(bytes);
  const auto row = take_number(bytes);
  const auto fields = take_number(bytes);
  if (!key || !file || !row || !fields) return false;
  key_ = *key;
  file_ = static_cast<std::uint32_t>(*file);
  row_ = static_cast<std::uint32_t>(*row);
  field_count_ = *fields;
  while (!bytes.empty()) {
    const auto text = take_text(bytes);
    if (!text) return false;
    texts_.push_back(*text);
  }
  return texts_.size() >= field_count_;
}

}  // namespace bidui::workspace
