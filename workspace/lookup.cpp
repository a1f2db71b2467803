#include "workspace/lookup.h"

#include <algorithm>
#include <set>
#include <span>

#include "matcher/base/bilingual_error.h"
#include "matcher/model/model.h"
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
                      .birth = birth_text(best.features().birth),
                      .place = place_words(best),
                      .reason = reason_of(search, hit, true),
                      .reason_en = reason_of(search, hit, false),
                      .exact = is_exact(search, hit),
                      .weight = hit.weight};
  for (const RecordPlace place : candidate.places) {
    const ReadRecord& record = reader.at(place);
    candidate.records.push_back(record.name());
    candidate.sources.push_back(record.schema().title);
    if (!record.household().empty())
      candidate.households.push_back(record.source().instance + ":" +
                                     std::string(record.household()));
    if (std::string code = division_code(record.features()); !code.empty())
      candidate.divisions.push_back(std::move(code));
  }
  if (!candidate.households.empty()) candidate.household = candidate.households.front();
  return candidate;
}

// A person who fits, by the hit that fits best.
struct Fit {
  LookupHit hit{};
  std::vector<RecordPlace> places{};
};

// Best first.
Result<std::vector<Fit>> group_persons(const RecordReader& reader, const KeptRun* run,
                                       std::vector<LookupHit> hits) {
  std::ranges::stable_sort(hits, [](const LookupHit& a, const LookupHit& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.place < b.place;
  });
  std::vector<RecordPlace> places;
  for (const LookupHit& hit : hits) places.push_back(hit.place);
  auto persons = person_places(reader, run, places);
  BIDUI_TRY(persons);
  std::vector<Fit> fits;
  std::set<RecordPlace> seen;
  for (std::size_t i = 0; i < hits.size(); ++i) {
    if (seen.contains(hits[i].place)) continue;
    seen.insert((*persons)[i].begin(), (*persons)[i].end());
    fits.push_back({hits[i], std::move((*persons)[i])});
  }
  return fits;
}

// Reads the persons' records.
Result<std::vector<Candidate>> describe_all(RecordReader& reader, const LookupSearch& search,
                                            std::span<const Fit> fits) {
  std::vector<RecordPlace> places;
  for (const Fit& fit : fits) places.insert(places.end(), fit.places.begin(), fit.places.end());
  BIDUI_TRY(reader.load(places));
  std::vector<Candidate> candidates;
  for (const Fit& fit : fits) candidates.push_back(describe(reader, search, fit.hit, fit.places));
  return candidates;
}

// The one that is shown at once: the only one, or the only exact one.
const Fit* outstanding(const LookupSearch& search, const std::vector<Fit>& fits) {
  if (fits.size() == 1) return &fits.front();
  const auto exact = [&](const Fit& fit) { return is_exact(search, fit.hit); };
  if (std::ranges::count_if(fits, exact) != 1) return nullptr;
  return &*std::ranges::find_if(fits, exact);
}

// Takes out whom the query may not be shown; all of them are read for it.
Status keep_visible(const LookupQuery& query, RecordReader& reader, const LookupSearch& search,
                    std::vector<Fit>& fits) {
  if (!query.visible) return {};
  const auto candidates = describe_all(reader, search, fits);
  BIDUI_TRY(candidates);
  std::vector<Fit> kept;
  for (std::size_t i = 0; i < fits.size(); ++i) {
    if (query.visible((*candidates)[i])) kept.push_back(std::move(fits[i]));
  }
  fits = std::move(kept);
  return {};
}

Result<LookupResult> find_household(const LookupSnapshot& snapshot, const LookupQuery& query,
                                    RecordReader& reader) {
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
  auto view = view_household(snapshot, reader,
                             {.records = *members,
                              .whole_household = true,
                              .all_facts = query.all,
                              .values = query.values});
  BIDUI_TRY(view);
  result.household = std::move(*view);
  return result;
}

// A person by a record, whether it belongs to a household or to none.
Result<LookupResult> find_person_of(const LookupSnapshot& snapshot, const LookupQuery& query,
                                    RecordReader& reader) {
  LookupResult result;
  const auto place = reader.find_record(query.record);
  if (!place && place.error().code == ErrorCode::kNotFound) return result;
  BIDUI_TRY(place);
  const auto person = persons_of(reader, snapshot.run(), std::span(&*place, 1));
  BIDUI_TRY(person);
  auto view =
      view_household(snapshot, reader,
                     {.records = person->front(), .all_facts = query.all, .values = query.values});
  BIDUI_TRY(view);
  result.household = std::move(*view);
  return result;
}

Result<LookupResult> find_person(const LookupSnapshot& snapshot, const LookupQuery& query,
                                 RecordReader& reader) {
  LookupSearch search(query, reader, snapshot.model());
  if (!search.asks_something())
    return bilingual_error(ErrorCode::kInvalidArgument, "给出的不是身份证号、姓名或电话",
                           "what was given is no ID number, name or telephone number");
  Result<std::vector<LookupHit>> hits = search.run();
  BIDUI_TRY(hits);
  auto fits = group_persons(reader, snapshot.run(), std::move(*hits));
  BIDUI_TRY(fits);
  BIDUI_TRY(keep_visible(query, reader, search, *fits));
  LookupResult result;
  result.cut = search.cut();
  result.candidate_count = fits->size();
  if (const Fit* const shown = outstanding(search, *fits)) {
    BIDUI_TRY(reader.load(shown->places));
    auto view =
        view_household(snapshot, reader,
                       {.records = shown->places, .all_facts = query.all, .values = query.values});
    BIDUI_TRY(view);
    result.household = std::move(*view);
  }
  if (fits->size() > kMaxCandidates) fits->resize(kMaxCandidates);
  auto candidates = describe_all(reader, search, *fits);
  BIDUI_TRY(candidates);
  result.candidates = std::move(*candidates);
  return result;
}

}  // namespace

Result<LookupResult> lookup(const LookupSnapshot& snapshot, const LookupQuery& query) {
  if (query.id.empty() && query.name.empty() && query.phone.empty() && query.household.empty() &&
      query.record.empty())
    return bilingual_error(ErrorCode::kInvalidArgument,
                           "没有查找条件：请给出 --id、--name、--phone 或 --household",
                           "nothing to look up: give --id, --name, --phone or --household");
  RecordReader reader = snapshot.reader();
  Result<LookupResult> result = !query.household.empty() ? find_household(snapshot, query, reader)
                                : !query.record.empty()  ? find_person_of(snapshot, query, reader)
                                                         : find_person(snapshot, query, reader);
  BIDUI_TRY(result);
  if (snapshot.run() != nullptr) result->run = snapshot.run()->id();
  return result;
}

Result<LookupResult> lookup(const Workspace& workspace, const LookupQuery& query) {
  const Result<LookupSnapshot> snapshot =
      LookupSnapshot::take(workspace, LookupSnapshot::For::kOne);
  BIDUI_TRY(snapshot);
  return lookup(*snapshot, query);
}

}  // namespace bidui::workspace
