#include "workspace/lookup_search.h"

#include <algorithm>

#include "matcher/key/fuzzy_key.h"
#include "matcher/model/term.h"
#include "workspace/near_numbers.h"

namespace bidui::workspace {
namespace {

using compare::Comparison;
using compare::level_at;

constexpr std::size_t kMaxRecords = 1500;  // read for one query; a common name has fewer

record::PersonText person_text(const LookupQuery& query) {
  record::PersonText text{.name = query.name, .id_number = query.id, .birth = query.born};
  text.phone = query.phone;
  text.address.village = query.village;
  return text;
}

}  // namespace

LookupSearch::LookupSearch(const LookupQuery& query, RecordReader& reader,
                           const model::Model& model)
    : query_(query), reader_(reader), scorer_(model) {
  record::RepairCounts repairs{};
  wanted_ = reader.builder().build(person_text(query), repairs);
}

Result<std::vector<LookupHit>> LookupSearch::run() {
  BIDUI_TRY(probe(specific_hashes()));
  if (hits_.empty() || query_.all) BIDUI_TRY(probe(near_hashes()));
  if (hits_.empty() || query_.all) BIDUI_TRY(probe(name_hashes()));
  keep_best_place();
  if (!query_.all) keep_nearest(Comparison::kId);
  return std::move(hits_);
}

bool LookupSearch::asks_something() const {
  return asked(Comparison::kName) || asked(Comparison::kId) || asked(Comparison::kPhone);
}

bool LookupSearch::asked(Comparison comparison) const {
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

std::vector<std::uint64_t> LookupSearch::fuzzy_hashes(const record::PersonFeatures& person) const {
  key::KeyList keys;
  key::append_person_keys(person, keys);
  std::vector<std::uint64_t> hashes;
  for (const key::FuzzyKey& k : keys.keys()) hashes.push_back(reader_.keys().keyed(k.hash));
  return hashes;
}

// All fuzzy keys; the name alone where nothing narrows it down.
std::vector<std::uint64_t> LookupSearch::specific_hashes() const {
  std::vector<std::uint64_t> hashes = fuzzy_hashes(wanted_);
  return hashes.empty() ? name_hashes() : hashes;
}

std::vector<std::uint64_t> LookupSearch::name_hashes() const {
  std::vector<std::uint64_t> hashes;
  if (asked(Comparison::kId) || asked(Comparison::kPhone)) return hashes;
  if (wanted_.name_fold != 0) hashes.push_back(reader_.keys().name(wanted_.name_fold));
  for (const std::uint32_t alias : wanted_.alias_fold) {
    if (alias != 0) hashes.push_back(reader_.keys().name(alias));
  }
  return hashes;
}

// One digit of the number or the telephone mistyped, two swapped, one left out.
std::vector<std::uint64_t> LookupSearch::near_hashes() const {
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

Status LookupSearch::probe(const std::vector<std::uint64_t>& hashes) {
  if (hashes.empty()) return {};
  Result<std::vector<RecordPlace>> places = reader_.find(hashes);
  BIDUI_TRY(places);
  if (places->size() > kMaxRecords) {
    places->resize(kMaxRecords);
    cut_ = true;
  }
  BIDUI_TRY(reader_.load(*places));
  for (const RecordPlace place : *places) {
    const bool known =
        std::ranges::any_of(hits_, [&](const LookupHit& h) { return h.place == place; });
    if (!known) add(place);
  }
  return {};
}

void LookupSearch::add(RecordPlace place) {
  LookupHit hit{.place = place};
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
bool LookupSearch::answers(compare::ComparisonVector vector,
                           const record::PersonFeatures& found) const {
  const auto within = [&](Comparison comparison, int last) {
    if (!asked(comparison)) return 0;
    const int level = level_at(vector, static_cast<int>(comparison));
    return level == 0 ? 0 : level <= last ? 1 : -1;
  };
  const int name = within(Comparison::kName, static_cast<int>(compare::NameLevel::kPartial));
  const int id = within(Comparison::kId, static_cast<int>(compare::IdLevel::kPrefix));
  const int phone = within(Comparison::kPhone, static_cast<int>(compare::PhoneLevel::kOneEdit));
  if (asked(Comparison::kBirth) && found.birth != 0 && found.birth / 10000 != wanted_.birth / 10000)
    return false;
  if (id > 0) return true;
  return name >= 0 && id >= 0 && phone >= 0 && name + phone > 0;
}

// Where some live in the village that was asked for, only they.
void LookupSearch::keep_best_place() {
  if (!asked(Comparison::kAddress)) return;
  const auto there = [&](const LookupHit& hit) {
    if (model::is_same_village(hit.vector)) return true;
    const ReadRecord& record = reader_.at(hit.place);
    return record.text("village").find(query_.village) != std::string_view::npos ||
           record.text("address").find(query_.village) != std::string_view::npos;
  };
  if (std::ranges::any_of(hits_, there))
    std::erase_if(hits_, [&](const LookupHit& hit) { return !there(hit); });
}

// Where one number is nearer than others, only the nearest.
void LookupSearch::keep_nearest(Comparison comparison) {
  if (!asked(comparison)) return;
  const auto level = [&](const LookupHit& hit) {
    return level_at(hit.vector, static_cast<int>(comparison));
  };
  int best = compare::kLevelCount;
  for (const LookupHit& hit : hits_) {
    if (level(hit) != 0) best = std::min(best, level(hit));
  }
  std::erase_if(hits_, [&](const LookupHit& hit) { return level(hit) > best; });
}

}  // namespace bidui::workspace
