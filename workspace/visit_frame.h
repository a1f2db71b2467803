// All households of a county from which a random sample is drawn for visits at the door: those of
// the poverty registry, and those of the civil registry of which nobody is in it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

enum class VisitStatus : std::uint8_t {
  kRegistered,    // in the poverty registry, not exited (returned ones among them)
  kExited,        // 已脱贫
  kUnregistered,  // rural, registered at home, nobody in the poverty registry
};
inline constexpr std::size_t kVisitStatuses = 3;
std::string_view visit_status_name(VisitStatus status);  // "registered"
std::string_view visit_status_title(VisitStatus status, bool chinese);

struct FrameHousehold {
  VisitStatus status = VisitStatus::kRegistered;
  std::string household{};  // source:household_no
  std::string township{};
  std::string village{};
  std::uint32_t persons = 0;  // who live, as far as the registries know
};

struct VisitFrame {
  std::string run{};
  std::string as_of{};  // the run's evaluation date
  std::vector<FrameHousehold> households{};
  // Rural people in the civil registry: neither struck off, moved away, dead, nor non-agricultural.
  std::uint64_t rural_persons = 0;

  std::uint64_t count(VisitStatus status) const;
  std::uint64_t persons(VisitStatus status) const;
};

// `run` "": the newest. A household of the civil registry that shares a member with the poverty
// registry is none of the unregistered, whatever the rest of it. kNotFound: no such run, or it saw
// no poverty or no civil registry. Reads both; O(records).
Result<VisitFrame> visit_frame(const Workspace& workspace, std::string_view run);

}  // namespace bidui::workspace
