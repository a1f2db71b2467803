// Comparisons a second on one core: whole records (one person written twice, any two people),
// single fields, and the string kernels that other libraries have too (bench/micro/run puts theirs
// beside).
#include <benchmark/benchmark.h>
#include <span>
#include <string>
#include <vector>

#include "bench/micro/people.h"
#include "matcher/compare/compare_id.h"
#include "matcher/compare/compare_name.h"
#include "matcher/compare/comparison_vector.h"
#include "matcher/compare/edit_distance.h"

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

// Every left value with the next kNeighbours right ones; `sum` of all results must be `least` or
// more: a kernel that answers nothing would be fast.
template <typename Value, typename Compare>
void compare_neighbours(benchmark::State& state, const std::vector<Value>& values, double least,
                        Compare compare) {
  constexpr std::size_t kNeighbours = 64;
  const auto run = [&] {
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      for (std::size_t n = 1; n <= kNeighbours; ++n)
        sum += static_cast<double>(compare(values[i], values[(i + n) % values.size()]));
    }
    return sum;
  };
  if (run() < least) return state.SkipWithError("wrong answers");
  for (auto round : state) benchmark::DoNotOptimize(run());
  state.SetItemsProcessed(
      static_cast<std::int64_t>(state.iterations() * values.size() * kNeighbours));
}

void name_level(benchmark::State& state) {
  compare_neighbours(state, features(false), 1, compare_name);
}
void id_level(benchmark::State& state) {
  compare_neighbours(state, features(false), 1, compare_id);
}
void osa_of_names(benchmark::State& state) {
  constexpr int kLimit = 4;  // longer than the names: nothing is cut off
  compare_neighbours(state, features(false), kCount * 64,
                     [](const record::PersonFeatures& a, const record::PersonFeatures& b) {
                       return osa_distance(std::span(a.name.units).first(a.name.length),
                                           std::span(b.name.units).first(b.name.length), kLimit);
                     });
}
void jaro_winkler_of_latin_names(benchmark::State& state) {
  compare_neighbours(state, bench::make_latin_names(kCount, kSeed), kCount, jaro_winkler);
}

BENCHMARK(name_level);
BENCHMARK(id_level);
BENCHMARK(osa_of_names);
BENCHMARK(jaro_winkler_of_latin_names);

}  // namespace
}  // namespace bidui::compare
