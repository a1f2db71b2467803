// Whether people of a run live in the county: by the civil registry and the death registries.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "workspace/kept_run.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

enum class PersonState : std::uint8_t { kUnknown, kActive, kDead, kMovedOut };

// By the run's entities.
class CivilStates {
 public:
  // `persons`: the entities that will be asked for, in any order. Reads only their records. Sources
  // that the run did not see, or that are gone, say nothing.
  static Result<CivilStates> load(const Workspace& workspace, const KeptRun& run,
                                  std::span<const std::uint32_t> entities,
                                  std::vector<std::uint32_t> persons);

  PersonState state_of(std::uint32_t person) const {
    const auto at = states_.find(person);
    return at == states_.end() ? PersonState::kUnknown : at->second;
  }

 private:
  std::unordered_map<std::uint32_t, PersonState> states_;
};

// What a record of the civil registry says by the codes of `cancelled` and `change_reason`.
PersonState civil_state(std::string_view cancelled, std::string_view change_reason);

}  // namespace bidui::workspace
