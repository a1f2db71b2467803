// The audit log: who asked what, why, and what was answered, as entries of the store's hash-chained
// journal (store/journal.h). An entry is durable before append() returns; entries of requests that
// are answered at the same time share one write (group commit). Thread-safe.
#pragma once

#include <boost/json/object.hpp>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "store/store.h"

namespace bidui::service {

struct AuditEntry {
  std::uint64_t number = 0;  // in the journal; given by it
  std::string at{};          // wall time
  std::string account{};     // "" of one who is not signed in
  std::string name{};
  std::string kind{};  // access, change, refusal, sign_in; others' entries: step, report, reveal, …
  std::string action{};  // the route's operation, "lookup"
  // What it was about, without names and numbers of persons: households, flags, accounts.
  std::string subject{};
  std::string purpose{};
  std::string authorisation{};  // that allowed it
  std::string peer{};
  int status = 0;  // of the answer
  // Why it was refused, what was shown: as audit_words.cpp reads it.
  boost::json::object detail{};
};

class AuditLog {
 public:
  explicit AuditLog(store::Store& store) : store_(store) {}

  // Durable when it returns, `kept` with it; entries of several callers go into one write.
  Status append(const AuditEntry& entry, std::optional<store::NamedBytes> kept = {});

 private:
  struct Waiting {
    store::JournalEntry entry;
    std::optional<store::NamedBytes> kept{};
    bool done = false;
    Status status{};
  };

  store::Store& store_;
  std::mutex mutex_;
  std::condition_variable written_;
  std::vector<Waiting*> waiting_;
  bool writing_ = false;
};

// "record/" and source:key: what was shown is a person who belongs to no household.
std::string record_subject(std::string_view record);
// The journal's subject: of a household, source:household_no, "household/" before it; a
// record_subject() is one already.
std::string journal_subject(std::string_view shown);

// Entries that pass `wanted`, the newest first: at most `limit`, and no more than 20,000 looked at.
struct AuditPage {
  std::vector<AuditEntry> entries{};
  std::uint64_t next = 0;  // the number before which to go on; 0: there is nothing more
};
// `before`: a number, 0 for the newest.
Result<AuditPage> read_audit(const store::Store& store, std::uint64_t before, std::size_t limit,
                             const std::function<bool(const AuditEntry&)>& wanted);
// Accesses to what bears one of these names (journal_subject()), the oldest first.
Result<std::vector<AuditEntry>> audit_of(const store::Store& store,
                                         const std::vector<std::string>& shown);

}  // namespace bidui::service
