// The audit log for the log auditor; accounts and authorisations for the security administrator.
#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "service/audit_words.h"
#include "service/authorisations.h"
#include "service/handlers.h"
#include "service/password.h"
#include "service/place_title.h"
#include "service/service.h"
#include "store/journal.h"
#include "workspace/keyed_code.h"

namespace bidui::service {
namespace {

namespace json = boost::json;

std::uint64_t number_of(std::string_view text) {
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

json::object entry_json(const AuditEntry& e, Locale locale, const FieldTitle& field_title) {
  return json::object{{"number", e.number},   {"at", e.at},
                      {"account", e.account}, {"name", e.name},
                      {"kind", e.kind},       {"action", e.action},
                      {"subject", e.subject}, {"purpose", e.purpose},
                      {"status", e.status},   {"detail", detail_words(e, locale, field_title)},
                      {"peer", e.peer},       {"authorisation", e.authorisation}};
}

std::string title_of_field(const workspace::Workspace& workspace, std::string_view record,
                           std::string_view field, Locale locale) {
  const auto schema = workspace.schema_of(record.substr(0, record.find(':')));
  const auto at = schema ? (*schema)->find_field(field) : std::nullopt;
  if (!at) return std::string(field);
  return std::string(
      workspace::pick(locale, (*schema)->fields[*at].title, workspace::spaced(field)));
}

json::object user_json(Service& service, const Account& a, Instant now) {
  json::array roles;
  for (const Role role : a.roles) roles.push_back(json::string(role_name(role)));
  return json::object{{"account", a.account},
                      {"name", a.name},
                      {"roles", std::move(roles)},
                      {"scope", a.scope},
                      {"place", place_title(a.scope)},
                      {"disabled", a.disabled},
                      {"locked", service.guard().is_locked(a.account, now)}};
}

json::object authorisation_json(const Authorisation& a) {
  json::array sources;
  for (const std::string& source : a.sources) sources.push_back(json::string(source));
  return json::object{{"id", a.id},
                      {"household", a.household},
                      {"account", a.account},
                      {"sources", std::move(sources)},
                      {"from", a.from},
                      {"to", a.to},
                      {"document", a.document},
                      {"by", a.by},
                      {"revoked", a.revoked}};
}

// Takes name, roles, scope and whether it is disabled.
void take(const Exchange& exchange, Account& account) {
  account.name = exchange.text("name");
  account.scope = exchange.text("scope");
  account.disabled = exchange.is_set("disabled");
  account.roles.clear();
  for (const json::value& role : workspace::list_of(exchange.body, "roles"))
    account.roles.push_back(*parse_role(role.as_string()));
}

Status set_password(Account& account, std::string_view password) {
  BIDUI_TRY(check_password(account.account, password));
  Result<std::string> hash = hash_password(password);
  BIDUI_TRY(hash);
  account.password_hash = std::move(*hash);
  return {};
}

Status keep(Service& service, const store::NamedBytes& kept) {
  return service.workspace().store().put_model(kept.name, kept.bytes);
}

}  // namespace

Response list_audit(Service& service, Exchange& exchange) {
  const Request& request = exchange.request;
  const std::string_view account = request.parameter("account");
  const std::string_view kind = request.parameter("kind");
  constexpr std::size_t kUsual = 100;
  constexpr std::size_t kMost = 500;
  const auto asked = static_cast<std::size_t>(number_of(request.parameter("limit")));
  const auto page =
      read_audit(service.store(), number_of(request.parameter("cursor")),
                 asked == 0 ? kUsual : std::min(asked, kMost), [&](const AuditEntry& entry) {
                   return (account.empty() || entry.account == account) &&
                          (kind.empty() || entry.kind == kind);
                 });
  BIDUI_ANSWER(exchange, page);
  json::array entries;
  const auto field_title = [&](std::string_view record, std::string_view field) {
    return title_of_field(service.workspace(), record, field, exchange.locale);
  };
  for (const AuditEntry& entry : page->entries)
    entries.push_back(entry_json(entry, exchange.locale, field_title));
  return Exchange::ok(
      json::object{{"entries", std::move(entries)},
                   {"next", page->next == 0 ? std::string() : std::to_string(page->next)}});
}

Response verify_audit(Service& service, Exchange& exchange) {
  const std::string_view given = exchange.request.parameter("head");
  const auto known = store::parse_journal_head(given);
  if (!given.empty() && !known)
    return exchange.refuse(bad_request(
        {"不是校验值（条数-64 位十六进制数）", "this is no head (number-64 hexadecimal digits)"},
        "head"));
  const auto check = service.store().verify_journal(known);
  BIDUI_ANSWER(exchange, check);
  const bool holds = check->fault == store::JournalCheck::Fault::kNone;
  const Bilingual fault = store::journal_fault_text(*check);
  return Exchange::ok(json::object{{"holds", holds},
                                   {"entries", check->head.number},
                                   {"fault", workspace::pick(exchange.locale, fault.zh, fault.en)},
                                   {"head", store::journal_head_text(check->head)}});
}

Response list_users(Service& service, Exchange& exchange) {
  const auto accounts = load_accounts(service.store());
  BIDUI_ANSWER(exchange, accounts);
  json::array users;
  for (const Account& account : *accounts)
    users.push_back(user_json(service, account, exchange.now));
  return Exchange::ok(json::object{{"users", std::move(users)}});
}

Response add_user(Service& service, Exchange& exchange) {
  Account account{.account = exchange.text("account")};
  take(exchange, account);
  exchange.audit.subject = account.account;
  BIDUI_ANSWER(exchange, check_account(account));
  const auto known = find_account(service.store(), account.account);
  BIDUI_ANSWER(exchange, known);
  if (*known)
    return exchange.refuse(
        conflict({"已有这个账号", "there is such an account already"}, "account"));
  BIDUI_ANSWER(exchange, set_password(account, exchange.text("password")));
  BIDUI_ANSWER(exchange, keep(service, kept_account(account)));
  return Exchange::ok(user_json(service, account, exchange.now), 201);
}

Response change_user(Service& service, Exchange& exchange) {
  auto account = find_account(service.store(), exchange.parameters.front());
  BIDUI_ANSWER(exchange, account);
  exchange.audit.subject = exchange.parameters.front();
  if (!*account) return exchange.refuse(not_found({"没有这个账号", "there is no such account"}));
  take(exchange, **account);
  BIDUI_ANSWER(exchange, check_account(**account));
  const std::string& own = exchange.account().account;
  const bool still = !(*account)->disabled && (*account)->powers().has(Power::kUsersManage);
  if ((*account)->account == own && !still)
    return exchange.refuse(conflict({"不能停用自己，也不能去掉自己的安全管理员角色",
                                     "nobody disables his own account or takes his own role"},
                                    "roles"));
  if (const std::string password = exchange.text("password"); !password.empty())
    BIDUI_ANSWER(exchange, set_password(**account, password));
  BIDUI_ANSWER(exchange, keep(service, kept_account(**account)));
  service.sessions().end_all_of((*account)->account,
                                (*account)->account == own ? exchange.token : std::string());
  return Exchange::ok(user_json(service, **account, exchange.now));
}

Response list_authorisations(Service& service, Exchange& exchange) {
  const auto all = load_authorisations(service.store());
  BIDUI_ANSWER(exchange, all);
  json::array list;
  for (const Authorisation& a : *all) list.push_back(authorisation_json(a));
  return Exchange::ok(json::object{{"authorisations", std::move(list)}});
}

Response add_authorisation(Service& service, Exchange& exchange) {
  // From the key of the request: asked twice, it is one.
  Authorisation a{
      .id = "A" + workspace::keyed_code(service.store().index_secret(), "authorisation",
                                        exchange.account().account + " " +
                                            std::string(exchange.request.header("idempotency-key")),
                                        12),
      .household = exchange.text("household"),
      .account = exchange.text("account"),
      .from = exchange.text("from"),
      .to = exchange.text("to"),
      .document = exchange.text("document"),
      .by = exchange.account().name};
  for (const json::value& source : workspace::list_of(exchange.body, "sources"))
    a.sources.emplace_back(source.as_string());
  exchange.audit.subject = a.id;
  exchange.audit.authorisation = a.id;
  BIDUI_ANSWER(exchange, check_authorisation(a));
  BIDUI_ANSWER(exchange, keep(service, kept_authorisation(a)));
  return Exchange::ok(authorisation_json(a), 201);
}

Response revoke_authorisation(Service& service, Exchange& exchange) {
  auto all = load_authorisations(service.store());
  BIDUI_ANSWER(exchange, all);
  exchange.audit.subject = exchange.parameters.front();
  const auto at = std::ranges::find(*all, exchange.parameters.front(), &Authorisation::id);
  if (at == all->end())
    return exchange.refuse(not_found({"没有这份授权", "there is no such authorisation"}));
  at->revoked = true;
  BIDUI_ANSWER(exchange, keep(service, kept_authorisation(*at)));
  return {.status = 204, .type = ""};
}

}  // namespace bidui::service
