#include "workspace/lookup.h"

#include <algorithm>

#include "matcher/base/bilingual_error.h"
#include "matcher/model/model.h"
#include "workspace/compare.h"
#include "workspace/lookup_search.h"
#include "workspace/person_records.h"
#include "workspace/record_words.h"
#include "workspace/wording.h"

namespace bidui::workspace {
namespace {

using compare::Comparison;
using compare::level_at;

std::string reason_of(const LookupSearch& search, const LookupHit& hit, bool chinese) {
  std::string reason;
  for (int c = 0; c < compare::kPersonComparisons; ++c) {
    const int level = level_at(hit.vector, c);
    if (level == 0 || !search.asked(static_cast<Comparison>(c))) continue;
    if (chinese) {
      reason += (reason.empty() ? "" : "，") + std::string(model::comparison_title(c)) +
                std::string(model::level_title(c, level));
    } else {
      reason += (reason.empty() ? "" : ", ") + std::string(model::comparison_name(c)) + " " +
                spaced(model::level_name(c, level));
    }
  }
  return reason;
}

bool is_exact(const LookupSearch& search, const LookupHit& hit) {
  bool exact = true;
  for (const Comparison c : {Comparison::kName, Comparison::kId, Comparison::kPhone}) {
    if (search.asked(c)) exact = exact && level_at(hit.vector, static_cast<int>(c)) == 1;
  }
  return exact;
}

Candidate describe(const RecordReader& reader, const LookupSearch& search, const LookupHit& hit,
                   std::vector<RecordPlace> places) {
  const ReadRecord& best = reader.at(hit.place);
  Candidate candidate{.places = std::move(places),
                      .name = best.masked("name"),
                      .id_number = best.masked("id_number"),
                      .birth = date_text(best.features().birth),
                      .place = place_words(best),
                      .reason = reason_of(search, hit, true),
                      .reason_en = reason_of(search, hit, false),
                      .exact = is_exact(search, hit),
                      .weight = hit.weight};
  for (const RecordPlace place : candidate.places) {
    const ReadRecord& record = reader.at(place);
    candidate.records.push_back(record.name());
    candidate.sources.push_back(record.schema().title);
    if (candidate.household.empty() && !record.household().empty())
      candidate.household = record.source().instance + ":" + std::string(record.household());
  }
  return candidate;
}

// One candidate per person, with the hit that fits best.
Result<std::vector<Candidate>> group_persons(RecordReader& reader, const KeptRun* run,
                                             const LookupSearch& search,
                                             std::vector<LookupHit> hits) {
  std::ranges::stable_sort(hits, [](const LookupHit& a, const LookupHit& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.place < b.place;
  });
  std::vector<RecordPlace> places;
  for (const LookupHit& hit : hits) places.push_back(hit.place);
  auto persons = persons_of(reader, run, places);
  BIDUI_TRY(persons);
  std::vector<Candidate> candidates;
  std::vector<RecordPlace> seen;
  for (std::size_t i = 0; i < hits.size(); ++i) {
    if (std::ranges::find(seen, hits[i].place) != seen.end()) continue;
    seen.insert(seen.end(), (*persons)[i].begin(), (*persons)[i].end());
    candidates.push_back(describe(reader, search, hits[i], std::move((*persons)[i])));
  }
  return candidates;
}

// The candidate that is shown at once: the only one, or the only exact one.
const Candidate* outstanding(const std::vector<Candidate>& candidates) {
  if (candidates.size() == 1) return &candidates.front();
  const auto exact = std::ranges::count_if(candidates, &Candidate::exact);
  if (exact != 1) return nullptr;
  return &*std::ranges::find_if(candidates, &Candidate::exact);
}

Result<LookupResult> find_household(const Workspace& workspace, const LookupQuery& query,
                                    RecordReader& reader, const KeptRun* run) {
  const std::size_t colon = query.household.find(':');
  const auto source = reader.find_source(std::string_view(query.household).substr(0, colon));
  if (colon == std::string::npos || !source || !reader.sources()[*source].schema->household) {
    return bilingual_error(
        ErrorCode::kInvalidArgument,
        "--household 写作 来源:户号，例如 poverty:340826000001000；该来源须有户号",
        "--household takes source:household_no, for example poverty:340826000001000; the source "
        "must have households");
  }
  auto members = reader.members(*source, std::string_view(query.household).substr(colon + 1));
  BIDUI_TRY(members);
  LookupResult result;
  if (members->empty()) return result;
  auto view = view_household(workspace, reader, run,
                             {.records = *members,
                              .whole_household = true,
                              .all_facts = query.all,
                              .values = query.values});
  BIDUI_TRY(view);
  result.household = std::move(*view);
  return result;
}

Result<LookupResult> find_person(const Workspace& workspace, const LookupQuery& query,
                                 RecordReader& reader, const KeptRun* run) {
  const Result<RunModels> models = load_models(workspace.store());
  BIDUI_TRY(models);
  const model::Model* const kept = models->find(kAmongSources);
  constexpr double kRecords = 1e6;
  LookupSearch search(query, reader,
                      kept != nullptr ? *kept : model::default_model({}, kRecords, kRecords));
  if (!search.asks_something())
    return bilingual_error(ErrorCode::kInvalidArgument, "给出的不是身份证号、姓名或电话",
                           "what was given is no ID number, name or telephone number");
  Result<std::vector<LookupHit>> hits = search.run();
  BIDUI_TRY(hits);
  auto candidates = group_persons(reader, run, search, std::move(*hits));
  BIDUI_TRY(candidates);
  LookupResult result;
  result.cut = search.cut();
  result.candidate_count = candidates->size();
  const Candidate* const shown = outstanding(*candidates);
  if (shown != nullptr) {
    auto view =
        view_household(workspace, reader, run,
                       {.records = shown->places, .all_facts = query.all, .values = query.values});
    BIDUI_TRY(view);
    result.household = std::move(*view);
  }
  if (candidates->size() > kMaxCandidates) candidates->resize(kMaxCandidates);
  result.candidates = std::move(*candidates);
  return result;
}

}  // namespace

Result<LookupResult> lookup(const Workspace& workspace, const LookupQuery& query) {
  if (query.id.empty() && query.name.empty() && query.phone.empty() && query.household.empty())
    return bilingual_error(ErrorCode::kInvalidArgument,
                           "没有查找条件：请给出 --id、--name、--phone 或 --household",
                           "nothing to look up: give --id, --name, --phone or --household");
  Result<RecordReader> reader = RecordReader::open(workspace);
  BIDUI_TRY(reader);
  const Result<std::optional<KeptRun>> run = KeptRun::newest(workspace.store());
  BIDUI_TRY(run);
  const KeptRun* const kept = *run ? &**run : nullptr;
  Result<LookupResult> result = query.household.empty()
                                    ? find_person(workspace, query, *reader, kept)
                                    : find_household(workspace, query, *reader, kept);
  BIDUI_TRY(result);
  if (kept != nullptr) result->run = kept->id();
  return result;
}

}  // namespace bidui::workspace
