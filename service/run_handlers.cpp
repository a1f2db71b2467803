// Deliveries, comparisons, and starting one.
#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "service/handlers.h"
#include "service/place_title.h"
#include "service/service.h"
#include "workspace/deliveries.h"
#include "workspace/english_report.h"
#include "workspace/flag_json.h"
#include "workspace/local_time.h"
#include "workspace/phase_title.h"
#include "workspace/rule_files.h"
#include "workspace/run_artefacts.h"

namespace bidui::service {
namespace {

namespace json = boost::json;
using workspace::text_of;

json::object job_json(const Job& job, Locale locale) {
  return json::object{{"job", job.id},
                      {"kind", "compare"},
                      {"state", job_state_name(job.state)},
                      {"phase", job.phase},
                      {"phase_title", workspace::phase_title(job.phase, locale)},
                      {"done", job.done},
                      {"total", job.total},
                      {"unit", job.unit},
                      {"run", job.run},
                      {"error", workspace::pick(locale, job.error.zh, job.error.en)},
                      {"by", job.by},
                      {"started_at", job.started_at}};
}

Problem no_such_job() {
  return not_found({"没有这个任务；服务重启后任务列表从头开始，结果见各次比对",
                    "no such job; after a restart the runs tell what was done"});
}

struct Change {
  std::uint64_t count[5] = {};
};
constexpr std::string_view kStatuses[] = {"new", "same", "changed", "gone", "reopened"};

// How many flags of each status a rule of summary.json has.
Change change_of(const json::value& rule) {
  Change change;
  const json::value* const flags =
      rule.is_object() ? rule.as_object().if_contains("flags") : nullptr;
  if (flags == nullptr || !flags->is_object()) return change;
  for (std::size_t s = 0; s < 5; ++s)
    change.count[s] = workspace::count_of(flags->as_object(), kStatuses[s]);
  return change;
}

Result<json::object> summary_of(const store::Store& store, std::string_view run) {
  const Result<std::string> text = store.read_artefact(run, workspace::kSummaryArtefact);
  BIDUI_TRY(text);
  boost::system::error_code failure;
  json::value value = json::parse(*text, failure);
  if (failure || !value.is_object()) return damaged_error("比对的摘要", "a run's summary");
  return std::move(value.as_object());
}

json::object run_json(const std::string& id, const json::object& summary) {
  Change all;
  for (const json::value& rule : workspace::list_of(summary, "rules")) {
    const Change own = change_of(rule);
    for (std::size_t s = 0; s < 5; ++s) all.count[s] += own.count[s];
  }
  std::uint64_t links = 0;  // of all pairs of sources
  for (const json::value& pair : workspace::list_of(summary, "links")) {
    if (!pair.is_object()) continue;
    links +=
        workspace::count_of(pair.as_object(), "l3") + workspace::count_of(pair.as_object(), "l2");
  }
  return json::object{{"run", id},
                      {"evaluation_date", text_of(summary, "evaluation_date")},
                      {"since", text_of(summary, "since")},
                      {"program_version", text_of(summary, "program_version")},
                      {"flags", all.count[0] + all.count[1] + all.count[2] + all.count[4]},
                      {"new", all.count[0]},
                      {"gone", all.count[3]},
                      {"links", links}};
}

// Texts of a summary that a page shows are Chinese as kept: put in English as far as the rules,
// sources and profile of today know them.
Status put_in_english(Service& service, json::object& summary) {
  const auto snapshot = service.snapshot();
  workspace::FlagReader flags = snapshot->flag_reader();
  workspace::Glossary terms =
      workspace::report_glossary(flags.rules(), service.workspace().schemas());
  const workspace::RecordReader reader = snapshot->reader();
  for (const workspace::RunSource& source : reader.sources())
    terms.add(source.title(), source.title(Locale::kEnglish));
  const Result<rule::Profile> profile = workspace::profile_in_force(service.store());
  BIDUI_TRY(profile);
  terms.add(profile->title(), profile->title_en());
  const auto put = [&](json::object& of) {
    if (json::value* const title = of.if_contains("title"); title != nullptr && title->is_string())
      *title = terms.english(title->as_string());
  };
  const auto put_each = [&](json::object& of, std::string_view member) {
    json::value* const list = of.if_contains(member);
    if (list == nullptr || !list->is_array()) return;
    for (json::value& one : list->as_array()) {
      if (one.is_object()) put(one.as_object());
    }
  };
  const auto object_in = [&](std::string_view member) {
    json::value* const value = summary.if_contains(member);
    return value == nullptr ? nullptr : value->if_object();
  };
  put_each(summary, "rules");
  if (json::object* const sheet = object_in("error_sheet")) put_each(*sheet, "groups");
  if (json::object* const own = object_in("profile")) put(*own);
  return {};
}

}  // namespace

Response list_deliveries(Service& service, Exchange& exchange) {
  json::array deliveries;
  for (const workspace::ListedDelivery& d : workspace::list_deliveries(service.workspace())) {
    const auto schema = service.workspace().schema_of(d.info.instance);
    deliveries.push_back(
        json::object{{"source", d.info.instance},
                     {"title", schema ? std::string(workspace::pick(
                                            exchange.locale, (*schema)->title, (*schema)->title_en))
                                      : d.info.instance},
                     {"coverage", d.info.coverage},
                     {"as_of", d.info.as_of},
                     {"records", d.info.record_count},
                     {"current", d.counts}});
  }
  return Exchange::ok(json::object{{"deliveries", std::move(deliveries)}});
}

Response list_runs(Service& service, Exchange& exchange) {
  constexpr std::size_t kMost = 100;
  const auto runs = service.store().runs();
  BIDUI_ANSWER(exchange, runs);
  json::array list;
  for (auto at = runs->rbegin(); at != runs->rend() && list.size() < kMost; ++at) {
    const auto summary = summary_of(service.store(), at->id);
    list.push_back(run_json(at->id, summary ? *summary : json::object{}));
  }
  return Exchange::ok(json::object{{"runs", std::move(list)}});
}

Response show_run(Service& service, Exchange& exchange) {
  const std::string& run = exchange.parameters.front();
  auto summary = summary_of(service.store(), run);
  BIDUI_ANSWER(exchange, summary);
  if (exchange.locale == Locale::kEnglish)
    BIDUI_ANSWER(exchange, put_in_english(service, *summary));
  // Flags that this run raised, as they are known now.
  std::map<std::pair<std::string, std::string>, std::pair<std::string, std::uint64_t>> cells;
  service.board().visit(
      [&](const workspace::ShownFlag& flag) {
        return flag.state.first_run <= run && run <= flag.state.last_run &&
               !(flag.state.last_run == run && flag.state.flag.status == flag::Status::kGone);
      },
      [&](const workspace::ShownFlag& flag) {
        const std::string code = flag.state.flag.division.substr(0, 9);
        auto& [name, count] = cells[{code, flag.state.flag.rule}];
        name = flag.township.empty()
                   ? std::string(workspace::pick(exchange.locale, "乡镇不明", "township unknown"))
                   : flag.township;
        ++count;
      });
  json::array matrix;
  for (const auto& [key, cell] : cells) {
    matrix.push_back(json::object{{"township", cell.first},
                                  {"code", key.first},
                                  {"rule", key.second},
                                  {"flags", cell.second}});
  }
  json::array files;
  std::error_code ignored;
  std::vector<std::string> names;
  for (const auto& entry :
       std::filesystem::directory_iterator(service.workspace().reports() / run, ignored)) {
    if (entry.is_regular_file(ignored)) names.push_back(entry.path().filename().string());
  }
  std::ranges::sort(names);
  for (const std::string& name : names) files.push_back(json::string(name));
  return Exchange::ok(json::object{{"summary", std::move(*summary)},
                                   {"matrix", std::move(matrix)},
                                   {"files", std::move(files)}});
}

Response run_difference(Service& service, Exchange& exchange) {
  constexpr std::size_t kMostFlags = 200;
  const std::string& run = exchange.parameters.front();
  const auto summary = summary_of(service.store(), run);
  BIDUI_ANSWER(exchange, summary);
  const auto snapshot = service.snapshot();
  workspace::FlagReader reader = snapshot->flag_reader();
  // The summary has the Chinese alone.
  const auto rule_title = [&](const json::object& row) {
    const rule::Rule* const rule = reader.rule_of(text_of(row, "rule"));
    std::string title = text_of(row, "title");
    return rule == nullptr ? title
                           : std::string(workspace::pick(exchange.locale, title, rule->title_en));
  };
  json::array rules;
  for (const json::value& rule : workspace::list_of(*summary, "rules")) {
    const Change change = change_of(rule);
    json::object row{{"rule", text_of(rule.as_object(), "rule")},
                     {"title", rule_title(rule.as_object())}};
    for (std::size_t s = 0; s < 5; ++s) row[kStatuses[s]] = change.count[s];
    rules.push_back(std::move(row));
  }
  json::array flags;
  service.board().visit(
      [&](const workspace::ShownFlag& flag) {
        const flag::Status status = flag.state.flag.status;
        return flags.size() < kMostFlags &&
               (flag.state.first_run == run ||
                (flag.state.last_run == run &&
                 (status == flag::Status::kGone || status == flag::Status::kReopened)));
      },
      [&](const workspace::ShownFlag& flag) {
        flags.push_back(workspace::flag_json(flag, exchange.locale, workspace::today()));
      });
  return Exchange::ok(json::object{{"run", run},
                                   {"since", text_of(*summary, "since")},
                                   {"rules", std::move(rules)},
                                   {"flags", std::move(flags)}});
}

Response run_file(Service& service, Exchange& exchange) {
  const std::string& run = exchange.parameters[0];
  const std::string& name = exchange.parameters[1];
  exchange.audit.subject = run + "/" + name;
  const auto known = service.store().run(run);
  BIDUI_ANSWER(exchange, known);
  // A name of the folder, no way out of it.
  if (name.starts_with('.') || name.find('/') != std::string::npos)
    return exchange.refuse(not_found({"没有这个文件", "no such file"}));
  std::ifstream file(service.workspace().reports() / run / name, std::ios::binary);
  if (!file)
    return exchange.refuse(not_found({"没有这个文件；可用 bidui report 重新写出",
                                      "no such file; bidui report writes it again"}));
  Response response{.type = name.ends_with(".html")   ? "text/html; charset=utf-8"
                            : name.ends_with(".json") ? "application/json"
                            : name.ends_with(".csv")  ? "text/csv; charset=utf-8"
                                                      : "application/octet-stream",
                    .body = {std::istreambuf_iterator<char>(file), {}}};
  if (name.ends_with(".html")) {
    // Its script and style stand in the page itself: it gets an origin of its own, and no way out.
    response.headers.emplace_back(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; "
        "frame-ancestors 'self'; sandbox allow-scripts allow-modals");
    response.headers.emplace_back("X-Frame-Options", "SAMEORIGIN");
  } else {
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }
  return response;
}

Response start_run(Service& service, Exchange& exchange) {
  const auto job =
      service.jobs().start({.as_of = exchange.text("as_of"), .full = exchange.is_set("full")},
                           exchange.account().name, workspace::local_time());
  BIDUI_ANSWER(exchange, job);
  return Exchange::ok(job_json(*job, exchange.locale), 202);
}

Response list_jobs(Service& service, Exchange& exchange) {
  json::array list;
  for (const Job& job : service.jobs().list()) list.push_back(job_json(job, exchange.locale));
  return Exchange::ok(json::object{{"jobs", std::move(list)}});
}

Response show_job(Service& service, Exchange& exchange) {
  const auto job = service.jobs().find(exchange.parameters.front());
  if (!job) return exchange.refuse(no_such_job());
  return Exchange::ok(job_json(*job, exchange.locale));
}

Response watch_job(Service& service, Exchange& exchange) {
  const std::string id = exchange.parameters.front();
  if (!service.jobs().find(id)) return exchange.refuse(no_such_job());
  Response response{.type = "text/event-stream"};
  response.stream = [&jobs = service.jobs(), id,
                     locale = exchange.locale](const std::function<bool(std::string_view)>& send) {
    constexpr std::chrono::seconds kBeat{10};  // so that a client that is gone is noticed
    std::uint64_t seen = 0;
    while (const auto job = jobs.wait(id, seen, kBeat)) {
      const bool news = job->version != seen;
      seen = job->version;
      if (!send(news ? "data: " + json::serialize(job_json(*job, locale)) + "\n\n" : ": \n\n"))
        return;
      if (job->ended()) return;
    }
  };
  return response;
}

}  // namespace bidui::service
