#include "matcher/link/hot_keys.h"

#include <atomic>
#include <bit>
#include <limits>
#include <mutex>
#include <tbb/parallel_for.h>
#include <tbb/parallel_sort.h>

namespace bidui::link {
namespace {

constexpr std::size_t kBlock = 4096;

// Calls visit(row, key) for every key of every record, and done(block's state) after each block.
template <typename State, typename Visit, typename Done>
void for_each_key(std::size_t rows, const KeyFunction& keys_of, const Visit& visit,
                  const Done& done) {
  tbb::parallel_for(std::size_t{0}, (rows + kBlock - 1) / kBlock, [&](std::size_t block) {
    key::KeyList keys;
    State state{};
    for (std::size_t row = block * kBlock; row < std::min(rows, (block + 1) * kBlock); ++row) {
      keys.clear();
      keys_of(row, keys);
      for (const key::FuzzyKey& key : keys.keys())
        visit(static_cast<std::uint32_t>(row), key, state);
    }
    done(std::move(state));
  });
}

// Upper bounds of how many records share a key: keys that fall on one slot are counted together.
class KeySketch {
 public:
  KeySketch(std::size_t rows, std::uint32_t cap)
      : limit_(static_cast<std::uint8_t>(std::min<std::uint32_t>(cap, kMost))) {
    const auto bits = std::clamp(static_cast<int>(std::bit_width(rows * 8)), 4, 26);
    shift_ = 64 - bits;
    slots_.resize(std::size_t{1} << bits);
  }

  void mark(std::uint64_t base) {
    slots_[base >> shift_] = kMost + 1;
    any_ = true;
  }
  void count(std::uint64_t base) {
    std::atomic_ref<std::uint8_t> slot(slots_[base >> shift_]);
    std::uint8_t before = slot.load(std::memory_order_relaxed);
    do {
      if (before > limit_) return;
    } while (!slot.compare_exchange_weak(before, static_cast<std::uint8_t>(before + 1),
                                         std::memory_order_relaxed));
    if (before == limit_) any_.store(true, std::memory_order_relaxed);
  }
  void prefetch(std::uint64_t base) const { __builtin_prefetch(&slots_[base >> shift_], 1); }
  bool may_be_hot(std::uint64_t base) const { return slots_[base >> shift_] > limit_; }
  bool any() const { return any_; }

 private:
  static constexpr std::uint8_t kMost = std::numeric_limits<std::uint8_t>::max() - 1;
  std::uint8_t limit_;
  int shift_;
  std::vector<std::uint8_t> slots_;
  std::atomic<bool> any_ = false;
};

// Counts keys in a sketch some time after they came, when their cache lines are there.
class SketchQueue {
 public:
  void add(std::uint64_t base, KeySketch& sketch) {
    sketch.prefetch(base);
    std::uint64_t& place = waiting_[added_ % waiting_.size()];
    if (added_++ >= waiting_.size()) sketch.count(place);
    place = base;
  }
  void count_rest(KeySketch& sketch) const {
    for (std::size_t i = 0; i < std::min(added_, waiting_.size()); ++i) sketch.count(waiting_[i]);
  }

 private:
  std::array<std::uint64_t, 32> waiting_{};
  std::size_t added_ = 0;
};

struct Entry {
  std::uint64_t base;
  std::uint64_t refinement;
  std::uint32_t record;
  key::KeyKind kind;
  bool covered;

  auto order() const { return std::tuple(base, covered, record, refinement); }
  bool operator<(const Entry& other) const { return order() < other.order(); }
};

// The records of the key [begin, end), which is sorted.
KeyLists lists_of(const std::vector<Entry>& entries, std::size_t begin, std::size_t end) {
  KeyLists lists{.base = entries[begin].base};
  for (std::size_t i = begin; i < end; ++i) {
    const bool repeated = i != begin && entries[i].record == entries[i - 1].record &&
                          entries[i].covered == entries[i - 1].covered;
    if (!repeated) ++(entries[i].covered ? lists.covered : lists.open);
  }
  return lists;
}

bool is_hot(const KeyLists& lists, std::uint32_t cap) {
  return std::max(lists.open, lists.covered) > cap;
}

std::size_t end_of_key(const std::vector<Entry>& entries, std::size_t begin) {
  std::size_t end = begin;
  while (end < entries.size() && entries[end].base == entries[begin].base) ++end;
  return end;
}

// Refines the hot ones among `suspects` (sorted); gives their refined entries.
std::vector<Entry> refine(const std::vector<Entry>& suspects, std::uint32_t cap, KeyCensus& census,
                          std::vector<std::uint64_t>& refined) {
  std::vector<Entry> entries;
  for (std::size_t begin = 0, end = 0; begin < suspects.size(); begin = end) {
    end = end_of_key(suspects, begin);
    const std::uint64_t base = suspects[begin].base;
    const bool frozen = census.frozen.refined.contains(base);
    const KeyLists lists = lists_of(suspects, begin, end);
    if (!frozen && !is_hot(lists, cap)) continue;
    if (!frozen) refined.push_back(base);
    census.hot_lists.push_back(lists);
    for (std::size_t i = begin; i < end; ++i) {
      KeyKindCounts& counts = census.counts[static_cast<std::size_t>(suspects[i].kind)];
      ++counts.refined_keys;
      if (suspects[i].refinement == 0) {
        ++counts.cut_keys;
        continue;
      }
      entries.push_back(suspects[i]);
      entries.back().base = refined_base(base, suspects[i].refinement);
    }
  }
  tbb::parallel_sort(entries.begin(), entries.end());
  return entries;
}

void cut(const std::vector<Entry>& entries, std::uint32_t cap, KeyCensus& census,
         std::vector<std::uint64_t>& cut) {
  for (std::size_t begin = 0, end = 0; begin < entries.size(); begin = end) {
    end = end_of_key(entries, begin);
    const bool frozen = census.frozen.cut.contains(entries[begin].base);
    if (!frozen && !is_hot(lists_of(entries, begin, end), cap)) continue;
    if (!frozen) cut.push_back(entries[begin].base);
    for (std::size_t i = begin; i < end; ++i)
      ++census.counts[static_cast<std::size_t>(entries[i].kind)].cut_keys;
  }
}

HashSet merged_sets(const HashSet& a, const HashSet& b) {
  if (b.empty()) return a;
  std::vector<std::uint64_t> hashes = a.sorted();
  hashes.insert(hashes.end(), b.sorted().begin(), b.sorted().end());
  return HashSet(std::move(hashes));
}

}  // namespace

HashSet::HashSet(std::vector<std::uint64_t> hashes) : sorted_(std::move(hashes)) {
  std::ranges::sort(sorted_);
  sorted_.erase(std::unique(sorted_.begin(), sorted_.end()), sorted_.end());
  const auto bits = std::clamp(static_cast<int>(std::bit_width(sorted_.size() * 16)), 4, 30);
  shift_ = 64 - bits;
  filter_.resize(std::size_t{1} << bits);
  for (const std::uint64_t hash : sorted_) filter_[hash >> shift_] = true;
}

HotKeys merged(const HotKeys& a, const HotKeys& b) {
  return {merged_sets(a.refined, b.refined), merged_sets(a.cut, b.cut)};
}

void add(KeyCounts& sum, const KeyCounts& more) {
  for (std::size_t kind = 0; kind < sum.size(); ++kind) {
    sum[kind].keys += more[kind].keys;
    sum[kind].refined_keys += more[kind].refined_keys;
    sum[kind].cut_keys += more[kind].cut_keys;
  }
}

std::optional<std::uint64_t> effective_base(const key::FuzzyKey& key, const HotKeys& hot) {
  const std::uint64_t base = key_base(key.hash);
  if (!hot.refined.contains(base)) return base;
  const std::uint64_t refined = refined_base(base, key.refinement);
  if (key.refinement == 0 || hot.cut.contains(refined)) return std::nullopt;
  return refined;
}

KeyCensus take_census(std::size_t rows, const KeyFunction& keys_of, std::uint32_t cap,
                      HotKeys frozen) {
  KeyCensus census;
  census.frozen = std::move(frozen);
  KeySketch sketch(rows, cap);
  for (const std::uint64_t base : census.frozen.refined.sorted()) sketch.mark(base);
  std::mutex mutex;
  struct Counts {
    std::array<std::uint64_t, static_cast<std::size_t>(key::KeyKind::kCount)> keys{};
    SketchQueue queue{};
  };
  for_each_key<Counts>(
      rows, keys_of,
      [&](std::uint32_t, const key::FuzzyKey& key, Counts& counts) {
        ++counts.keys[static_cast<std::size_t>(key.kind)];
        counts.queue.add(key_base(key.hash), sketch);
      },
      [&](const Counts& counts) {
        counts.queue.count_rest(sketch);
        const std::lock_guard lock(mutex);
        for (std::size_t k = 0; k < counts.keys.size(); ++k)
          census.counts[k].keys += counts.keys[k];
      });
  if (!sketch.any()) return census;
  std::vector<Entry> suspects;
  for_each_key<std::vector<Entry>>(
      rows, keys_of,
      [&](std::uint32_t row, const key::FuzzyKey& key, std::vector<Entry>& entries) {
        const std::uint64_t base = key_base(key.hash);
        if (sketch.may_be_hot(base))
          entries.push_back(
              {base, key.refinement, row, key.kind, key.coverage == key::Coverage::kCovered});
      },
      [&](const std::vector<Entry>& entries) {
        const std::lock_guard lock(mutex);
        suspects.insert(suspects.end(), entries.begin(), entries.end());
      });
  tbb::parallel_sort(suspects.begin(), suspects.end());
  std::vector<std::uint64_t> later_refined;
  std::vector<std::uint64_t> later_cut;
  cut(refine(suspects, cap, census, later_refined), cap, census, later_cut);
  census.later = {HashSet(std::move(later_refined)), HashSet(std::move(later_cut))};
  return census;
}

KeyCounts count_keys(std::size_t rows, const KeyFunction& keys_of, const HotKeys& hot) {
  KeyCounts all{};
  std::mutex mutex;
  for_each_key<KeyCounts>(
      rows, keys_of,
      [&](std::uint32_t, const key::FuzzyKey& key, KeyCounts& counts) {
        KeyKindCounts& own = counts[static_cast<std::size_t>(key.kind)];
        ++own.keys;
        if (!hot.refined.contains(key_base(key.hash))) return;
        ++own.refined_keys;
        if (!effective_base(key, hot)) ++own.cut_keys;
      },
      [&](const KeyCounts& counts) {
        const std::lock_guard lock(mutex);
        add(all, counts);
      });
  return all;
}

bool may_be_hot(std::size_t few, const KeyFunction& keys_of_few, std::size_t rows,
                const KeyFunction& keys_of_rows, std::uint32_t cap, const HotKeys& hot) {
  std::vector<std::uint64_t> bases;
  key::KeyList keys;
  for (std::size_t row = 0; row < few; ++row) {
    keys.clear();
    keys_of_few(row, keys);
    for (const key::FuzzyKey& key : keys.keys()) {
      if (const auto base = effective_base(key, hot)) bases.push_back(*base);
    }
  }
  const HashSet wanted(std::move(bases));
  // Of each base the entries in both lists; a record that has a key twice counts twice.
  std::vector<std::array<std::uint32_t, 2>> counts(wanted.size());
  std::atomic<bool> hot_one = false;
  for_each_key<bool>(
      rows, keys_of_rows,
      [&](std::uint32_t, const key::FuzzyKey& key, bool&) {
        const auto base = effective_base(key, hot);
        if (!base || !wanted.contains(*base)) return;
        const auto at = std::ranges::lower_bound(wanted.sorted(), *base) - wanted.sorted().begin();
        const std::size_t list = key.coverage == key::Coverage::kCovered ? 1 : 0;
        std::atomic_ref count(counts[static_cast<std::size_t>(at)][list]);
        if (count.fetch_add(1, std::memory_order_relaxed) >= cap) hot_one = true;
      },
      [](bool) {});
  return hot_one;
}

}  // namespace bidui::link
