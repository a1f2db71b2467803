#include "service/metrics.h"

#include <algorithm>
#include <fmt/format.h>

namespace bidui::service {

void Metrics::count(std::string_view operation, int status, std::chrono::nanoseconds took) {
  const double seconds = std::chrono::duration<double>(took).count();
  const std::lock_guard lock(mutex_);
  ++requests_[{std::string(operation), status}];
  Times& times = times_[std::string(operation)];
  const auto at = std::ranges::lower_bound(kBounds, seconds) - kBounds.begin();
  ++times.counts[static_cast<std::size_t>(at)];
  times.sum += seconds;
}

std::string Metrics::text(const Gauges& gauges) const {
  std::string text =
      "# HELP bidui_requests_total Requests by operation and status.\n"
      "# TYPE bidui_requests_total counter\n";
  const std::lock_guard lock(mutex_);
  for (const auto& [key, count] : requests_)
    text += fmt::format("bidui_requests_total{{operation=\"{}\",status=\"{}\"}} {}\n", key.first,
                        key.second, count);
  text +=
      "# HELP bidui_request_seconds From the request read to the answer ready.\n"
      "# TYPE bidui_request_seconds histogram\n";
  for (const auto& [operation, times] : times_) {
    std::uint64_t below = 0;
    for (std::size_t b = 0; b < kBounds.size(); ++b) {
      below += times.counts[b];
      text += fmt::format("bidui_request_seconds_bucket{{operation=\"{}\",le=\"{}\"}} {}\n",
                          operation, kBounds[b], below);
    }
    below += times.counts.back();
    text += fmt::format(
        "bidui_request_seconds_bucket{{operation=\"{0}\",le=\"+Inf\"}} {1}\n"
        "bidui_request_seconds_sum{{operation=\"{0}\"}} {2:.6f}\n"
        "bidui_request_seconds_count{{operation=\"{0}\"}} {1}\n",
        operation, below, times.sum);
  }
  const auto gauge = [&](std::string_view name, std::string_view help, std::uint64_t value) {
    text += fmt::format("# HELP {0} {1}\n# TYPE {0} gauge\n{0} {2}\n", name, help, value);
  };
  gauge("bidui_sessions", "Accounts signed in.", gauges.sessions);
  gauge("bidui_connections", "Open connections.", gauges.connections);
  gauge("bidui_run_active", "1 while a comparison waits or runs.", gauges.run_active ? 1 : 0);
  gauge("bidui_journal_entries", "Entries of the audit log.", gauges.journal_entries);
  return text;
}

}  // namespace bidui::service
