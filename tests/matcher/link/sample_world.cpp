#include "tests/matcher/link/sample_world.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <random>

#include "tests/matcher/record/person_error.h"

namespace bidui::link {
namespace {

void add_row(Registry& registry, const record::PersonCells& cells, std::uint32_t person) {
  registry.table.persons.push_back(record::build_features(cells));
  registry.person.push_back(person);
}

// A third without an error, a third with one, a third with two.
record::PersonCells copy_with_errors(record::PersonCells& truth, std::mt19937_64& random) {
  record::PersonCells copy = truth;
  const std::vector<record::PersonError> errors = record::all_errors();
  for (std::uint64_t n = record::pick(random, 3); n > 0; --n) {
    const record::PersonError error = errors[record::pick(random, errors.size())];
    if (error != record::PersonError::kNameMissing) record::make_error(error, truth, copy, random);
  }
  return copy;
}

// An error after which the row still is the same person's: number and name agree, or all but the
// number.
record::PersonCells registered_again(const record::PersonCells& truth, std::mt19937_64& random) {
  using record::PersonError;
  constexpr std::array kErrors = {PersonError::kIdMissing,      PersonError::kIdOneDigit,
                                  PersonError::kIdScientific,   PersonError::kNameHomophone,
                                  PersonError::kNameLookAlike,  PersonError::kBirthMonthOnly,
                                  PersonError::kAddressMissing, PersonError::kGroupOther};
  record::PersonCells original = truth;
  record::PersonCells copy = truth;
  record::make_error(kErrors[record::pick(random, kErrors.size())], original, copy, random);
  return copy;
}

}  // namespace

SampleWorld make_world(std::uint64_t seed, std::uint32_t people, std::uint32_t poor) {
  SampleWorld world;
  record::PersonGenerator generator(seed);
  std::mt19937_64 second_clerk(seed + 1);
  for (std::uint32_t person = 0; person < people + poor / 10; ++person) {
    record::PersonCells truth = generator.next();
    const bool unknown = person >= people;
    if (person < poor || unknown)
      add_row(world.poverty, copy_with_errors(truth, generator.random()), person);
    truth.phone.clear();
    if (unknown) continue;
    add_row(world.civil, truth, person);
    add_row(world.civil_again, registered_again(truth, second_clerk), person);
  }
  return world;
}

Registry shuffled(const Registry& registry, std::uint64_t seed) {
  std::vector<std::size_t> order(registry.person.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::mt19937_64 random(seed);
  std::ranges::shuffle(order, random);
  Registry result;
  for (const std::size_t row : order) {
    result.table.persons.push_back(registry.table.persons[row]);
    result.person.push_back(registry.person[row]);
  }
  return result;
}

KeyFunction person_keys(const RecordTable& table) {
  return [&table](std::size_t row, key::KeyList& keys) {
    key::append_person_keys(table.persons[row], keys);
  };
}

std::shared_ptr<const LeftSide> left_side(const RecordTable& table,
                                          std::vector<std::uint8_t> groups,
                                          LeftSideOptions options) {
  auto side = std::make_shared<LeftSide>(table, std::move(groups), std::move(options));
  side->build_index();
  return side;
}

ScoredPairs link_world(const Registry& left, const Registry& right, const ScoredPairs& given,
                       std::size_t pieces) {
  LinkerOptions options;
  options.expected_right = static_cast<double>(right.table.size());
  options.random_pairs = 100'000;
  options.models.assign(given.models.begin(), given.models.end());
  options.tables = given.tables;
  LeftSideOptions side_options;
  if (given.tables != nullptr) side_options.hot = given.tables->keys;
  Linker linker(left_side(left.table, {}, std::move(side_options)), options);
  const std::size_t size = (right.table.size() + pieces - 1) / pieces;
  for (std::size_t begin = 0; begin < right.table.size(); begin += size) {
    const std::size_t rows = std::min(size, right.table.size() - begin);
    linker.add_right({.persons = std::span(right.table.persons).subspan(begin, rows)});
  }
  return linker.finish();
}

}  // namespace bidui::link
