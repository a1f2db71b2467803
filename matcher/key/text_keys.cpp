#include "matcher/base/hash.h"
#include "matcher/key/fuzzy_key.h"
#include "matcher/text/latin_name.h"

namespace bidui::key {
namespace {

using record::TextFeature;
using record::TextKind;

constexpr int kBirthColumn = -1;
constexpr int kNameColumn = -2;

// What of a column is likely to survive an error: the sound of a name, the beginning of a text, a
// number as a whole.
std::uint64_t robust_part(TextKind kind, const TextFeature& text) {
  if (text.full_length == 0) return 0;
  const std::string_view bytes(text.bytes.data(), text.length);
  switch (kind) {
    case TextKind::kName: {
      const std::uint32_t sound = text::phonetic_code(bytes.substr(0, bytes.find(' ')));
      return sound != 0 ? sound : text.hash;
    }
    case TextKind::kText:
      return hash_bytes(bytes.substr(0, 6)) | 1U;
    case TextKind::kIdentifier:
    case TextKind::kNumber:
    case TextKind::kCategory:
      break;
  }
  return text.hash;
}

// Long enough to be a thing's own: a title, a name with its address.
constexpr std::uint8_t kTellingLength = 12;

// A column that makes a key by itself: all of it.
std::uint64_t whole_of(const TextKeyPlan& plan, const record::RecordView& record, int column) {
  if (column == kBirthColumn) return record.person->birth;
  if (column == kNameColumn) return record.person->name_fold;
  const auto i = static_cast<std::size_t>(column);
  const TextFeature& text = record.texts[i];
  if (plan.kinds[i] == TextKind::kName) return robust_part(TextKind::kName, text);
  const bool short_text = plan.kinds[i] == TextKind::kText && text.full_length < kTellingLength;
  return text.full_length == 0 || (short_text && plan.pairs.size() > 1) ? 0 : text.hash;
}

std::uint64_t part_of(const TextKeyPlan& plan, const record::RecordView& record, int column) {
  if (column == kBirthColumn) return record.person->birth;
  if (column == kNameColumn) return record.person->name_fold;
  const auto i = static_cast<std::size_t>(column);
  return robust_part(plan.kinds[i], record.texts[i]);
}

bool is_name(const TextKeyPlan& plan, int column) {
  return column >= 0 && plan.kinds[static_cast<std::size_t>(column)] == TextKind::kName;
}

// A name alone is a key for records that have no better one.
Coverage coverage_by_name(const record::PersonFeatures& p) {
  const bool has_id = p.id_class != record::IdClass::kMissing;
  return has_id || p.village != 0 ? Coverage::kCovered : Coverage::kBare;
}

}  // namespace

void append_text_keys(const TextKeyPlan& plan, const record::RecordView& record, KeyList& keys) {
  for (std::size_t i = 0; i < plan.pairs.size(); ++i) {
    const auto [column_a, column_b] = plan.pairs[i];
    if (column_a == column_b) {
      const std::uint64_t whole = whole_of(plan, record, column_a);
      if (whole == 0) continue;
      const bool by_name = column_a == kNameColumn;
      keys.add(KeyKind::kText, hash_combine(hash_combine(whole, whole), i),
               by_name ? record.person->sex : record.person->birth / 100,
               by_name ? coverage_by_name(*record.person) : Coverage::kAny);
      continue;
    }
    const std::uint64_t a = part_of(plan, record, column_a);
    const std::uint64_t b = part_of(plan, record, column_b);
    if (a == 0 || b == 0) continue;
    // Two name columns meet in either order: given and family name are often exchanged.
    const bool any_order = is_name(plan, column_a) && is_name(plan, column_b);
    const std::uint64_t h = any_order ? mix64(a) + mix64(b) : hash_combine(a, b);
    const std::uint64_t refinement = record.person->birth / 100;
    keys.add(KeyKind::kText, hash_combine(h, any_order ? 1000 : i), refinement);
  }
}

TextKeyPlan plan_text_keys(std::span<const TextKind> kinds, bool has_birth, bool has_name) {
  TextKeyPlan plan;
  plan.kinds.assign(kinds.begin(), kinds.end());
  std::vector<int> columns;
  if (has_birth) columns.push_back(kBirthColumn);
  if (has_name) columns.push_back(kNameColumn);
  for (int i = 0; i < static_cast<int>(kinds.size()); ++i) {
    const TextKind kind = kinds[static_cast<std::size_t>(i)];
    if (kind == TextKind::kIdentifier || kind == TextKind::kText) plan.pairs.push_back({i, i});
    if (kind == TextKind::kName || kind == TextKind::kText) columns.push_back(i);
  }
  if (has_birth) plan.pairs.push_back({kBirthColumn, kBirthColumn});
  if (has_name && !has_birth) plan.pairs.push_back({kNameColumn, kNameColumn});
  for (std::size_t i = 0; i < columns.size(); ++i) {
    for (std::size_t j = i + 1; j < columns.size(); ++j)
      plan.pairs.push_back({columns[i], columns[j]});
  }
  // A house number or post code narrows a name or a street.
  for (int i = 0; i < static_cast<int>(kinds.size()); ++i) {
    if (kinds[static_cast<std::size_t>(i)] != TextKind::kNumber) continue;
    for (const int column : columns) plan.pairs.push_back({column, i});
  }
  // Nothing to combine: a name or numbers are all there is.
  const bool alone = plan.pairs.empty();
  for (int i = 0; alone && i < static_cast<int>(kinds.size()); ++i) {
    if (kinds[static_cast<std::size_t>(i)] != TextKind::kCategory) plan.pairs.push_back({i, i});
  }
  if (plan.pairs.size() > kMaxTextKeys) plan.pairs.resize(kMaxTextKeys);
  return plan;
}

}  // namespace bidui::key
