// All flags of the workspace in the order of their rank, in memory without their evidence: what the
// work list is paged from. Reading them all takes about a second for 35,000; a step that is taken
// changes its own flags only. Thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "workspace/shown_flag.h"

namespace bidui::service {

class FlagBoard {
 public:
  // Anew, after a run or what another program did. Errors: those of the store.
  Status load(const workspace::Workspace& workspace);
  // These again, after steps about them.
  Status update(const workspace::Workspace& workspace, std::span<const std::string> flag_ids);

  struct Page {
    std::size_t count = 0;  // that are wanted
    std::vector<workspace::ShownFlag> flags{};
    std::string next{};  // cursor; "" where there are no more
  };
  using Wanted = std::function<bool(const workspace::ShownFlag&)>;
  // `cursor`: of the page before, "" for the first. A flag that is no longer wanted since then
  // leaves the order of the others as it is. kInvalidArgument for a cursor that is none.
  Result<Page> page(const Wanted& wanted, std::string_view cursor, std::size_t limit) const;
  // Visits all that are wanted, in their order.
  void visit(const Wanted& wanted,
             const std::function<void(const workspace::ShownFlag&)>& visitor) const;

 private:
  mutable std::shared_mutex mutex_;
  std::vector<workspace::ShownFlag> flags_;
};

}  // namespace bidui::service
