#include "service/audit_log.h"

#include <algorithm>
#include <boost/json.hpp>

#include "workspace/delivery_journal.h"
#include "workspace/json_member.h"

namespace bidui::service {
namespace {

namespace json = boost::json;
using workspace::text_of;

constexpr std::string_view kSubject = "access";
constexpr std::string_view kHousehold = "household/";
constexpr std::string_view kRecord = "record/";

// Whether accesses to it are found again by it.
bool is_shown(std::string_view subject) {
  return subject.starts_with(kHousehold) || subject.starts_with(kRecord);
}

store::JournalEntry encode(const AuditEntry& e) {
  json::object object{{"at", e.at},           {"kind", e.kind}, {"action", e.action},
                      {"account", e.account}, {"name", e.name}, {"peer", e.peer},
                      {"status", e.status}};
  const auto add = [&](std::string_view member, const std::string& value) {
    if (!value.empty()) object[member] = value;
  };
  add("subject", e.subject);
  add("purpose", e.purpose);
  add("authorisation", e.authorisation);
  add("detail", e.detail);
  return {is_shown(e.subject) ? e.subject : std::string(kSubject), json::serialize(object)};
}

// Entries of others are told by what their subject begins with.
std::string_view kind_of_subject(std::string_view subject) {
  if (subject.starts_with("report/")) return "report";
  if (subject == "reveals") return "reveal";
  if (subject.starts_with(workspace::kDeliverySubject)) return "delivery";
  return "step";
}

AuditEntry decode(std::uint64_t number, std::string_view subject, std::string_view content) {
  AuditEntry e{.number = number};
  boost::system::error_code failure;
  const json::value value = json::parse(content, failure);
  const json::object none;
  const json::object& object = !failure && value.is_object() ? value.as_object() : none;
  if (subject == kSubject || is_shown(subject)) {
    e.at = text_of(object, "at");
    e.kind = text_of(object, "kind");
    e.action = text_of(object, "action");
    e.account = text_of(object, "account");
    e.name = text_of(object, "name");
    e.peer = text_of(object, "peer");
    e.subject = text_of(object, "subject");
    e.purpose = text_of(object, "purpose");
    e.authorisation = text_of(object, "authorisation");
    e.detail = text_of(object, "detail");
    e.status = static_cast<int>(workspace::count_of(object, "status"));
    return e;
  }
  e.kind = kind_of_subject(subject);
  e.subject = subject;
  e.name = text_of(object, "by");
  e.action = text_of(object, e.kind == "step" || e.kind == "delivery" ? "action" : "what");
  e.purpose = text_of(object, e.kind == "report" ? "purpose" : "reason");
  e.at = text_of(object, e.kind == "reveal" ? "at" : "recorded");
  return e;
}

}  // namespace

std::string record_subject(std::string_view record) {
  return std::string(kRecord) + std::string(record);
}

std::string journal_subject(std::string_view shown) {
  return (shown.starts_with(kRecord) ? std::string() : std::string(kHousehold)) +
         std::string(shown);
}

Status AuditLog::append(const AuditEntry& entry, std::optional<store::NamedBytes> kept) {
  Waiting own{.entry = encode(entry), .kept = std::move(kept)};
  std::unique_lock lock(mutex_);
  waiting_.push_back(&own);
  written_.wait(lock, [&] { return own.done || !writing_; });
  if (own.done) return own.status;
  // Nobody writes: this caller does, for all who wait.
  writing_ = true;
  std::vector<Waiting*> batch = std::move(waiting_);
  waiting_.clear();
  lock.unlock();
  std::vector<store::JournalEntry> entries;
  std::vector<store::NamedBytes> kept_with_them;
  entries.reserve(batch.size());
  for (Waiting* waiting : batch) {
    entries.push_back(std::move(waiting->entry));
    if (waiting->kept) kept_with_them.push_back(std::move(*waiting->kept));
  }
  const Status status = store_.append_journal(entries, kept_with_them);
  lock.lock();
  for (Waiting* waiting : batch) {
    waiting->status = status;
    waiting->done = true;
  }
  writing_ = false;
  written_.notify_all();
  return status;
}

Result<AuditPage> read_audit(const store::Store& store, std::uint64_t before, std::size_t limit,
                             const std::function<bool(const AuditEntry&)>& wanted) {
  constexpr std::uint64_t kMostLookedAt = 20'000;
  const Result<store::JournalHead> head = store.journal_head();
  BIDUI_TRY(head);
  std::uint64_t number = before == 0 ? head->number + 1 : std::min(before, head->number + 1);
  const std::uint64_t last = number > kMostLookedAt ? number - kMostLookedAt : 1;
  AuditPage page;
  while (number > last && page.entries.size() < limit) {
    --number;
    const Result<store::JournalEntry> entry = store.journal_entry(number);
    BIDUI_TRY(entry);
    AuditEntry decoded = decode(number, entry->subject, entry->content);
    if (wanted(decoded)) page.entries.push_back(std::move(decoded));
  }
  page.next = number > 1 ? number : 0;
  return page;
}

Result<std::vector<AuditEntry>> audit_of(const store::Store& store,
                                         const std::vector<std::string>& shown) {
  std::vector<AuditEntry> entries;
  for (const std::string& name : shown) {
    BIDUI_TRY(store.scan_journal_of(
        journal_subject(name),
        [&](std::uint64_t number, std::string_view subject, std::string_view content) {
          entries.push_back(decode(number, subject, content));
        }));
  }
  std::ranges::sort(entries, {}, &AuditEntry::number);
  return entries;
}

}  // namespace bidui::service
