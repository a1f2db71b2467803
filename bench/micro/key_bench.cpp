// Records a second from text to features, and from features to fuzzy keys, on one core.
#include <algorithm>
#include <benchmark/benchmark.h>
#include <vector>

#include "bench/micro/people.h"
#include "matcher/key/fuzzy_key.h"

namespace bidui::key {
namespace {

constexpr std::size_t kCount = 4096;
constexpr unsigned kSeed = 20171120;

bool share_a_key(const record::PersonFeatures& a, const record::PersonFeatures& b) {
  KeyList left;
  KeyList right;
  append_person_keys(a, left);
  append_person_keys(b, right);
  return std::ranges::any_of(left.keys(), [&](const FuzzyKey& key) {
    return std::ranges::find(right.keys(), key.hash, &FuzzyKey::hash) != right.keys().end();
  });
}

void features_of_records(benchmark::State& state) {
  const std::vector<bench::Person> people = bench::make_people(kCount, kSeed);
  for (const bench::Person& person : people) {
    if (bench::features_of(person).id_class != record::IdClass::kValid)
      return state.SkipWithError("a number is not valid");
  }
  for (auto round : state) {
    for (const bench::Person& person : people) benchmark::DoNotOptimize(bench::features_of(person));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * kCount));
}

void keys_of_features(benchmark::State& state) {
  const std::vector<bench::Person> people = bench::make_people(kCount, kSeed);
  std::vector<record::PersonFeatures> features;
  for (std::size_t i = 0; i < kCount; ++i) {
    features.push_back(bench::features_of(people[i]));
    if (!share_a_key(features[i], bench::features_of(bench::misspelt(people[i], i))))
      return state.SkipWithError("one error leaves no key");
  }
  KeyList keys;
  std::size_t count = 0;
  for (auto round : state) {
    count = 0;
    for (const record::PersonFeatures& person : features) {
      keys.clear();
      append_person_keys(person, keys);
      count += keys.keys().size();
    }
    benchmark::DoNotOptimize(keys);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * kCount));
  state.counters["keys_per_record"] = static_cast<double>(count) / static_cast<double>(kCount);
  state.counters["keys"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(count),
                         benchmark::Counter::kIsRate);
}

BENCHMARK(features_of_records);
BENCHMARK(keys_of_features);

}  // namespace
}  // namespace bidui::key
