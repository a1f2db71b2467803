// The work on flags: list, evidence, steps, progress, ledger.
#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "connectors/report/flag_ledger.h"
#include "matcher/base/bilingual_error.h"
#include "matcher/flag/disposition_words.h"
#include "matcher/flag/transition.h"
#include "matcher/rule/calendar.h"
#include "service/handlers.h"
#include "service/password.h"
#include "service/service.h"
#include "service/visibility.h"
#include "workspace/flag_json.h"
#include "workspace/flag_ledger.h"
#include "workspace/flag_progress.h"
#include "workspace/local_time.h"
#include "workspace/rule_files.h"
#include "workspace/step_words.h"
#include "workspace/take_steps.h"

namespace bidui::service {
namespace {

namespace json = boost::json;
using workspace::FlagFilter;
using workspace::ShownFlag;

Problem bad_parameter(std::string field) {
  return bad_request({"筛选条件 " + field + " 不是规定的值", field + " is none of its values"},
                     std::move(field));
}

constexpr std::array kStatuses = {flag::Status::kNew, flag::Status::kSame, flag::Status::kChanged,
                                  flag::Status::kGone, flag::Status::kReopened};

// Assigned to the account: under its own or its person's name, or as the village or township that
// its scope is: an assigning step says in words to whom (contracts §5).
workspace::Assignment to_account(const Account& account) {
  workspace::Assignment own{.to = {account.account, account.name}};
  if (account.scope.size() == 9) own.to_place = workspace::PlaceKind::kTownship;
  if (account.scope.size() == 12) own.to_place = workspace::PlaceKind::kVillage;
  return own;
}

// Who only works on flags of a village does not choose by others' names.
bool sees_assignees(const Account& account) {
  return std::ranges::any_of(account.roles, [](Role role) { return role != Role::kVillage; });
}

// Takes to whom the flags are assigned; sets `problem` where that is no choice. What is assigned to
// oneself is what waits for one, unless the query names a state.
void take_assignment(const Exchange& exchange, FlagFilter& filter,
                     std::optional<Problem>& problem) {
  const std::string_view assignee = exchange.request.parameter("assignee");
  const std::string_view assigned = exchange.request.parameter("assigned");
  const bool names_state = filter.state || filter.everything;
  if (!assignee.empty()) filter.assignment.to.emplace_back(assignee);
  if (assigned == "nobody") {
    filter.assignment.nobody = true;
  } else if (assigned == "me") {
    filter.assignment = to_account(exchange.account());
    if (!names_state) filter.state = flag::State::kAssigned;
  } else if (!assigned.empty() && assigned != "all") {
    problem = bad_parameter("assigned");
  }
  const bool both = !assignee.empty() && !assigned.empty() && assigned != "all";
  if (both || (!assignee.empty() && !sees_assignees(exchange.account())))
    problem = bad_parameter("assignee");
}

// The query's filter; sets `problem` where it is none.
FlagFilter filter_of(const Exchange& exchange, std::optional<Problem>& problem) {
  const Request& request = exchange.request;
  FlagFilter filter{.rule = std::string(request.parameter("rule")),
                    .township = std::string(request.parameter("township")),
                    .village = std::string(request.parameter("village"))};
  if (const auto severity = request.parameter("severity"); !severity.empty()) {
    filter.severity = rule::parse_severity(severity);
    if (!filter.severity) problem = bad_parameter("severity");
  }
  if (const auto state = request.parameter("state"); state == "all") {
    filter.everything = true;
  } else if (!state.empty()) {
    filter.state = flag::parse_state(state);
    if (!filter.state) problem = bad_parameter("state");
  }
  if (const auto status = request.parameter("status"); !status.empty()) {
    const auto at = std::ranges::find(kStatuses, status, flag::status_name);
    if (at == kStatuses.end()) {
      problem = bad_parameter("status");
    } else {
      filter.status = *at;
    }
  }
  if (request.parameter("overdue") == "1") filter.overdue_on = workspace::today();
  take_assignment(exchange, filter, problem);
  return filter;
}

std::size_t limit_of(const Request& request, std::size_t usual) {
  constexpr std::size_t kMost = 500;
  const std::string_view text = request.parameter("limit");
  std::size_t limit = 0;
  std::from_chars(text.data(), text.data() + text.size(), limit);
  return limit == 0 ? usual : std::min(limit, kMost);
}

// How much of what a query asks for is whose, whichever part of it is shown.
class AssignmentTally {
 public:
  AssignmentTally(const Account& account, const FlagFilter& filter)
      : own_(to_account(account)),
        others_(sees_assignees(account)),
        any_state_(filter.state || filter.everything) {}

  void add(const ShownFlag& flag) {
    const flag::Disposition& done = flag.done.disposition;
    ++all_;
    if (flag::waits_to_be_assigned(done.state())) ++nobody_;
    if (is_assigned(flag, own_) && (any_state_ || done.state() == flag::State::kAssigned)) ++me_;
    const flag::TakenStep* const assigned = done.last(flag::Action::kAssign);
    if (others_ && assigned != nullptr) ++assignees_[assigned->step.assignee];
  }

  // The assignees with most flags first; no more than can be chosen from.
  json::object to_json() const {
    constexpr std::size_t kMost = 200;
    std::vector<std::pair<std::string, std::size_t>> assignees(assignees_.begin(),
                                                               assignees_.end());
    std::ranges::stable_sort(assignees, std::ranges::greater{},
                             [](const auto& one) { return one.second; });
    if (assignees.size() > kMost) assignees.resize(kMost);
    json::array named;
    for (const auto& [assignee, flags] : assignees)
      named.push_back(json::object{{"assignee", assignee}, {"flags", flags}});
    return json::object{
        {"all", all_}, {"me", me_}, {"nobody", nobody_}, {"assignees", std::move(named)}};
  }

 private:
  workspace::Assignment own_;
  bool others_;
  bool any_state_;
  std::size_t all_ = 0;
  std::size_t me_ = 0;
  std::size_t nobody_ = 0;
  std::map<std::string, std::size_t> assignees_;
};

json::object step_json(const workspace::KeptStep& kept, std::size_t number, Locale locale) {
  const flag::Step& step = kept.taken.step;
  const auto title = [&](const flag::Word& word) { return workspace::title_of(word, locale); };
  const auto day = [](rule::DayNumber d) { return rule::format_date({d, d}); };
  return json::object{
      {"number", number},
      {"action", flag::word_of(step.action).name},
      {"title", workspace::step_words(kept, locale)},
      {"outcome", step.outcome == flag::Outcome::kNone ? std::string_view{}
                                                       : flag::word_of(step.outcome).name},
      {"role", flag::word_of(step.role).name},
      {"role_title", title(flag::word_of(step.role))},
      {"by", step.by},
      {"on", day(step.on)},
      {"date", step.date ? day(*step.date) : std::string()},
      {"reason",
       step.reason == flag::Reason::kNone ? std::string_view{} : flag::word_of(step.reason).name},
      {"reason_title",
       step.reason == flag::Reason::kNone ? std::string_view{} : title(flag::word_of(step.reason))},
      {"note", step.note},
      {"assignee", step.assignee},
      {"where", step.where},
      {"from", flag::word_of(kept.taken.from).name},
      {"to", flag::word_of(kept.taken.to).name},
      {"to_title",
       workspace::state_words(kept.taken.to, step.action == flag::Action::kConfirm, locale)},
      {"recorded", kept.recorded},
      {"run", kept.run}};
}

// Roles in which the account may take steps.
std::vector<flag::Role> roles_of(const Account& account) {
  std::vector<flag::Role> roles;
  for (const Role role : account.roles) {
    const auto own = step_roles_of(role);
    roles.insert(roles.end(), own.begin(), own.end());
  }
  return roles;
}

json::array choices_json(const ShownFlag& flag, const Account& account, Locale locale) {
  const std::vector<flag::Role> own = roles_of(account);
  json::array choices;
  for (const flag::Choice& choice :
       flag::possible_steps(flag.done.disposition, {.touches = flag.touches})) {
    if (choice.roles.empty()) continue;
    const bool possible = account.powers().has(Power::kFlagsAct) &&
                          std::ranges::any_of(choice.roles, [&](flag::Role role) {
                            return std::ranges::find(own, role) != own.end();
                          });
    std::string title(workspace::title_of(flag::word_of(choice.action), locale));
    const bool plain = choice.outcome == flag::Outcome::kNone;
    if (!plain)
      title += " " + std::string(workspace::title_of(flag::word_of(choice.outcome), locale));
    choices.push_back(
        json::object{{"action", flag::word_of(choice.action).name},
                     {"outcome", plain ? std::string_view{} : flag::word_of(choice.outcome).name},
                     {"title", title},
                     {"possible", possible}});
  }
  return choices;
}

json::array texts(const std::vector<Bilingual>& list, workspace::Locale locale) {
  json::array texts;
  for (const Bilingual& words : list) texts.emplace_back(workspace::pick(locale, words));
  return texts;
}

Problem hidden_flag() {
  return not_found({"没有这个疑点，或不在账号的范围内",
                    "there is no such flag, or it lies outside the account's scope"});
}

// Whether a flag may be opened. Where a look-up needs an authorisation, it is opened where a
// look-up of its household shows it: that one may name the household as another source numbers it.
std::optional<Problem> check_shown(const ShownFlag& flag, const Visibility& visibility,
                                   const workspace::LookupSnapshot& snapshot, Exchange& exchange) {
  if (!visibility.in_scope(flag)) return hidden_flag();
  if (!visibility.needs_authorisation()) return std::nullopt;
  const std::string subject = subject_of(flag);
  const bool alone = subject.starts_with(record_subject(""));
  auto found = workspace::lookup(
      snapshot, alone ? workspace::LookupQuery{.record = subject.substr(record_subject("").size())}
                      : workspace::LookupQuery{.household = subject});
  if (!found || !found->household) return authorisation_needed();
  if (auto problem = visibility.filter(*found->household, exchange)) return problem;
  const bool shown = std::ranges::any_of(found->household->flags, [&](const ShownFlag& one) {
    return one.state.flag.flag_id == flag.state.flag.flag_id;
  });
  return shown ? std::nullopt : std::optional(authorisation_needed());
}

}  // namespace

Response list_flags(Service& service, Exchange& exchange) {
  std::optional<Problem> problem;
  const FlagFilter filter = filter_of(exchange, problem);
  if (problem) return exchange.refuse(*problem);
  const Result<Visibility> visibility = Visibility::of(service, exchange);
  BIDUI_ANSWER(exchange, visibility);
  // Tallied without the assignment, and without the state that comes with one's own.
  FlagFilter whosoever = filter;
  whosoever.assignment = {};
  if (exchange.request.parameter("state").empty()) whosoever.state.reset();
  AssignmentTally tally(exchange.account(), whosoever);
  const auto page = service.board().page(
      [&](const ShownFlag& flag) {
        if (!visibility->shows(flag) || !workspace::passes_filter(flag, whosoever)) return false;
        tally.add(flag);
        return workspace::passes_filter(flag, filter);
      },
      exchange.request.parameter("cursor"), limit_of(exchange.request, 50));
  BIDUI_ANSWER(exchange, page);
  json::array flags;
  for (const ShownFlag& flag : page->flags)
    flags.push_back(workspace::flag_json(flag, exchange.locale, workspace::today()));
  exchange.audit.detail["flags"] = page->flags.size();
  return Exchange::ok(json::object{{"count", page->count},
                                   {"flags", std::move(flags)},
                                   {"next", page->next},
                                   {"assigned", tally.to_json()}});
}

Response show_flag(Service& service, Exchange& exchange) {
  const Result<Visibility> visibility = Visibility::of(service, exchange);
  BIDUI_ANSWER(exchange, visibility);
  const auto snapshot = service.snapshot();
  workspace::FlagReader reader = snapshot->flag_reader();
  const auto flag = workspace::find_flag(service.workspace(), exchange.parameters.front(), reader);
  if (!flag) return exchange.refuse(hidden_flag());
  exchange.audit.detail["flag"] = flag->state.flag.flag_id;
  if (auto problem = check_shown(*flag, *visibility, *snapshot, exchange))
    return exchange.refuse(*problem);
  const std::string subject = subject_of(*flag);
  exchange.audit.subject = subject.empty() ? flag->state.flag.flag_id : journal_subject(subject);
  json::array steps;
  for (std::size_t s = 0; s < flag->steps.size(); ++s)
    steps.push_back(step_json(flag->steps[s], s + 1, exchange.locale));
  json::array evidence = workspace::evidence_json(*flag, exchange.locale);
  const workspace::RecordReader records = snapshot->reader();
  for (json::value& item : evidence) {
    for (json::value& record : item.as_object()["records"].as_array()) {
      json::object& object = record.as_object();
      const auto source = records.find_source(object["source"].as_string());
      object["source_title"] = source ? records.sources()[*source].title(exchange.locale)
                                      : std::string(object["source"].as_string());
    }
  }
  return Exchange::ok(
      json::object{{"flag", workspace::flag_json(*flag, exchange.locale, workspace::today())},
                   {"evidence", std::move(evidence)},
                   {"tested", texts(flag->tested, exchange.locale)},
                   {"undecided", texts(flag->undecided, exchange.locale)},
                   {"visit", texts(flag->visit, exchange.locale)},
                   {"basis", texts(flag->basis, exchange.locale)},
                   {"steps", std::move(steps)},
                   {"choices", choices_json(*flag, exchange.account(), exchange.locale)}});
}

namespace {

// The step as it was ordered; an error names what is none of its words.
Result<workspace::StepOrder> step_order(const Exchange& exchange) {
  workspace::StepOrder order{.recorded = workspace::local_time(),
                             .left = exchange.text("left"),
                             .right = exchange.text("right"),
                             .dry_run = exchange.is_set("dry_run")};
  flag::Step& step = order.step;
  const auto wrong = [](const char* field) {
    return bilingual_error(ErrorCode::kInvalidArgument, "不是规定的值", "is none of its values",
                           field);
  };
  const auto action = flag::parse_action(exchange.text("action"));
  if (!action) return wrong("action");
  step.action = *action;
  step.by = exchange.account().name;
  step.note = exchange.text("note");
  step.assignee = exchange.text("assignee");
  step.where = exchange.text("where");
  if (const std::string outcome = exchange.text("outcome"); !outcome.empty()) {
    const auto known = flag::parse_outcome(outcome);
    if (!known) return wrong("outcome");
    step.outcome = *known;
  }
  if (const std::string reason = exchange.text("reason"); !reason.empty()) {
    const auto known = flag::parse_reason(reason);
    if (!known) return wrong("reason");
    step.reason = *known;
  }
  const auto day = [&](const char* field) -> Result<std::optional<rule::DayNumber>> {
    const std::string text = exchange.text(field);
    if (text.empty()) return std::optional<rule::DayNumber>{};
    const auto range = text.size() == 10 ? rule::parse_date_text(text) : std::nullopt;
    if (!range)
      return bilingual_error(ErrorCode::kInvalidArgument, "日期写作 YYYY-MM-DD",
                             "a date is written YYYY-MM-DD", field);
    return std::optional(range->first);
  };
  const auto date = day("date");
  BIDUI_TRY(date);
  step.date = *date;
  const auto on = day("on");
  BIDUI_TRY(on);
  step.on = on->value_or(workspace::today());
  return order;
}

// The role that was named, or the first one in which the account can take the step.
Result<flag::Role> step_role(const Exchange& exchange, const ShownFlag& flag,
                             const flag::Step& step) {
  const std::vector<flag::Role> own = roles_of(exchange.account());
  if (const std::string role = exchange.text("role"); !role.empty()) {
    const auto named = flag::parse_role(role);
    if (named && std::ranges::find(own, *named) != own.end()) return *named;
    return bilingual_error(ErrorCode::kInvalidArgument, "账号没有这个身份",
                           "the account does not have this role", "role");
  }
  for (const flag::Choice& choice :
       flag::possible_steps(flag.done.disposition, {.touches = flag.touches})) {
    if (choice.action != step.action || choice.outcome != step.outcome) continue;
    for (const flag::Role role : choice.roles) {
      if (std::ranges::find(own, role) != own.end()) return role;
    }
  }
  // Nothing fits: the table says what is possible, and for whom.
  return own.empty() ? flag::Role::kVillage : own.front();
}

}  // namespace

Response take_steps(Service& service, Exchange& exchange) {
  Result<workspace::StepOrder> order = step_order(exchange);
  BIDUI_ANSWER(exchange, order);
  const Result<Visibility> visibility = Visibility::of(service, exchange);
  BIDUI_ANSWER(exchange, visibility);
  std::vector<std::string> ids;
  for (const json::value& id : workspace::list_of(exchange.body, "flags"))
    ids.emplace_back(id.as_string());
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  // The board knows all flags: nothing is read for those that may not be touched.
  std::size_t covered = 0;
  std::optional<ShownFlag> first;
  service.board().visit(
      [&](const ShownFlag& flag) {
        return std::ranges::binary_search(ids, flag.state.flag.flag_id) && visibility->shows(flag);
      },
      [&](const ShownFlag& flag) {
        ++covered;
        if (flag.state.flag.flag_id == ids.front()) first = flag;
      });
  if (covered != ids.size()) return exchange.refuse(hidden_flag());
  const Result<flag::Role> role = step_role(exchange, *first, order->step);
  BIDUI_ANSWER(exchange, role);
  order->step.role = *role;
  exchange.audit.detail = {{"step", exchange.text("action")}, {"flags", ids.size()}};
  const auto taken = workspace::take_steps(service.workspace(), ids, *order);
  BIDUI_ANSWER(exchange, taken);
  if (!order->dry_run) BIDUI_ANSWER(exchange, service.board().update(service.workspace(), ids));
  json::array steps;
  for (const workspace::StepsTaken::One& one : taken->steps) {
    steps.push_back(json::object{
        {"flag_id", one.flag_id},
        {"from", flag::word_of(one.from).name},
        {"to", flag::word_of(one.to).name},
        {"to_title", workspace::state_words(one.to, order->step.action == flag::Action::kConfirm,
                                            exchange.locale)}});
  }
  return Exchange::ok(json::object{{"steps", std::move(steps)},
                                   {"dry_run", order->dry_run},
                                   {"cannot_links_added", taken->cannot_links_added},
                                   {"cannot_links_removed", taken->cannot_links_removed}});
}

namespace {

struct Counts {
  std::string title{};
  std::uint64_t found = 0;
  std::uint64_t checked = 0;
  std::uint64_t found_true = 0;
  std::uint64_t closed = 0;
  std::uint64_t overdue = 0;

  void add(const ShownFlag& flag, rule::DayNumber today) {
    const flag::Disposition& done = flag.done.disposition;
    const flag::TakenStep* const check = done.last(flag::Action::kCheck);
    ++found;
    if (check != nullptr) ++checked;
    if (check != nullptr && check->step.outcome == flag::Outcome::kTrue) ++found_true;
    if (flag::is_settled(done.state())) ++closed;
    if (flag::is_overdue(done, today)) ++overdue;
  }
};

json::array counts_json(const std::map<std::string, Counts>& counts, bool by_rule) {
  json::array rows;
  for (const auto& [key, c] : counts) {
    rows.push_back(json::object{{"place", by_rule ? std::string() : key},
                                {"rule", by_rule ? key : std::string()},
                                {"title", c.title},
                                {"found", c.found},
                                {"checked", c.checked},
                                {"found_true", c.found_true},
                                {"closed", c.closed},
                                {"overdue", c.overdue}});
  }
  return rows;
}

}  // namespace

Response flag_progress(Service& service, Exchange& exchange) {
  std::optional<Problem> problem;
  FlagFilter filter = filter_of(exchange, problem);
  if (problem) return exchange.refuse(*problem);
  filter.everything = true;
  const Result<Visibility> visibility = Visibility::of(service, exchange);
  BIDUI_ANSWER(exchange, visibility);
  // Below a township its villages.
  const bool villages = !filter.township.empty() || exchange.account().scope.size() > 6;
  const rule::DayNumber today = workspace::today();
  std::map<std::string, Counts> units;
  std::map<std::string, Counts> rules;
  service.board().visit(
      [&](const ShownFlag& flag) {
        return visibility->in_scope(flag) && workspace::passes_filter(flag, filter);
      },
      [&](const ShownFlag& flag) {
        Counts& unit = units[villages ? flag.village : flag.township];
        unit.title = villages ? flag.village : flag.township;
        unit.add(flag, today);
        Counts& rule = rules[flag.state.flag.rule];
        rule.title = workspace::pick(exchange.locale, flag.title, flag.title_en);
        rule.add(flag, today);
      });
  return Exchange::ok(
      json::object{{"units", counts_json(units, false)}, {"rules", counts_json(rules, true)}});
}

namespace {

// A file in the system's folder for such, gone with the object.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& name)
      : path_(std::filesystem::temp_directory_path() / name) {}
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }
  std::string content() const {
    std::ifstream file(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  std::filesystem::path path_;
};

}  // namespace

Response flag_ledger(Service& service, Exchange& exchange) {
  std::optional<Problem> problem;
  FlagFilter filter = filter_of(exchange, problem);
  if (problem) return exchange.refuse(*problem);
  const Result<Visibility> visibility = Visibility::of(service, exchange);
  BIDUI_ANSWER(exchange, visibility);
  // A file of many households, which no authorisation names.
  if (visibility->needs_authorisation()) return exchange.refuse(authorisation_needed());
  // An account of a township or village gets what lies in it.
  const std::string& scope = exchange.account().scope;
  if (scope.size() > 6) {
    std::string& narrowed = scope.size() > 9 ? filter.village : filter.township;
    if (!narrowed.empty() && !narrowed.starts_with(scope) &&
        narrowed.find_first_not_of("0123456789") == std::string::npos)
      return exchange.refuse(hidden_flag());
    narrowed = scope;
  }
  const auto ledger = workspace::make_flag_ledger(
      service.workspace(),
      {.filter = filter, .today = workspace::local_day(), .chosen = {}, .locale = exchange.locale});
  BIDUI_ANSWER(exchange, ledger);
  const TemporaryFile file("bidui-ledger-" + random_token(8) + ".xlsx");
  BIDUI_ANSWER(exchange,
               connectors::report::write_flag_ledger(*ledger, file.path(), exchange.locale));
  exchange.audit.detail["flags"] = ledger->flags.size();
  Response response{.type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                    .body = file.content()};
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"ledger.xlsx\"");
  return response;
}

}  // namespace bidui::service
