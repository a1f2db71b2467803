#include "matcher/flag/compare_flags.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace bidui::flag {
namespace {

Status status_of(const KnownFlag* before, const KnownFlag& now) {
  if (before == nullptr) return Status::kNew;
  if (before->gone) return Status::kReopened;
  return before->evidence_hash == now.evidence_hash ? Status::kSame : Status::kChanged;
}

bool is_skipped(const KnownFlag& flag, const std::vector<Skipped>& skipped) {
  return std::any_of(skipped.begin(), skipped.end(), [&flag](const Skipped& s) {
    return s.rule == flag.rule && s.source == flag.source;
  });
}

}  // namespace

FlagChanges compare_flags(const std::vector<KnownFlag>& previous,
                          const std::vector<KnownFlag>& current,
                          const std::vector<Skipped>& skipped) {
  std::map<std::string_view, const KnownFlag*> before;
  for (const KnownFlag& flag : previous) before[flag.flag_id] = &flag;
  FlagChanges changes;
  std::map<std::string_view, KnownFlag> after;
  for (const KnownFlag& flag : current) {
    const auto known = before.find(flag.flag_id);
    changes.statuses.push_back(status_of(known == before.end() ? nullptr : known->second, flag));
    after[flag.flag_id] = {.flag_id = flag.flag_id,
                           .rule = flag.rule,
                           .source = flag.source,
                           .evidence_hash = flag.evidence_hash};
  }
  for (const auto& [id, flag] : before) {
    if (after.contains(id)) continue;
    KnownFlag& kept = after[id];
    kept = *flag;
    if (flag->gone || is_skipped(*flag, skipped)) continue;
    kept.gone = true;
    changes.gone.emplace_back(id);
  }
  for (auto& [id, flag] : after) changes.known.push_back(std::move(flag));
  return changes;
}

}  // namespace bidui::flag
