#include "service/flag_board.h"

#include <algorithm>
#include <charconv>
#include <mutex>
#include <unordered_map>

#include "matcher/base/bilingual_error.h"

namespace bidui::service {
namespace {

using workspace::ShownFlag;

// What a list does not show.
void drop_evidence(ShownFlag& flag) {
  flag.state.flag.evidence = {};
  flag.evidence = {};
  flag.tested = {};
  flag.undecided = {};
  flag.visit = {};
  flag.basis = {};
  flag.steps = {};
}

}  // namespace

Status FlagBoard::load(const workspace::Workspace& workspace) {
  Result<workspace::FlagList> all = workspace::list_flags(workspace, {.everything = true});
  BIDUI_TRY(all);
  std::ranges::for_each(all->flags, drop_evidence);
  const std::unique_lock lock(mutex_);
  flags_.swap(all->flags);
  return {};  // the lock first, then the former flags: to free them takes a tenth of a second
}

Status FlagBoard::update(const workspace::Workspace& workspace,
                         std::span<const std::string> flag_ids) {
  workspace::FlagReader reader(workspace.store());
  std::unordered_map<std::string, ShownFlag> fresh;
  for (const std::string& id : flag_ids) {
    Result<ShownFlag> flag = workspace::find_flag(workspace, id, reader);
    BIDUI_TRY(flag);
    drop_evidence(*flag);
    fresh.emplace(id, std::move(*flag));
  }
  const std::unique_lock lock(mutex_);
  for (ShownFlag& flag : flags_) {
    if (const auto at = fresh.find(flag.state.flag.flag_id); at != fresh.end())
      flag = std::move(at->second);
  }
  return {};
}

// A cursor is the position of the last flag shown and its identity: the position serves where the
// identity has left the board.
Result<FlagBoard::Page> FlagBoard::page(const Wanted& wanted, std::string_view cursor,
                                        std::size_t limit) const {
  const std::shared_lock lock(mutex_);
  std::size_t from = 0;
  if (!cursor.empty()) {
    std::size_t position = 0;
    const auto [end, failure] =
        std::from_chars(cursor.data(), cursor.data() + cursor.size(), position);
    const std::size_t used = static_cast<std::size_t>(end - cursor.data());
    if (failure != std::errc{} || used >= cursor.size() || cursor[used] != '-')
      return bilingual_error(ErrorCode::kInvalidArgument, "翻页标记不对，请从第一页重新开始",
                             "this is no cursor; begin with the first page");
    const std::string_view id = cursor.substr(used + 1);
    const auto is_it = [&](const ShownFlag& f) { return f.state.flag.flag_id == id; };
    const auto at = position < flags_.size() && is_it(flags_[position])
                        ? flags_.begin() + static_cast<std::ptrdiff_t>(position)
                        : std::ranges::find_if(flags_, is_it);
    from = at == flags_.end() ? position : static_cast<std::size_t>(at - flags_.begin()) + 1;
  }
  Page page;
  std::size_t last = 0;
  for (std::size_t i = 0; i < flags_.size(); ++i) {
    if (!wanted(flags_[i])) continue;
    ++page.count;
    if (i < from) continue;
    if (page.flags.size() < limit) {
      page.flags.push_back(flags_[i]);
      last = i;
    } else if (page.next.empty()) {
      page.next = std::to_string(last) + "-" + flags_[last].state.flag.flag_id;
    }
  }
  return page;
}

void FlagBoard::visit(const Wanted& wanted,
                      const std::function<void(const ShownFlag&)>& visitor) const {
  const std::shared_lock lock(mutex_);
  for (const ShownFlag& flag : flags_) {
    if (wanted(flag)) visitor(flag);
  }
}

}  // namespace bidui::service
