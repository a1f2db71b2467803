// bidui check: whether all of a workspace is as it was written.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "matcher/base/bilingual_error.h"
#include "matcher/base/result.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

struct Finding {
  std::string_view
      kind{};  // "store", "delivery", "journal", "run", "flags", "reports", "mode", "leftover"
  std::string place{};  // file, delivery or run; no person's data
  Bilingual what{};
  Bilingual advice{};
  bool harmless = false;  // to be tidied up; the check holds all the same
};

struct WorkspaceCheck {
  std::uint64_t deliveries = 0;
  std::uint64_t records = 0;
  std::uint64_t runs = 0;
  std::uint64_t flags = 0;
  std::uint64_t journal_entries = 0;
  std::vector<Finding> findings{};

  bool holds() const;
};

// Reads all of the store. `key_file`: the one in use, whose mode is looked at. Errors: kIo.
Result<WorkspaceCheck> check_workspace(const Workspace& workspace,
                                       const std::filesystem::path& key_file);

}  // namespace bidui::workspace
