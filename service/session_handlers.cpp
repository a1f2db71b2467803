// Signing in and out, and what the page needs to know of the workspace.
#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>

#include "matcher/flag/disposition_words.h"
#include "matcher/text/division.h"
#include "service/handlers.h"
#include "service/password.h"
#include "service/place_title.h"
#include "service/service.h"
#include "workspace/local_time.h"
#include "workspace/run_output.h"
#include "workspace/step_words.h"

namespace bidui::service {
namespace {

namespace json = boost::json;
using workspace::pick;

json::object session_json(const Session& session, Instant now) {
  const Account& account = session.account;
  json::array roles;
  for (const Role role : account.roles) roles.push_back(json::string(role_name(role)));
  json::array may;
  for (const Power power : account.powers().list()) may.push_back(json::string(power_name(power)));
  const auto left = std::chrono::duration_cast<std::chrono::seconds>(session.ends - now);
  return json::object{{"account", account.account},
                      {"name", account.name},
                      {"roles", std::move(roles)},
                      {"scope", account.scope},
                      {"place", place_title(account.scope)},
                      {"csrf", session.csrf},
                      {"may", std::move(may)},
                      {"purpose_needed", account.has(Role::kAuditor)},
                      {"expires_at", workspace::utc_time_after(left)}};
}

std::string cookie(std::string_view token, bool secure, std::string_view more) {
  return fmt::format("bidui_session={}; Path=/; HttpOnly; SameSite=Strict{}{}", token,
                     secure ? "; Secure" : "", more);
}

Response wrong_password(Exchange& exchange) {
  return exchange.refuse({.status = 401,
                          .code = "not_signed_in",
                          .detail = {"账号或密码不对", "account or password is wrong"}});
}

json::array places_json(std::uint32_t county, const Account& account) {
  json::array places;
  const auto add = [&](const text::Division& place, std::string_view kind) {
    const std::string code = std::to_string(place.code);
    // An account of a village still sees which township that lies in.
    if (!code.starts_with(account.scope) && !account.scope.starts_with(code)) return;
    places.push_back(json::object{{"code", code}, {"name", place.name}, {"kind", kind}});
  };
  for (std::size_t t = 0; t < text::township_count(county); ++t) {
    const text::Division township = text::township(county, t);
    add(township, "township");
    const auto code = static_cast<std::uint32_t>(township.code);
    for (std::size_t v = 0; v < text::village_count(code); ++v)
      add(text::village(code, v), "village");
  }
  return places;
}

// To whom the account may give work: who works on flags in its villages and townships. Empty for
// those who give none.
Result<json::array> workers_json(const Service& service, const Account& asking) {
  json::array workers;
  if (!asking.has(Role::kTownship) && !asking.has(Role::kCounty)) return workers;
  const Result<std::vector<Account>> accounts = load_accounts(service.store());
  BIDUI_TRY(accounts);
  const auto works = [&](const Account& a) {
    return !a.disabled && asking.covers(a.scope) &&
           (a.has(Role::kVillage) || a.has(Role::kTownship));
  };
  for (const Account& a : *accounts) {
    if (!works(a)) continue;
    const auto bears_name = [&](const Account& other) {
      return works(other) && other.name == a.name;
    };
    const bool alone = std::ranges::count_if(*accounts, bears_name) == 1;
    workers.push_back(json::object{{"assignee", alone ? a.name : a.account},
                                   {"name", a.name},
                                   {"place", place_title(a.scope)}});
  }
  return workers;
}

}  // namespace

Response sign_in(Service& service, Exchange& exchange) {
  const std::string account = exchange.text("account");
  const std::string& peer = exchange.request.peer;
  exchange.audit.account = account;
  if (const auto wait = service.guard().must_wait(account, peer, exchange.now)) {
    const auto minutes = std::chrono::ceil<std::chrono::minutes>(*wait).count();
    return exchange.refuse(
        {.status = 429,
         .code = "too_many",
         .detail = {fmt::format("密码输错次数过多，请 {} 分钟后再试", minutes),
                    fmt::format("too many wrong passwords; try again in {} minutes", minutes)},
         .retry_after = static_cast<int>(wait->count())});
  }
  const Result<std::optional<Account>> found = find_account(service.store(), account);
  BIDUI_ANSWER(exchange, found);
  const std::string password = exchange.text("password");
  const bool usable = *found && !(*found)->disabled;
  if (!usable) spend_password_time(password);
  if (!usable || !fits_password(password, (*found)->password_hash)) {
    service.guard().failed(account, peer, exchange.now);
    return wrong_password(exchange);
  }
  service.guard().succeeded(account, peer);
  exchange.audit.name = (*found)->name;
  const std::string token = service.sessions().begin(**found, exchange.now);
  const auto session = service.sessions().find(token, exchange.now);
  Response response = Exchange::ok(session_json(*session, exchange.now), 201);
  response.headers.emplace_back("Set-Cookie", cookie(token, exchange.request.secure, ""));
  return response;
}

Response current_session(Service&, Exchange& exchange) {
  return Exchange::ok(session_json(*exchange.session, exchange.now));
}

Response sign_out(Service& service, Exchange& exchange) {
  service.sessions().end(exchange.token);
  Response response{.status = 204, .type = ""};
  response.headers.emplace_back("Set-Cookie", cookie("", exchange.request.secure, "; Max-Age=0"));
  return response;
}

Response change_password(Service& service, Exchange& exchange) {
  // As it is kept: the session's may be older.
  Result<std::optional<Account>> found = find_account(service.store(), exchange.account().account);
  BIDUI_ANSWER(exchange, found);
  const std::string& peer = exchange.request.peer;
  const std::string& name = exchange.account().account;
  if (!*found || service.guard().must_wait(name, peer, exchange.now) ||
      !fits_password(exchange.text("old"), (*found)->password_hash)) {
    service.guard().failed(name, peer, exchange.now);
    return exchange.refuse(bad_request({"原密码不对", "the old password is wrong"}, "old"));
  }
  BIDUI_ANSWER(exchange, check_password(name, exchange.text("new")));
  Result<std::string> hash = hash_password(exchange.text("new"));
  BIDUI_ANSWER(exchange, hash);
  (*found)->password_hash = std::move(*hash);
  const store::NamedBytes kept = kept_account(**found);
  BIDUI_ANSWER(exchange, service.workspace().store().put_model(kept.name, kept.bytes));
  service.sessions().end_all_of(name, exchange.token);
  return {.status = 204, .type = ""};
}

Response meta(Service& service, Exchange& exchange) {
  const auto snapshot = service.snapshot();
  const Locale locale = exchange.locale;
  json::array sources;
  const workspace::RecordReader reader = snapshot->reader();
  for (const workspace::RunSource& source : reader.sources())
    sources.push_back(json::object{{"source", source.instance}, {"title", source.title(locale)}});
  json::array rules;
  workspace::FlagReader flags = snapshot->flag_reader();
  for (const rule::Rule& rule : flags.rules()) {
    rules.push_back(json::object{{"rule", rule.id},
                                 {"title", pick(locale, rule.title, rule.title_en)},
                                 {"severity", rule::severity_name(rule.severity)}});
  }
  json::array states;
  for (std::size_t s = 0; s < flag::kStates; ++s) {
    const flag::Word& word = flag::word_of(static_cast<flag::State>(s));
    states.push_back(
        json::object{{"state", word.name}, {"title", workspace::title_of(word, locale)}});
  }
  json::array reasons;
  for (std::size_t r = 1; r < flag::kReasons; ++r) {
    const auto reason = static_cast<flag::Reason>(r);
    const flag::Word& word = flag::word_of(reason);
    json::array outcomes;
    for (const flag::Outcome outcome :
         {flag::Outcome::kTrue, flag::Outcome::kFalse, flag::Outcome::kCannotTell}) {
      if (flag::reason_fits(reason, outcome))
        outcomes.push_back(json::string(flag::word_of(outcome).name));
    }
    reasons.push_back(json::object{{"reason", word.name},
                                   {"title", workspace::title_of(word, locale)},
                                   {"outcomes", std::move(outcomes)}});
  }
  Result<json::array> workers = workers_json(service, exchange.account());
  BIDUI_ANSWER(exchange, workers);
  const std::uint32_t county = service.workspace().county_code();
  return Exchange::ok(
      json::object{{"division", service.workspace().config().division},
                   {"county", place_title(service.workspace().config().division)},
                   {"version", std::string(workspace::kProgramVersion)},
                   {"run", snapshot->run() == nullptr ? std::string() : snapshot->run()->id()},
                   {"sources", std::move(sources)},
                   {"places", places_json(county, exchange.account())},
                   {"rules", std::move(rules)},
                   {"states", std::move(states)},
                   {"reasons", std::move(reasons)},
                   {"workers", std::move(*workers)}});
}

}  // namespace bidui::service
