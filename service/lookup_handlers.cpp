// One household, now: look-ups, its history, who looked at it, check reports, explanations, values
// in full.
#include <boost/json.hpp>

#include "service/handlers.h"
#include "service/service.h"
#include "service/visibility.h"
#include "workspace/check_report.h"
#include "workspace/explain.h"
#include "workspace/explanation_json.h"
#include "workspace/household_history.h"
#include "workspace/local_time.h"
#include "workspace/lookup_json.h"
#include "workspace/reveal_log.h"

namespace bidui::service {
namespace {

namespace json = boost::json;
using workspace::LookupQuery;
using workspace::LookupResult;

Problem no_such_household() {
  return not_found({"各来源中都没有这一户，或不在账号的范围内",
                    "no source has this household, or it lies outside the account's scope"});
}

LookupQuery query_of(const Exchange& exchange) {
  return {.id = exchange.text("id_number"),
          .name = exchange.text("name"),
          .phone = exchange.text("phone"),
          .village = exchange.text("village"),
          .born = exchange.text("born"),
          .household = exchange.text("household"),
          .record = exchange.text("record"),
          .all = exchange.is_set("near")};
}

// A delivery that is withdrawn while its records are read: once more in the newest snapshot.
Result<LookupResult> find(Service& service, const LookupQuery& query) {
  Result<LookupResult> result = workspace::lookup(*service.snapshot(), query);
  if (result || result.error().code != ErrorCode::kNotFound) return result;
  return workspace::lookup(*service.snapshot(), query);
}

struct Found {
  std::optional<Response> refused{};
  LookupResult result{};
};

// Every look-up and all that shows a household goes this way: purpose, search, scope and
// authorisation.
Found find_visible(Service& service, Exchange& exchange, LookupQuery query, bool household_needed) {
  exchange.audit.purpose = exchange.text("purpose");
  const Result<Visibility> visibility = Visibility::of(service, exchange);
  if (!visibility) return {.refused = exchange.fail(visibility.error())};
  if (auto problem = visibility->check_purpose(exchange))
    return {.refused = exchange.refuse(*problem)};
  bool unauthorised = false;
  if (visibility->hides_some())
    query.visible = [&](const workspace::Candidate& candidate) {
      const bool shown = visibility->shows(candidate);
      unauthorised = unauthorised || (!shown && visibility->needs_authorisation());
      return shown;
    };
  Result<LookupResult> result = find(service, query);
  if (!result) return {.refused = exchange.fail(result.error())};
  if (result->household) {
    if (auto problem = visibility->filter(*result->household, exchange))
      return {.refused = exchange.refuse(*problem)};
  }
  const bool empty = result->candidates.empty() && !result->household;
  // Not even that there is no such record.
  unauthorised = unauthorised || (!query.record.empty() && visibility->needs_authorisation());
  if (empty && unauthorised) return {.refused = exchange.refuse(authorisation_needed())};
  if (household_needed && !result->household)
    return {.refused = exchange.refuse(no_such_household())};
  return {.result = std::move(*result)};
}

// The household, or the person in none, that the body names.
Found find_named(Service& service, Exchange& exchange) {
  LookupQuery query{.household = exchange.text("household"), .record = exchange.text("record")};
  if (query.household.empty() == query.record.empty())
    return {.refused = exchange.refuse(bad_request(
                {"请给出户号，或不属于任何一户的人的记录号，只给一个",
                 "give a household, or a record of a person who belongs to none: one of them"},
                "household"))};
  return find_visible(service, exchange, std::move(query), true);
}

// By what a look-up asked, not for whom.
json::array asked_for(const Exchange& exchange) {
  json::array asked;
  for (const std::string_view member :
       {"id_number", "name", "phone", "village", "born", "household", "record"}) {
    if (!exchange.text(member).empty()) asked.push_back(json::string(member));
  }
  return asked;
}

}  // namespace

Response lookup(Service& service, Exchange& exchange) {
  const LookupQuery query = query_of(exchange);
  if (query.id.empty() && query.name.empty() && query.phone.empty() && query.household.empty() &&
      query.record.empty())
    return exchange.refuse(bad_request(
        {"请给出身份证号、姓名、电话或户号", "give an ID number, a name, a phone or a household"}));
  Found found = find_visible(service, exchange, query, false);
  if (found.refused) return std::move(*found.refused);
  const LookupResult& result = found.result;
  exchange.audit.detail["asked"] = asked_for(exchange);
  if (result.household) {
    const bool alone = exchange.audit.subject.starts_with(record_subject(""));
    exchange.audit.detail[alone ? "persons" : "households"] = 1;
  } else {
    exchange.audit.detail["candidates"] = result.candidate_count;
  }
  return Exchange::ok(workspace::lookup_json(result, exchange.locale, workspace::today()));
}

Response household_history(Service& service, Exchange& exchange) {
  const Found found = find_named(service, exchange);
  if (found.refused) return *found.refused;
  const auto history = workspace::household_history(service.workspace(), *found.result.household);
  BIDUI_ANSWER(exchange, history);
  return Exchange::ok(workspace::history_json(*history, exchange.locale));
}

Response household_viewers(Service& service, Exchange& exchange) {
  const Found found = find_named(service, exchange);
  if (found.refused) return *found.refused;
  const auto entries = audit_of(service.store(), subjects_of(*found.result.household));
  BIDUI_ANSWER(exchange, entries);
  json::array viewings;
  for (const AuditEntry& e : *entries) {
    viewings.push_back(json::object{{"at", e.at},
                                    {"account", e.account},
                                    {"name", e.name},
                                    {"action", e.action},
                                    {"purpose", e.purpose},
                                    {"authorisation", e.authorisation}});
  }
  return Exchange::ok(json::object{{"viewings", std::move(viewings)}});
}

Response issue_check_report(Service& service, Exchange& exchange) {
  const Found found = find_named(service, exchange);
  if (found.refused) return *found.refused;
  const auto issued = workspace::issue_check_report(service.workspace(), *found.result.household,
                                                    {.by = exchange.account().name,
                                                     .purpose = exchange.text("purpose"),
                                                     .recorded = workspace::local_time(),
                                                     .locale = exchange.locale});
  BIDUI_ANSWER(exchange, issued);
  return Exchange::ok(json::object{{"code", issued->code}, {"page", issued->page}}, 201);
}

namespace {

// Whether the record may be seen: its person, and of the authorisation's sources the record itself.
std::optional<Response> refuse_record(Service& service, Exchange& exchange,
                                      const std::string& name) {
  Found found = find_visible(service, exchange, {.record = name}, true);
  if (found.refused) return found.refused;
  for (const workspace::Member& member : found.result.household->members) {
    if (std::ranges::find(member.records, name, &workspace::MemberRecord::record) !=
        member.records.end())
      return std::nullopt;
  }
  return exchange.refuse(authorisation_needed());
}

}  // namespace

Response explain(Service& service, Exchange& exchange) {
  const std::string left = exchange.text("left");
  const std::string right = exchange.text("right");
  for (const std::string& record : {left, right}) {
    if (auto refused = refuse_record(service, exchange, record)) return std::move(*refused);
  }
  const auto explained = workspace::explain(service.workspace(), left, right);
  BIDUI_ANSWER(exchange, explained);
  exchange.audit.detail["records"] = json::array{json::string(left), json::string(right)};
  return {.body = workspace::explanation_json(*explained, exchange.locale)};
}

Response reveal(Service& service, Exchange& exchange) {
  const std::string name = exchange.text("record");
  // The reason is the purpose of this one.
  exchange.body["purpose"] = exchange.text("reason");
  if (auto refused = refuse_record(service, exchange, name)) return std::move(*refused);
  const auto snapshot = service.snapshot();
  workspace::RecordReader reader = snapshot->reader();
  const auto place = reader.find_record(name);
  BIDUI_ANSWER(exchange, place);
  const workspace::ReadRecord& record = reader.at(*place);
  json::array values;
  std::string fields;
  for (const json::value& given : workspace::list_of(exchange.body, "fields")) {
    const std::string_view id = given.as_string();
    const auto field = record.schema().find_field(id);
    if (!field)
      return exchange.refuse(
          bad_request({"这个来源没有这一项", "the source has no such field"}, "fields"));
    values.push_back(json::object{
        {"field", id},
        {"title", workspace::pick(exchange.locale, record.schema().fields[*field].title,
                                  workspace::spaced(id))},
        {"value", record.text(id)}});
    fields += (fields.empty() ? "" : ", ") + std::string(id);
  }
  exchange.audit.detail["records"] = json::array{json::string(name)};
  exchange.audit.detail["fields"] = exchange.body.at("fields");
  BIDUI_ANSWER(exchange, workspace::log_reveal(service.workspace().store(),
                                               {.at = workspace::local_time(),
                                                .by = exchange.account().name,
                                                .reason = exchange.text("reason"),
                                                .what = "service " + name + " " + fields,
                                                .records = 1}));
  return Exchange::ok(json::object{{"record", name}, {"values", std::move(values)}});
}

}  // namespace bidui::service
