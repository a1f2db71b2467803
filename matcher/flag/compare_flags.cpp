#include "matcher/flag/compare_flags.h"

#include <map>
#include <string_view>

namespace bidui::flag {
namespace {

Status status_of(const KnownFlag* before, const Flag& now) {
  if (before == nullptr) return Status::kNew;
  if (before->gone) return Status::kReopened;
  return before->evidence_hash == now.evidence_hash ? Status::kSame : Status::kChanged;
}

}  // namespace

FlagChanges compare_flags(const std::vector<KnownFlag>& previous,
                          const std::vector<Flag>& current) {
  std::map<std::string_view, const KnownFlag*> before;
  for (const KnownFlag& flag : previous) before[flag.flag_id] = &flag;
  FlagChanges changes;
  std::map<std::string_view, KnownFlag> after;
  for (const Flag& flag : current) {
    const auto known = before.find(flag.flag_id);
    changes.statuses.push_back(status_of(known == before.end() ? nullptr : known->second, flag));
    after[flag.flag_id] = {.flag_id = flag.flag_id, .evidence_hash = flag.evidence_hash};
  }
  for (const auto& [id, flag] : before) {
    if (after.contains(id)) continue;
    if (!flag->gone) changes.gone.emplace_back(id);
    after[id] = {.flag_id = flag->flag_id, .evidence_hash = flag->evidence_hash, .gone = true};
  }
  for (auto& [id, flag] : after) changes.known.push_back(std::move(flag));
  return changes;
}

}  // namespace bidui::flag
