#include "connectors/report/evidence_columns.h"

#include <algorithm>
#include <array>

namespace bidui::connectors::report {
namespace {

// Both sides of a line; a side without source and value does not stand.
struct Side {
  const std::string* source;
  const std::string* value;
  bool present() const { return !source->empty() || !value->empty(); }
};

std::array<Side, 2> sides(const EvidenceLine& line) {
  return {Side{&line.left_source, &line.left_value}, Side{&line.right_source, &line.right_value}};
}

// A value that stands there already is not said twice.
void join(std::string& text, std::string_view more) {
  constexpr std::string_view kBetween = "；";
  if (more.empty()) return;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = rest.find(kBetween);
    if (rest.substr(0, end) == more) return;
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + kBetween.size());
  }
  if (!text.empty()) text += kBetween;
  text += more;
}

std::string line_text(const EvidenceLine& line) {
  std::string text = line.label + "：" + line.left_value;
  if (!line.differs && line.right_value == line.left_value) return text;
  if (sides(line)[1].present()) text += (line.differs ? " ≠ " : " ／ ") + line.right_value;
  return text;
}

}  // namespace

EvidenceColumns::EvidenceColumns(const std::vector<const FlagRow*>& flags, std::size_t limit) {
  for (const FlagRow* flag : flags) {
    for (const EvidenceLine& line : flag->evidence) add(line, limit);
  }
}

std::size_t EvidenceColumns::find(const std::string& label, const std::string& source) const {
  const auto found = std::find_if(keys_.begin(), keys_.end(), [&](const Key& key) {
    return key.label == label && key.source == source;
  });
  return static_cast<std::size_t>(found - keys_.begin());
}

void EvidenceColumns::add(const EvidenceLine& line, std::size_t limit) {
  for (const Side& side : sides(line)) {
    if (!side.present() || find(line.label, *side.source) < keys_.size()) continue;
    if (keys_.size() >= limit) {
      has_rest_ = true;
      return;
    }
    // A further source of a known label stands beside the others.
    const auto last = std::find_if(keys_.rbegin(), keys_.rend(),
                                   [&](const Key& key) { return key.label == line.label; });
    keys_.insert(last == keys_.rend() ? keys_.end() : last.base(),
                 Key{.label = line.label, .source = *side.source});
  }
}

std::vector<EvidenceCell> EvidenceColumns::lay_out(const FlagRow& flag) const {
  std::vector<EvidenceCell> cells(keys_.size() + (has_rest_ ? 1 : 0));
  for (const EvidenceLine& line : flag.evidence) {
    for (const Side& side : sides(line)) {
      if (!side.present()) continue;
      const std::size_t column = find(line.label, *side.source);
      EvidenceCell& cell = cells[column];
      cell.differs = cell.differs || line.differs;
      if (column < keys_.size()) {
        join(cell.text, *side.value);
        continue;
      }
      join(cell.text, line_text(line));
      break;
    }
  }
  return cells;
}

std::string evidence_text(const std::vector<EvidenceLine>& evidence) {
  std::string text;
  for (const EvidenceLine& line : evidence) join(text, line_text(line));
  return text;
}

}  // namespace bidui::connectors::report
