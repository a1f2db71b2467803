#include "workspace/task_mark.h"

#include <charconv>
#include <fmt/format.h>

#include "workspace/keyed_code.h"

namespace bidui::workspace {
namespace {

constexpr std::size_t kCodeDigits = 10;

}  // namespace

TaskMark mark_of(std::size_t steps, std::uint64_t evidence_hash) {
  return {.steps = steps, .evidence = static_cast<std::uint32_t>(evidence_hash >> 32)};
}

std::string mark_text(const store::IndexSecret& secret, std::string_view flag_id, TaskMark mark) {
  const std::string content = fmt::format("V{}-{:08X}", mark.steps, mark.evidence);
  return content + "-" +
         keyed_code(secret, "task mark", std::string(flag_id) + "/" + content, kCodeDigits);
}

std::optional<TaskMark> parse_mark(const store::IndexSecret& secret, std::string_view flag_id,
                                   std::string_view text) {
  TaskMark mark;
  if (!text.starts_with('V')) return std::nullopt;
  const char* const end = text.data() + text.size();
  auto read = std::from_chars(text.data() + 1, end, mark.steps);
  if (read.ec != std::errc{} || read.ptr == end || *read.ptr != '-') return std::nullopt;
  read = std::from_chars(read.ptr + 1, end, mark.evidence, 16);
  if (read.ec != std::errc{} || mark_text(secret, flag_id, mark) != text) return std::nullopt;
  return mark;
}

}  // namespace bidui::workspace
