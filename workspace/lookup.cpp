#include "workspace/lookup.h"

#include <algorithm>
#include <array>

#include "matcher/compare/comparison_vector.h"
#include "matcher/key/fuzzy_key.h"
#include "matcher/model/scorer.h"
#include "workspace/bilingual_error.h"
#include "workspace/compare.h"
#include "workspace/household_facts.h"
#include "workspace/near_numbers.h"
#include "workspace/person_records.h"
#include "workspace/wording.h"

namespace bidui::workspace {
namespace {

using compare::Comparison;
using compare::level_at;

constexpr std::size_t kMaxRecords = 1500;  // read for one query; a common name has fewer

// A record that was found, against the query.
struct Hit {
  RecordPlace place;
  compare::ComparisonVector vector = 0;
  double weight = 0;
};

record::PersonText person_text(const LookupQuery& query) {
  record::PersonText text{.name = query.name, .id_number = query.id, .birth = query.born};
  text.phone = query.phone;
  text.address.village = query.village;
  return text;
}

class Search {
 public:
  Search(const LookupQuery& query, RecordReader& reader, const model::Model& model)
      : query_(query), reader_(reader), scorer_(model) {
    record::RepairCounts repairs{};
    wanted_ = reader.builder().build(person_text(query), repairs);
  }

  // From the narrowest question to the widest, until one has an answer.
  Result<std::vector<Hit>> run() {
    BIDUI_TRY(probe(specific_hashes()));
    if (hits_.empty() || query_.all) BIDUI_TRY(probe(near_hashes()));
    if (hits_.empty() || query_.all) BIDUI_TRY(probe(name_hashes()));
    keep_best_place();
    if (!query_.all) keep_nearest(Comparison::kId);
    return std::move(hits_);
  }
  // Whether any of the values could be read.
  bool asks_something() const {
    return asked(Comparison::kName) || asked(Comparison::kId) || asked(Comparison::kPhone);
  }
  bool cut() const { return cut_; }
  const record::PersonFeatures& wanted() const { return wanted_; }

  bool asked(Comparison comparison) const {
    switch (comparison) {
      case Comparison::kName:
        return wanted_.name_hash != 0;
      case Comparison::kId:
        return wanted_.id_class != record::IdClass::kMissing;
      case Comparison::kPhone:
        return wanted_.phone != 0;
      case Comparison::kBirth:
        return !query_.born.empty();
      case Comparison::kAddress:
        return !query_.village.empty();
      case Comparison::kSex:
      case Comparison::kHousehold:
      case Comparison::kHolder:
        break;
    }
    return false;
  }

 private:
  std::vector<std::uint64_t> fuzzy_hashes(const record::PersonFeatures& person) const {
    key::KeyList keys;
    key::append_person_keys(person, keys);
    std::vector<std::uint64_t> hashes;
    for (const key::FuzzyKey& k : keys.keys()) hashes.push_back(reader_.keys().keyed(k.hash));
    return hashes;
  }

  // All fuzzy keys; the name alone where nothing narrows it down.
  std::vector<std::uint64_t> specific_hashes() const {
    std::vector<std::uint64_t> hashes = fuzzy_hashes(wanted_);
    return hashes.empty() ? name_hashes() : hashes;
  }

  std::vector<std::uint64_t> name_hashes() const {
    std::vector<std::uint64_t> hashes;
    if (asked(Comparison::kId) || asked(Comparison::kPhone)) return hashes;
    if (wanted_.name_fold != 0) hashes.push_back(reader_.keys().name(wanted_.name_fold));
    for (const std::uint32_t alias : wanted_.alias_fold) {
      if (alias != 0) hashes.push_back(reader_.keys().name(alias));
    }
    return hashes;
  }

  // One digit of the number or the telephone mistyped, two swapped, one left out.
  std::vector<std::uint64_t> near_hashes() const {
    std::vector<std::uint64_t> hashes;
    record::PersonFeatures person;
    if (wanted_.id_class == record::IdClass::kValid ||
        wanted_.id_class == record::IdClass::kInvalid ||
        wanted_.id_class == record::IdClass::kUnverified) {
      person.id_class = record::IdClass::kUnverified;
      std::vector<std::uint64_t> numbers = near_numbers(wanted_.id_digits, 17);
      if (wanted_.id_prefix < 17) {
        const auto completed = completed_numbers(wanted_.id_digits, 17);
        numbers.insert(numbers.end(), completed.begin(), completed.end());
      }
      for (const std::uint64_t number : numbers) {
        person.id_digits = number;
        key::KeyList keys;
        key::append_person_keys(person, keys);
        hashes.push_back(reader_.keys().keyed(keys.keys().front().hash));
      }
    }
    if (wanted_.phone >= 10'000'000'000ULL && wanted_.phone < 100'000'000'000ULL) {
      person = {};
      for (const std::uint64_t number : near_numbers(wanted_.phone, 11)) {
        person.phone = number;
        const auto own = fuzzy_hashes(person);
        hashes.insert(hashes.end(), own.begin(), own.end());
      }
    }
    return hashes;
  }

  Status probe(const std::vector<std::uint64_t>& hashes) {
    if (hashes.empty()) return {};
    Result<std::vector<RecordPlace>> places = reader_.find(hashes);
    BIDUI_TRY(places);
    if (places->size() > kMaxRecords) {
      places->resize(kMaxRecords);
      cut_ = true;
    }
    BIDUI_TRY(reader_.load(*places));
    for (const RecordPlace place : *places) {
      const bool known = std::ranges::any_of(hits_, [&](const Hit& h) { return h.place == place; });
      if (!known) add(place);
    }
    return {};
  }

  void add(RecordPlace place) {
    Hit hit{.place = place};
    const record::PersonFeatures& found = reader_.at(place).features();
    hit.vector = compare::compare_records({}, {&wanted_, {}}, {&found, {}});
    if (!answers(hit.vector, found)) return;
    for (int c = 0; c < compare::kPersonComparisons; ++c) {
      if (level_at(hit.vector, c) != 0) hit.weight += scorer_.summand(c, hit.vector);
    }
    hits_.push_back(hit);
  }

  // A hit must be near in everything that was asked for, as far as the record knows it, and in one
  // thing at least.
  bool answers(compare::ComparisonVector vector, const record::PersonFeatures& found) const {
    const auto within = [&](Comparison comparison, int last) {
      if (!asked(comparison)) return 0;
      const int level = level_at(vector, static_cast<int>(comparison));
      return level == 0 ? 0 : level <= last ? 1 : -1;
    };
    const int name = within(Comparison::kName, static_cast<int>(compare::NameLevel::kPartial));
    const int id = within(Comparison::kId, static_cast<int>(compare::IdLevel::kPrefix));
    const int phone = within(Comparison::kPhone, static_cast<int>(compare::PhoneLevel::kOneEdit));
    if (asked(Comparison::kBirth) && found.birth != 0 &&
        found.birth / 10000 != wanted_.birth / 10000)
      return false;
    if (id > 0) return true;
    return name >= 0 && id >= 0 && phone >= 0 && name + phone > 0;
  }

  // Where some live in the village that was asked for, only they.
  void keep_best_place() {
    if (!asked(Comparison::kAddress)) return;
    const auto there = [&](const Hit& hit) {
      const int level = level_at(hit.vector, static_cast<int>(Comparison::kAddress));
      if (level >= static_cast<int>(compare::AddressLevel::kHouse) &&
          level <= static_cast<int>(compare::AddressLevel::kVillageOtherGroup))
        return true;
      const ReadRecord& record = reader_.at(hit.place);
      return record.text("village").find(query_.village) != std::string_view::npos ||
             record.text("address").find(query_.village) != std::string_view::npos;
    };
    if (std::ranges::any_of(hits_, there))
      std::erase_if(hits_, [&](const Hit& hit) { return !there(hit); });
  }

  // Where one number is nearer than others, only the nearest.
  void keep_nearest(Comparison comparison) {
    if (!asked(comparison)) return;
    const auto level = [&](const Hit& hit) {
      return level_at(hit.vector, static_cast<int>(comparison));
    };
    int best = compare::kLevelCount;
    for (const Hit& hit : hits_) {
      if (level(hit) != 0) best = std::min(best, level(hit));
    }
    std::erase_if(hits_, [&](const Hit& hit) { return level(hit) > best; });
  }

  const LookupQuery& query_;
  RecordReader& reader_;
  model::Scorer scorer_;
  record::PersonFeatures wanted_{};
  std::vector<Hit> hits_;
  bool cut_ = false;
};

std::string reason_of(const Search& search, const Hit& hit, bool chinese) {
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

bool is_exact(const Search& search, const Hit& hit) {
  bool exact = true;
  for (const Comparison c : {Comparison::kName, Comparison::kId, Comparison::kPhone}) {
    if (search.asked(c)) exact = exact && level_at(hit.vector, static_cast<int>(c)) == 1;
  }
  return exact;
}

Candidate describe(const RecordReader& reader, const Search& search, const Hit& hit,
                   std::vector<RecordPlace> places) {
  const ReadRecord& best = reader.at(hit.place);
  Candidate candidate{.places = std::move(places),
                      .name = best.masked("name"),
                      .id_number = best.masked("id_number"),
                      .birth = date_text(best.features().birth),
                      .place = masked_address(best),
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
                                             const Search& search, std::vector<Hit> hits) {
  std::ranges::stable_sort(hits, [](const Hit& a, const Hit& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.place < b.place;
  });
  std::vector<RecordPlace> places;
  for (const Hit& hit : hits) places.push_back(hit.place);
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
  auto view =
      view_household(workspace, reader, run,
                     {.records = *members, .whole_household = true, .all_facts = query.all});
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
  Search search(query, reader,
                kept != nullptr ? *kept : model::default_model({}, kRecords, kRecords));
  if (!search.asks_something())
    return bilingual_error(ErrorCode::kInvalidArgument, "给出的不是身份证号、姓名或电话",
                           "what was given is no ID number, name or telephone number");
  Result<std::vector<Hit>> hits = search.run();
  BIDUI_TRY(hits);
  auto candidates = group_persons(reader, run, search, std::move(*hits));
  BIDUI_TRY(candidates);
  LookupResult result;
  result.cut = search.cut();
  result.candidate_count = candidates->size();
  const Candidate* const shown = outstanding(*candidates);
  if (shown != nullptr) {
    auto view =
        view_household(workspace, reader, run, {.records = shown->places, .all_facts = query.all});
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
