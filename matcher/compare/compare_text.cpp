#include "matcher/compare/compare_text.h"

#include <algorithm>
#include <string_view>

#include "matcher/compare/edit_distance.h"

namespace bidui::compare {
namespace {

std::string_view view_of(const record::TextFeature& text) {
  return {text.bytes.data(), text.length};
}

TextLevel compare_words(std::string_view a, std::string_view b) {
  if (within_one_edit(a, b) && std::min(a.size(), b.size()) >= 3) return TextLevel::kNear;
  const double similarity = jaro_winkler(a, b);
  if (similarity >= 0.93) return TextLevel::kNear;
  const std::size_t shorter = std::min(a.size(), b.size());
  const bool begins = shorter >= 3 && a.substr(0, shorter) == b.substr(0, shorter);
  if (similarity >= 0.85 || begins) return TextLevel::kSimilar;
  return similarity >= 0.70 ? TextLevel::kRelated : TextLevel::kDifferent;
}

}  // namespace

TextLevel compare_text(TextKind kind, const record::TextFeature& a, const record::TextFeature& b) {
  if (a.full_length == 0 || b.full_length == 0) return TextLevel::kMissing;
  if (a.hash == b.hash && a.full_length == b.full_length) return TextLevel::kEqual;
  switch (kind) {
    case TextKind::kCategory:
      return TextLevel::kDifferent;
    case TextKind::kIdentifier:
    case TextKind::kNumber:
      return within_one_edit(view_of(a), view_of(b)) ? TextLevel::kNear : TextLevel::kDifferent;
    case TextKind::kName:
    case TextKind::kText:
      break;
  }
  return compare_words(view_of(a), view_of(b));
}

}  // namespace bidui::compare
