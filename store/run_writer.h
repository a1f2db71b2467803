// Writes one run: its manifest, its artefacts and what it says about flags become visible together.
// All is in files before, which the commit only moves in.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "matcher/base/result.h"
#include "store/journal.h"

namespace bidui::store {

struct RunInfo {
  std::string id;
  std::string manifest;  // JSON text that the store does not look into

  bool operator==(const RunInfo&) const = default;
};

// Got from Store::begin_run; must not outlive the store. Called from one thread.
class RunWriter {
 public:
  RunWriter(RunWriter&& other) noexcept;
  RunWriter& operator=(RunWriter&& other) noexcept;
  // Aborts where commit() was not called or failed.
  ~RunWriter();

  // Adds bytes at the end of a named artefact ("links", "entities", "flags", "summary", …), in
  // pieces of any size. An artefact of no bytes exists too. Buffers up to 1 MiB for each artefact.
  Status append(std::string_view artefact, std::string_view bytes);

  // The state (JSON text) that a flag will have once the run is committed. REQUIRES: ids ascend.
  Status set_flag(std::string_view flag_id, std::string_view state);

  // An entry that the journal will have once the run is committed, after those it has then.
  void add_journal_entry(JournalEntry entry);

  // All at once and durably. Where it fails, nothing is left.
  Status commit(std::string_view manifest);

  // Leaves nothing. Safe to call at any time, also after commit (then it does nothing).
  void abort();

 private:
  friend class Store;
  class Impl;
  explicit RunWriter(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace bidui::store
