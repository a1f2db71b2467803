#include "workspace/run_vector.h"

#include <algorithm>

#include "matcher/key/fuzzy_key.h"
#include "matcher/link/household_evidence.h"

namespace bidui::workspace {
namespace {

using record::IdClass;

// The registry's records of a person's ID number, loaded.
Result<std::vector<RecordPlace>> holders(RecordReader& reader, const record::PersonFeatures& person,
                                         std::size_t registry) {
  std::vector<RecordPlace> places;
  key::KeyList keys;
  key::append_person_keys(person, keys);
  for (const key::FuzzyKey& key : keys.keys()) {
    if (key.kind != key::KeyKind::kId) continue;
    const std::uint64_t keyed = reader.keys().keyed(key.hash);
    auto found = reader.find(std::span(&keyed, 1), registry);
    BIDUI_TRY(found);
    places.insert(places.end(), found->begin(), found->end());
  }
  BIDUI_TRY(reader.load(places));
  std::erase_if(
      places, [&](RecordPlace p) { return reader.at(p).features().id_digits != person.id_digits; });
  return places;
}

// The tables of a linkage of one household with the registry's records of its members' numbers.
struct SmallLinkage {
  link::RecordTable left{};
  std::vector<RecordPlace> right{};
  std::vector<std::uint64_t> right_households{};
  link::SearchResult found{};
  link::ValueCounter ids{0};

  std::uint32_t add_right(const RecordReader& reader, RecordPlace place) {
    const auto at = std::ranges::find(right, place);
    if (at != right.end()) return static_cast<std::uint32_t>(at - right.begin());
    const record::PersonFeatures& person = reader.at(place).features();
    right.push_back(place);
    right_households.push_back(person.household);
    ids.add_right(person.id_class == IdClass::kValid ? person.id_digits : 0);
    return static_cast<std::uint32_t>(right.size() - 1);
  }
};

}  // namespace

Result<RunVector> run_vector(RecordReader& reader, RecordPlace first, RecordPlace second) {
  const record::PersonFeatures& own = reader.at(first).features();
  RunVector result{
      .vector = compare::compare_records({}, {&own, {}}, {&reader.at(second).features(), {}})};
  const std::size_t registry = reader.sources().size() - 1;
  if (second.source != registry || first.source == registry) return result;
  std::vector<RecordPlace> members{first};
  const std::string household(reader.at(first).household_name());
  if (!household.empty()) {
    const auto others = reader.members(first.source, household);
    BIDUI_TRY(others);
    std::ranges::copy_if(*others, std::back_inserter(members),
                         [&](RecordPlace p) { return p != first; });
  }
  SmallLinkage small;
  small.ids = link::ValueCounter(members.size());
  for (const RecordPlace member : members) {
    const record::PersonFeatures& p = reader.at(member).features();
    small.left.persons.push_back(p);
    small.ids.add_left(p.id_class == IdClass::kValid ? p.id_digits : 0);
  }
  for (std::uint32_t row = 0; row < members.size(); ++row) {
    const record::PersonFeatures& p = small.left.persons[row];
    const auto places = holders(reader, p, registry);
    BIDUI_TRY(places);
    for (const RecordPlace place : *places) {
      const std::uint32_t right = small.add_right(reader, place);
      const compare::RecordView theirs{&reader.at(place).features(), {}};
      small.found.pairs.push_back(
          {.left = row, .right = right, .vector = compare::compare_records({}, {&p, {}}, theirs)});
    }
  }
  const std::uint32_t right = small.add_right(reader, second);
  result.unheld = own.id_class == IdClass::kValid && small.ids.right_count(own.id_digits) == 0;
  const link::HouseholdEvidence evidence({.left = small.left,
                                          .right_households = small.right_households,
                                          .ids = small.ids,
                                          .found = std::span(&small.found, 1)});
  result.vector = evidence.add_to({.left = 0, .right = right, .vector = result.vector});
  return result;
}

}  // namespace bidui::workspace
