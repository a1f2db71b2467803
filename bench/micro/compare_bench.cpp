// Comparisons a second on one core: pairs of one person written twice, and of any two people.
#include <benchmark/benchmark.h>
#include <vector>

#include "bench/micro/people.h"
#include "matcher/compare/comparison_vector.h"

namespace bidui::compare {
namespace {

constexpr std::size_t kCount = 4096;
constexpr unsigned kSeed = 20171120;

using Features = std::vector<record::PersonFeatures>;

Features features(bool as_written_elsewhere) {
  const std::vector<bench::Person> people = bench::make_people(kCount, kSeed);
  Features all;
  for (std::size_t i = 0; i < people.size(); ++i) {
    all.push_back(
        bench::features_of(as_written_elsewhere ? bench::misspelt(people[i], i) : people[i]));
  }
  return all;
}

bool names_equal(ComparisonVector vector) {
  return level_at(vector, static_cast<int>(Comparison::kName)) ==
         static_cast<int>(NameLevel::kExact);
}

// Compares left[i] with right[i + shift].
void compare_pairs(benchmark::State& state, std::size_t shift, std::size_t least,
                   std::size_t most) {
  const Features left = features(false);
  const Features right = features(true);
  const ComparisonPlan plan;
  std::size_t equal = 0;
  for (std::size_t i = 0; i < kCount; ++i) {
    equal += names_equal(compare_records(plan, {&left[i]}, {&right[(i + shift) % kCount]}));
  }
  if (equal < least || equal > most) return state.SkipWithError("wrong levels");
  for (auto round : state) {
    for (std::size_t i = 0; i < kCount; ++i) {
      benchmark::DoNotOptimize(compare_records(plan, {&left[i]}, {&right[(i + shift) % kCount]}));
    }
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * kCount));
}

// Two of three keep their name; a few changed names are the same by chance.
void same_person(benchmark::State& state) {
  compare_pairs(state, 0, kCount * 2 / 3, kCount * 3 / 4);
}
void two_people(benchmark::State& state) { compare_pairs(state, 1, 0, kCount / 50); }

BENCHMARK(same_person);
BENCHMARK(two_people);

}  // namespace
}  // namespace bidui::compare
