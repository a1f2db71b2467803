// The journal: what people and the program did, one entry after another. An entry holds the hash of
// the one before it, so that none can be altered, left out or put elsewhere without being seen by
// Store::verify_journal(). Who can write to the store with its key can still write all of it anew;
// against that a head is noted outside (on paper, in a report) and given to the check.
//
// The store knows bytes only: steps of flags today, the audit log of the service later.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "matcher/base/bilingual_error.h"

namespace bidui::store {

struct JournalEntry {
  std::string subject;  // what finds it again, e.g. a flag's identity; no NUL
  std::string content;
};

// SHA-256 of the hash before, the number, the subject and the content (docs/format/store.md).
using JournalHash = std::array<std::byte, 32>;

// The newest entry; number 0 and a hash of zeros where there is none.
struct JournalHead {
  std::uint64_t number = 0;
  JournalHash hash{};

  bool operator==(const JournalHead&) const = default;
};

// "12-3f09c1…": number and hash, 64 hexadecimal digits.
std::string journal_head_text(const JournalHead& head);
std::optional<JournalHead> parse_journal_head(std::string_view text);

// Numbers count from 1. The views are valid during the call only.
using JournalVisitor =
    std::function<void(std::uint64_t number, std::string_view subject, std::string_view content)>;

struct JournalCheck {
  enum class Fault : std::uint8_t {
    kNone,
    kMissing,   // there is no entry of this number
    kChanged,   // the entry, or the hash that the next one has of it, is not what was written
    kNotFound,  // its subject does not lead to it, or leads to more than there is
    kForked,    // the head that was noted earlier is not that of the entry of its number
  };
  Fault fault = Fault::kNone;
  std::uint64_t number = 0;  // of the first entry at fault
  JournalHead head{};        // as the store has it
};

// What is wrong; empty where nothing is.
Bilingual journal_fault_text(const JournalCheck& check);

}  // namespace bidui::store
