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
  if (!e.detail.empty()) object["detail"] = e.detail;
  return {is_shown(e.subject) ? e.subject : std::string(kSubject), json::serialize(object)};
}

// Entries of others are told by what their subject begins with.
std::string_view kind_of_subject(std::string_view subject) {
  if (subject.starts_with("report/")) return "report";
  if (subject == "reveals") return "reveal";
  if (subject.starts_with(workspace::kDeliverySubject)) return "delivery";
  if (subject.starts_with("import/")) return "outcomes";
  if (subject.starts_with("visits/")) return "sample";
  return "step";
}

// Of others' entries: as a route that does the same, or what the entry says.
std::string action_of_kind(std::string_view kind, const json::object& object) {
  if (kind == "reveal") return "reveal";
  if (kind == "report") return "issueCheckReport";
  if (kind == "outcomes") return "importOutcomes";
  return text_of(object, "action");
}

// What a reveal says of itself: "service poverty:K id_number, name" of one in the service, else
// what was made ("flag export").
json::object revealed(std::string_view what) {
  constexpr std::string_view kService = "service ";
  if (!what.starts_with(kService)) return {{"made", what}};
  what.remove_prefix(kService.size());
  const std::size_t space = std::min(what.find(' '), what.size());
  json::object detail{{"records", json::array{json::string(what.substr(0, space))}}};
  json::array fields;
  for (std::size_t begin = space + 1; begin < what.size();) {
    const std::size_t end = std::min(what.find(", ", begin), what.size());
    fields.push_back(json::string(what.substr(begin, end - begin)));
    begin = end + 2;
  }
  detail["fields"] = std::move(fields);
  return detail;
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
    if (const json::value* const detail = object.if_contains("detail"))
      e.detail = detail->is_object() ? detail->as_object() : json::object{{"text", *detail}};
    e.status = static_cast<int>(workspace::count_of(object, "status"));
    return e;
  }
  e.kind = kind_of_subject(subject);
  e.subject = subject;
  e.name = text_of(object, "by");
  e.action = action_of_kind(e.kind, object);
  // Notes and names of files are somebody's own words: they stay where they are.
  const auto tell = [&](std::string_view member, std::string_view told) {
    if (const json::value* const value = object.if_contains(member)) e.detail[told] = *value;
  };
  if (e.kind == "step") tell("to", "to");
  if (e.kind == "reveal") e.detail = revealed(text_of(object, "what"));
  if (e.kind == "report") tell("code", "report");
  if (e.kind == "reveal" || e.kind == "delivery") tell("records", "people");
  if (e.kind == "outcomes") {
    tell("taken", "taken");
    tell("refused", "refused");
  }
  if (e.kind == "sample") {
    tell("households", "drawn");
    tell("results", "results");
  }
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
