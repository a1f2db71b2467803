// 校验码: the mark of a row of an exported task list, by which an import knows that the row is this
// workspace's, of which flag, and in which state and on which evidence it was handed out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "store/key_file.h"

namespace bidui::workspace {

struct TaskMark {
  std::size_t steps = 0;       // taken about the flag when it was handed out
  std::uint32_t evidence = 0;  // first digits of the evidence's hash

  bool operator==(const TaskMark&) const = default;
};

TaskMark mark_of(std::size_t steps, std::uint64_t evidence_hash);

// "V3-0B7D11C2-4F0A9C6E21": begins with a letter, so that no spreadsheet takes it for a number.
std::string mark_text(const store::IndexSecret& secret, std::string_view flag_id, TaskMark mark);

// nullopt where it was not made with this secret for this flag.
std::optional<TaskMark> parse_mark(const store::IndexSecret& secret, std::string_view flag_id,
                                   std::string_view text);

}  // namespace bidui::workspace
