#include "store/journal.h"

#include <algorithm>
#include <charconv>
#include <openssl/sha.h>
#include <rocksdb/write_batch.h>

#include "matcher/base/bilingual_error.h"
#include "store/layout.h"
#include "store/scan_prefix.h"
#include "store/store.h"
#include "store/store_impl.h"

namespace bidui::store {
namespace {

constexpr std::size_t kHashSize = sizeof(JournalHash);
constexpr std::size_t kLongLog = std::size_t{1} << 20;  // bytes worth flushing for the next opening

std::string_view text_of(const JournalHash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

// REQUIRES: bytes.size() >= kHashSize.
JournalHash hash_in(std::string_view bytes) {
  JournalHash hash;
  std::memcpy(hash.data(), bytes.data(), kHashSize);
  return hash;
}

// As stored: the hash before, the subject with its size, the content.
std::string encode(const JournalHash& before, const JournalEntry& entry) {
  std::string bytes(text_of(before));
  append_little_endian(bytes, static_cast<std::uint32_t>(entry.subject.size()));
  bytes += entry.subject;
  bytes += entry.content;
  return bytes;
}

struct StoredEntry {
  JournalHash before;
  std::string_view subject;
  std::string_view content;
};

std::optional<StoredEntry> decode(std::string_view bytes) {
  constexpr std::size_t kHead = kHashSize + sizeof(std::uint32_t);
  if (bytes.size() < kHead) return std::nullopt;
  const auto size = read_little_endian<std::uint32_t>(bytes.data() + kHashSize);
  if (bytes.size() - kHead < size) return std::nullopt;
  return StoredEntry{.before = hash_in(bytes),
                     .subject = bytes.substr(kHead, size),
                     .content = bytes.substr(kHead + size)};
}

// Of an entry as it is stored.
JournalHash hash_of(std::uint64_t number, std::string_view stored) {
  std::string bytes;
  bytes.reserve(sizeof number + stored.size());
  append_little_endian(bytes, number);
  bytes += stored;
  JournalHash hash;
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(hash.data()));
  return hash;
}

Error damaged(std::uint64_t number) {
  return damaged_error("日志", "the journal", std::to_string(number));
}

Result<JournalHead> read_head(const Database& database) {
  const auto bytes = database.get(Family::kMeta, kJournalHeadKey);
  BIDUI_TRY(bytes);
  if (!*bytes) return JournalHead{};
  if ((*bytes)->size() != sizeof(std::uint64_t) + kHashSize) return damaged(0);
  return JournalHead{.number = read_little_endian<std::uint64_t>((*bytes)->data()),
                     .hash = hash_in(std::string_view(**bytes).substr(sizeof(std::uint64_t)))};
}

std::string subject_number_key(std::string_view subject, std::uint64_t number) {
  std::string key = journal_subject_key(subject);
  append_big_endian(key, number);
  return key;
}

// Of journal_key(); 0, which no entry has, for any other.
std::uint64_t number_in(std::string_view key) {
  return key.size() == 1 + sizeof(std::uint64_t) ? read_big_endian<std::uint64_t>(key.substr(1))
                                                 : 0;
}

rocksdb::Slice slice(std::string_view text) { return {text.data(), text.size()}; }

// Follows the chain from its first entry.
class Checker {
 public:
  using Fault = JournalCheck::Fault;
  Checker(const Database& database, JournalHead head, std::optional<JournalHead> known)
      : database_(database), known_(known), check_{.head = head} {}

  void see(std::uint64_t number, std::string_view stored) {
    if (check_.fault != Fault::kNone) return;
    if (number != seen_.number + 1) return blame(Fault::kMissing, seen_.number + 1);
    const std::optional<StoredEntry> entry = decode(stored);
    if (!entry) return blame(Fault::kChanged, number);
    if (entry->before != seen_.hash)
      return blame(Fault::kChanged, std::max<std::uint64_t>(1, number - 1));
    if (const auto found =
            database_.get(Family::kAudit, subject_number_key(entry->subject, number));
        !found || !*found)
      return blame(Fault::kNotFound, number);
    seen_ = {.number = number, .hash = hash_of(number, stored)};
    if (known_ && known_->number == number && known_->hash != seen_.hash)
      blame(Fault::kForked, number);
  }

  JournalCheck result(std::uint64_t subjects) {
    const std::uint64_t least = std::max(check_.head.number, known_ ? known_->number : 0);
    if (check_.fault == Fault::kNone && seen_.number < least)
      blame(Fault::kMissing, seen_.number + 1);
    if (check_.fault == Fault::kNone && seen_ != check_.head) blame(Fault::kChanged, seen_.number);
    if (check_.fault == Fault::kNone && subjects != seen_.number)
      blame(Fault::kNotFound, seen_.number);
    return check_;
  }

 private:
  void blame(Fault fault, std::uint64_t number) {
    check_.fault = fault;
    check_.number = number;
  }

  const Database& database_;
  std::optional<JournalHead> known_;
  JournalCheck check_;
  JournalHead seen_{};
};

}  // namespace

std::string journal_head_text(const JournalHead& head) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text = std::to_string(head.number) + "-";
  for (const std::byte byte : head.hash) {
    text += kDigits[std::to_integer<unsigned>(byte >> 4)];
    text += kDigits[std::to_integer<unsigned>(byte & std::byte{15})];
  }
  return text;
}

std::optional<JournalHead> parse_journal_head(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos || text.size() - dash - 1 != 2 * kHashSize)
    return std::nullopt;
  JournalHead head;
  const char* const end = text.data() + dash;
  if (const auto read = std::from_chars(text.data(), end, head.number);
      read.ec != std::errc{} || read.ptr != end)
    return std::nullopt;
  for (std::size_t i = 0; i < kHashSize; ++i) {
    const char* const place = end + 1 + 2 * i;
    unsigned byte = 0;
    if (const auto read = std::from_chars(place, place + 2, byte, 16);
        read.ec != std::errc{} || read.ptr != place + 2)
      return std::nullopt;
    head.hash[i] = static_cast<std::byte>(byte);
  }
  return head;
}

Status Store::Impl::add_journal_entries(rocksdb::WriteBatch& batch,
                                        std::span<const JournalEntry> entries) {
  if (entries.empty()) return {};
  Result<JournalHead> head = read_head(*database_);
  BIDUI_TRY(head);
  auto* const family = database_->family(Family::kAudit);
  for (const JournalEntry& entry : entries) {
    if (entry.subject.find('\0') != std::string::npos)
      return bilingual_error(ErrorCode::kInvalidArgument, "日志的对象不合要求",
                             "this is no subject for the journal");
    const std::uint64_t number = ++head->number;
    const std::string stored = encode(head->hash, entry);
    batch.Put(family, journal_key(number), stored);
    batch.Put(family, subject_number_key(entry.subject, number), "");
    head->hash = hash_of(number, stored);
  }
  std::string bytes;
  append_little_endian(bytes, head->number);
  bytes += text_of(head->hash);
  batch.Put(database_->family(Family::kMeta), slice(kJournalHeadKey), bytes);
  return {};
}

Bilingual journal_fault_text(const JournalCheck& check) {
  const std::string n = std::to_string(check.number);
  switch (check.fault) {
    case JournalCheck::Fault::kNone:
      return {};
    case JournalCheck::Fault::kMissing:
      return {"第 " + n + " 条不见了", "entry " + n + " is missing"};
    case JournalCheck::Fault::kChanged:
      return {"第 " + n + " 条或其后的校验值被改动",
              "entry " + n + ", or the hash kept of it, was altered"};
    case JournalCheck::Fault::kNotFound:
      return {"第 " + n + " 条的对象对不上", "the subject of entry " + n + " does not lead to it"};
    case JournalCheck::Fault::kForked:
      return {"第 " + n + " 条不是当初记下的那一条：日志被重写过",
              "entry " + n + " is not the one that was noted: the journal was written anew"};
  }
  return {};
}

Status Store::append_journal(std::span<const JournalEntry> entries,
                             std::span<const NamedBytes> models) {
  BIDUI_TRY(impl_->check_writable());
  const auto lock = impl_->lock_changes();
  rocksdb::WriteBatch batch;
  BIDUI_TRY(impl_->add_journal_entries(batch, entries));
  for (const NamedBytes& model : models)
    batch.Put(impl_->database().family(Family::kModel), model.name, model.bytes);
  BIDUI_TRY(impl_->database().write(batch, Durability::kSynced));
  if (batch.GetDataSize() > kLongLog) impl_->database().shorten_log();
  return {};
}

Status Store::scan_journal(const JournalVisitor& visit) const {
  Status decoded;
  BIDUI_TRY(scan_prefix(impl_->database(), Family::kAudit, "j",
                        [&](std::string_view key, std::string_view stored) {
                          const std::uint64_t number = number_in(key);
                          if (const auto entry = decode(stored)) {
                            visit(number, entry->subject, entry->content);
                          } else {
                            decoded = damaged(number);
                          }
                        }));
  return decoded;
}

Result<JournalEntry> Store::journal_entry(std::uint64_t number) const {
  const auto stored = impl_->database().get(Family::kAudit, journal_key(number));
  BIDUI_TRY(stored);
  if (!*stored)
    return bilingual_error(ErrorCode::kNotFound, "日志没有这一条", "the journal has no such entry",
                           std::to_string(number));
  const auto entry = decode(**stored);
  if (!entry) return damaged(number);
  return JournalEntry{std::string(entry->subject), std::string(entry->content)};
}

Status Store::scan_journal_of(std::string_view subject, const JournalVisitor& visit) const {
  return impl_->scan_journal_index(journal_subject_key(subject), true, visit);
}

Status Store::scan_journal_under(std::string_view prefix, const JournalVisitor& visit) const {
  return impl_->scan_journal_index("s" + std::string(prefix), false, visit);
}

Status Store::Impl::scan_journal_index(const std::string& prefix, bool whole,
                                       const JournalVisitor& visit) const {
  std::vector<std::uint64_t> numbers;
  BIDUI_TRY(
      scan_prefix(database(), Family::kAudit, prefix, [&](std::string_view key, std::string_view) {
        const std::size_t behind = key.size() - prefix.size();
        if (whole ? behind == sizeof(std::uint64_t) : behind >= sizeof(std::uint64_t))
          numbers.push_back(
              read_big_endian<std::uint64_t>(key.substr(key.size() - sizeof(std::uint64_t))));
      }));
  std::ranges::sort(numbers);
  for (const std::uint64_t number : numbers) {
    const auto stored = database().get(Family::kAudit, journal_key(number));
    BIDUI_TRY(stored);
    const auto entry = *stored ? decode(**stored) : std::nullopt;
    if (!entry) return damaged(number);
    visit(number, entry->subject, entry->content);
  }
  return {};
}

Result<JournalHead> Store::journal_head() const { return read_head(impl_->database()); }

Result<JournalCheck> Store::verify_journal(const std::optional<JournalHead>& known) const {
  const Result<JournalHead> head = journal_head();
  BIDUI_TRY(head);
  Checker checker(impl_->database(), *head, known);
  BIDUI_TRY(scan_prefix(
      impl_->database(), Family::kAudit, "j",
      [&](std::string_view key, std::string_view stored) { checker.see(number_in(key), stored); }));
  std::uint64_t subjects = 0;
  BIDUI_TRY(scan_prefix(impl_->database(), Family::kAudit, "s",
                        [&](std::string_view, std::string_view) { ++subjects; }));
  return checker.result(subjects);
}

}  // namespace bidui::store
