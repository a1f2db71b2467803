#include "workspace/record_key.h"

#include <array>

#include "matcher/base/hash.h"
#include "workspace/content_hash.h"

namespace bidui::workspace {
namespace {

// A number that went through a spreadsheet: 3.40826E+14.
bool is_damaged(std::string_view text) {
  return text.find("E+") != std::string_view::npos || text.find("e+") != std::string_view::npos;
}

}  // namespace

std::optional<std::string> declared_key(const schema::Schema& schema,
                                        std::span<const std::string_view> fields) {
  std::string key;
  for (const std::size_t f : schema.key) {
    if (fields[f].empty() || is_damaged(fields[f])) return std::nullopt;
    if (!key.empty()) key += '-';
    key += fields[f];
  }
  if (key.empty()) return std::nullopt;
  return key;
}

std::string content_key(const schema::Schema& schema, std::span<const std::string_view> fields,
                        std::uint64_t again) {
  std::uint64_t hash = 1;
  for (std::size_t f = 0; f < fields.size(); ++f) {
    hash = hash_bytes(schema.fields[f].id == "row_no" ? std::string_view{} : fields[f], hash);
  }
  if (again != 0) hash = hash_combine(hash, again);
  std::array<unsigned char, 8> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<unsigned char>(hash >> (56 - 8 * i));
  return "#" + hex(bytes);
}

std::string household_name(const schema::Schema& schema, std::span<const std::string_view> fields,
                           std::string_view record_key) {
  if (schema.household && !fields[*schema.household].empty())
    return std::string(fields[*schema.household]);
  if (schema.unit != schema::RowUnit::kHouse) return {};
  return declared_key(schema, fields).value_or(std::string(record_key));
}

}  // namespace bidui::workspace
