#include "workspace/check_report.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <fmt/format.h>

#include "connectors/report/check_report_page.h"
#include "matcher/base/bilingual_error.h"
#include "matcher/flag/disposition_words.h"
#include "matcher/text/mask.h"
#include "workspace/content_hash.h"
#include "workspace/flag_states.h"
#include "workspace/flag_steps.h"
#include "workspace/json_member.h"
#include "workspace/keyed_code.h"
#include "workspace/make_check_report.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;

constexpr std::string_view kPrefix = "HD";
constexpr std::size_t kGroups = 4;
constexpr std::size_t kGroupDigits = 4;
constexpr std::string_view kSubject = "report/";         // of the journal's entries
constexpr std::string_view kPages = "check_report/";     // among the store's named bytes
constexpr std::string_view kLast = "check_report_last";  // the newest number

std::string number_text(std::uint64_t number) { return fmt::format("{}{:04}", kPrefix, number); }

// "HD0012-7F3A-9C21-0B44-D2E8" of the number and 16 digits.
std::string code_text(std::uint64_t number, std::string_view digits) {
  std::string code = number_text(number);
  for (std::size_t i = 0; i < kGroups; ++i)
    code.append("-").append(digits.substr(i * kGroupDigits, kGroupDigits));
  return code;
}

// What stands in a code's place while the page's hash is taken.
std::string blank_code(std::uint64_t number) {
  return code_text(number, std::string(kGroups * kGroupDigits, '0'));
}

std::string code_of(const Workspace& workspace, std::uint64_t number, std::string_view blank_page) {
  return code_text(number, keyed_code(workspace.store().index_secret(), "check report", blank_page,
                                      kGroups * kGroupDigits));
}

struct Code {
  std::string text{};
  std::uint64_t number = 0;
};

bool is_code_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'); }

// The code that `text` begins with.
std::optional<Code> code_at(std::string_view text) {
  constexpr std::size_t kTail = kGroups * (kGroupDigits + 1);
  constexpr std::size_t kFewest = 4;
  if (!text.starts_with(kPrefix)) return std::nullopt;
  Code code;
  const char* const begin = text.data() + kPrefix.size();
  const auto read = std::from_chars(begin, text.data() + text.size(), code.number);
  const auto head = static_cast<std::size_t>(read.ptr - text.data());
  if (read.ec != std::errc{} || head < kPrefix.size() + kFewest || text.size() < head + kTail)
    return std::nullopt;
  for (std::size_t i = 0; i < kTail; ++i) {
    const char c = text[head + i];
    if (i % (kGroupDigits + 1) == 0 ? c != '-' : !is_code_digit(c)) return std::nullopt;
  }
  code.text = text.substr(0, head + kTail);
  if (!code.text.starts_with(number_text(code.number) + "-")) return std::nullopt;
  return code;
}

std::optional<Code> find_code(std::string_view page) {
  for (std::size_t at = page.find(kPrefix); at != std::string_view::npos;
       at = page.find(kPrefix, at + 1)) {
    if (auto code = code_at(page.substr(at))) return code;
  }
  return std::nullopt;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

std::string sha256(std::string_view text) {
  ContentHash hash;
  hash.add(text);
  return hash.finish();
}

std::string page_name(std::uint64_t number) { return std::string(kPages) + number_text(number); }

Result<std::uint64_t> next_number(const store::Store& store) {
  const auto last = store.model(kLast);
  BIDUI_TRY(last);
  std::uint64_t number = 0;
  if (*last) std::from_chars((*last)->data(), (*last)->data() + (*last)->size(), number);
  return number + 1;
}

json::array flag_entries(const HouseholdView& view) {
  json::array flags;
  for (const ShownFlag& flag : view.flags) {
    const flag::Flag& f = flag.state.flag;
    flags.push_back(json::object{{"flag_id", f.flag_id},
                                 {"state", flag::word_of(flag.done.disposition.state()).name},
                                 {"evidence_hash", fmt::format("{:016x}", f.evidence_hash)}});
  }
  return flags;
}

// The entry of a report's issue; an empty object where there is none.
Result<json::object> issue_of(const store::Store& store, std::uint64_t number) {
  json::object issue;
  Status decoded;
  BIDUI_TRY(store.scan_journal_of(std::string(kSubject) + number_text(number),
                                  [&](std::uint64_t, std::string_view, std::string_view content) {
                                    boost::system::error_code failure;
                                    const json::value value = json::parse(content, failure);
                                    if (failure || !value.is_object()) {
                                      decoded = damaged_error("核对报告的出具记录",
                                                              "the issue of a check report");
                                      return;
                                    }
                                    issue = value.as_object();
                                  }));
  BIDUI_TRY(decoded);
  return issue;
}

// What became of the flags that the report shows.
Status add_flags_since(const store::Store& store, const json::object& issue,
                       CheckedReport& checked) {
  for (const json::value& entry : list_of(issue, "flags")) {
    if (!entry.is_object()) continue;
    CheckedReport::FlagSince since{.flag_id = text_of(entry.as_object(), "flag_id"),
                                   .then = text_of(entry.as_object(), "state")};
    const auto text = store.flag(since.flag_id);
    BIDUI_TRY(text);
    if (!*text) continue;
    const Result<FlagState> state = decode_flag_state(since.flag_id, **text);
    BIDUI_TRY(state);
    const Result<std::vector<KeptStep>> steps = load_steps(store, since.flag_id);
    BIDUI_TRY(steps);
    since.now = flag::word_of(fold_steps(*steps).disposition.state()).name;
    since.gone = state->flag.status == flag::Status::kGone;
    since.evidence_changed = fmt::format("{:016x}", state->flag.evidence_hash) !=
                             text_of(entry.as_object(), "evidence_hash");
    checked.flags.push_back(std::move(since));
  }
  return {};
}

// What the store knows of a code; kNeverIssued where it is none of its own.
Result<CheckedReport> look_up(const Workspace& workspace, const Code& code) {
  const store::Store& store = workspace.store();
  CheckedReport checked{.code = code.text};
  const Result<store::JournalCheck> journal = store.verify_journal();
  BIDUI_TRY(journal);
  if (journal->fault != store::JournalCheck::Fault::kNone) {
    checked.verdict = CheckVerdict::kJournalBroken;
    return checked;
  }
  const Result<json::object> issue = issue_of(store, code.number);
  BIDUI_TRY(issue);
  if (text_of(*issue, "code") != code.text) {
    checked.verdict = CheckVerdict::kNeverIssued;
    return checked;
  }
  checked.household = text_of(*issue, "household");
  checked.head = text_of(*issue, "head");
  checked.run = text_of(*issue, "run");
  checked.by = text_of(*issue, "by");
  checked.purpose = text_of(*issue, "purpose");
  checked.recorded = text_of(*issue, "recorded");
  const auto page = store.model(page_name(code.number));
  BIDUI_TRY(page);
  const bool kept = page->has_value() && sha256(**page) == text_of(*issue, "sha256");
  if (!kept) return damaged_error("核对报告的存档", "a check report that was kept", code.text);
  checked.page = **page;
  const json::value* const revealed = issue->if_contains("revealed");
  checked.revealed = revealed != nullptr && revealed->is_bool() && revealed->as_bool();
  const auto runs = store.runs();
  BIDUI_TRY(runs);
  for (const store::RunInfo& run : *runs) {
    if (run.id > checked.run) checked.newer_runs.push_back(run.id);
  }
  BIDUI_TRY(add_flags_since(store, *issue, checked));
  checked.verdict = CheckVerdict::kGenuine;
  return checked;
}

}  // namespace

Result<IssuedReport> issue_check_report(Workspace& workspace, const HouseholdView& view,
                                        const CheckReportOrder& order) {
  store::Store& store = workspace.store();
  const Result<connectors::report::CheckReport> report = make_check_report(workspace, view, order);
  BIDUI_TRY(report);
  const Result<std::uint64_t> number = next_number(store);
  BIDUI_TRY(number);
  const std::string head = report->revealed ? text::mask_name(report->head) : report->head;
  const std::string blank = blank_code(*number);
  const std::string page = connectors::report::check_report_page(*report, blank, order.locale);
  IssuedReport issued{.code = code_of(workspace, *number, page)};
  issued.page = replaced(page, blank, issued.code);
  const store::JournalEntry entry{
      .subject = std::string(kSubject) + number_text(*number),
      .content = json::serialize(json::object{{"code", issued.code},
                                              {"sha256", sha256(issued.page)},
                                              {"household", report->household},
                                              {"head", head},
                                              {"revealed", report->revealed},
                                              {"run", view.run},
                                              {"by", order.by},
                                              {"purpose", order.purpose},
                                              {"recorded", order.recorded},
                                              {"flags", flag_entries(view)}})};
  const std::array<store::NamedBytes, 2> kept = {
      {{page_name(*number), issued.page}, {std::string(kLast), std::to_string(*number)}}};
  BIDUI_TRY(store.append_journal({&entry, 1}, kept));
  return issued;
}

Result<CheckedReport> verify_check_page(const Workspace& workspace, std::string_view bytes) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (bytes.starts_with(kMark)) bytes.remove_prefix(kMark.size());
  const std::string page = replaced(std::string(bytes), "\r\n", "\n");
  const std::optional<Code> code = find_code(page);
  if (!code) return CheckedReport{.verdict = CheckVerdict::kNoCode};
  Result<CheckedReport> checked = look_up(workspace, *code);
  BIDUI_TRY(checked);
  const bool made_here =
      code_of(workspace, code->number, replaced(page, code->text, blank_code(code->number))) ==
      code->text;
  if (checked->verdict == CheckVerdict::kGenuine && (!made_here || page != checked->page))
    checked->verdict = CheckVerdict::kAltered;
  return checked;
}

Result<CheckedReport> verify_check_code(const Workspace& workspace, std::string_view text) {
  std::string code;
  for (const char c : text) {
    if (c != ' ' && c != '\t') code += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  const std::optional<Code> read = code_at(code);
  if (!read || read->text != code) return CheckedReport{.verdict = CheckVerdict::kNoCode};
  return look_up(workspace, *read);
}

}  // namespace bidui::workspace
