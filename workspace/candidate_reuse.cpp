#include "workspace/candidate_reuse.h"

#include <algorithm>
#include <numeric>
#include <tbb/parallel_sort.h>

#include "matcher/base/hash.h"

namespace bidui::workspace {
namespace {

struct HashedRow {
  std::uint64_t hash;
  std::uint32_t row;
  auto operator<=>(const HashedRow&) const = default;
};

// Pairs of the new rows with the old ones, as far as they follow each other in the same order; a
// few rows between are looked over. The others are left to `olds` and `news`.
void match_in_order(std::span<const std::uint64_t> old_rows,
                    std::span<const std::uint64_t> new_rows, std::vector<std::uint32_t>& matched,
                    std::vector<HashedRow>& olds, std::vector<HashedRow>& news) {
  constexpr std::uint32_t kWindow = 8;
  std::uint32_t o = 0;
  std::uint32_t n = 0;
  const auto skip_to = [&](std::uint32_t old_end, std::uint32_t new_end) {
    for (; o < old_end; ++o) olds.push_back({old_rows[o], o});
    for (; n < new_end; ++n) news.push_back({new_rows[n], n});
  };
  while (o < old_rows.size() && n < new_rows.size()) {
    if (old_rows[o] == new_rows[n]) {
      matched[o++] = n++;
      continue;
    }
    std::uint32_t ahead = 1;
    const auto removed = [&] {
      return o + ahead < old_rows.size() && old_rows[o + ahead] == new_rows[n];
    };
    const auto added = [&] {
      return n + ahead < new_rows.size() && old_rows[o] == new_rows[n + ahead];
    };
    while (ahead <= kWindow && !removed() && !added()) ++ahead;
    if (ahead > kWindow) {
      skip_to(o + 1, n + 1);
    } else if (removed()) {
      skip_to(o + ahead, n);
    } else {
      skip_to(o, n + ahead);
    }
  }
  skip_to(static_cast<std::uint32_t>(old_rows.size()), static_cast<std::uint32_t>(new_rows.size()));
}

// The new row of each old one, kGone where there is none. Rows that are alike have the same pairs:
// whichever is matched with which.
std::vector<std::uint32_t> match_rows(std::span<const std::uint64_t> old_rows,
                                      std::span<const std::uint64_t> new_rows) {
  std::vector<std::uint32_t> matched(old_rows.size(), RowMatching::kGone);
  std::vector<HashedRow> olds;
  std::vector<HashedRow> news;
  match_in_order(old_rows, new_rows, matched, olds, news);
  tbb::parallel_sort(olds.begin(), olds.end());
  tbb::parallel_sort(news.begin(), news.end());
  for (std::size_t o = 0, n = 0; o < olds.size() && n < news.size();) {
    if (olds[o].hash == news[n].hash) {
      matched[olds[o++].row] = news[n++].row;
    } else if (olds[o].hash < news[n].hash) {
      ++o;
    } else {
      ++n;
    }
  }
  return matched;
}

// Rows below `count` that nothing was matched with.
std::vector<std::uint32_t> unmatched(std::span<const std::uint32_t> matched, std::size_t count) {
  std::vector<bool> found(count);
  for (const std::uint32_t row : matched) {
    if (row != RowMatching::kGone) found[row] = true;
  }
  std::vector<std::uint32_t> rows;
  for (std::uint32_t row = 0; row < count; ++row) {
    if (!found[row]) rows.push_back(row);
  }
  return rows;
}

// The pairs of which both rows are still there, in their new numbers. `bereft`: records whose
// partner is not.
std::vector<KeptPair> renumbered(std::vector<KeptPair> pairs, std::span<const std::uint32_t> left,
                                 std::span<const std::uint32_t> right, bool within,
                                 std::vector<std::uint32_t>& bereft) {
  std::size_t kept = 0;
  for (KeptPair pair : pairs) {
    pair.left = left[pair.left];
    pair.right = right[pair.right];
    if (pair.left == RowMatching::kGone) continue;
    if (pair.right == RowMatching::kGone) {
      if (!within) bereft.push_back(pair.left);
      continue;
    }
    if (within && pair.left > pair.right) std::swap(pair.left, pair.right);
    pairs[kept++] = pair;
  }
  pairs.resize(kept);
  return pairs;
}

}  // namespace

std::uint64_t household_hash(std::size_t position, std::uint32_t tie) {
  return hash_combine(position, tie);
}

RowMatching::RowMatching(std::span<const RunSource> sources, KeptCandidates& kept) {
  // Of each old source the new row of each row, and the number of the first.
  std::vector<std::vector<std::uint32_t>> matched(kept.sources.size());
  std::vector<std::uint32_t> firsts(kept.sources.size());
  std::uint32_t first = 0;
  for (const RunSource& source : sources) {
    KeptSource now = kept_source(source);
    const auto old = std::ranges::find(kept.sources, source.instance, &KeptSource::instance);
    const bool spine = &source == &sources.back();
    if (old != kept.sources.end() && (&*old == &kept.sources.back()) == spine) {
      const auto at = static_cast<std::size_t>(old - kept.sources.begin());
      firsts[at] = first;
      if (old->deliveries == now.deliveries && old->rows.size() == source.rows()) {
        now.rows = std::move(old->rows);
        now.ties = std::move(old->ties);
        matched[at].resize(source.rows());
        std::iota(matched[at].begin(), matched[at].end(), 0U);
      } else {
        hash_rows(source, spine, now);
        matched[at] = match_rows(old->rows, now.rows);
        note_gone(*old, matched[at], spine);
      }
    } else {
      hash_rows(source, spine, now);
    }
    first += source.rows();
    sources_.push_back(std::move(now));
  }
  right_records_ = sources.back().rows();
  left_records_ = first - right_records_;
  left_.reserve(left_records_);
  for (std::size_t s = 0; s < kept.sources.size(); ++s) {
    if (matched[s].empty()) matched[s].assign(kept.sources[s].rows.size(), kGone);
    if (s + 1 == kept.sources.size()) {
      right_ = std::move(matched[s]);
    } else {
      for (const std::uint32_t row : matched[s])
        left_.push_back(row == kGone ? kGone : firsts[s] + row);
    }
  }
  changed_ = {unmatched(left_, left_records_), unmatched(right_, right_records_)};
}

void RowMatching::note_gone(const KeptSource& old, std::span<const std::uint32_t> matched,
                            bool spine) {
  for (std::size_t row = 0; row < old.ties.size(); ++row) {
    const std::uint32_t tie = old.ties[row];
    if (matched[row] != kGone || tie == 0) continue;
    if (spine) {
      gone_.numbers.push_back(tie);
    } else {
      gone_.households.push_back(household_hash(sources_.size(), tie));
    }
  }
}

bool RowMatching::changed_too_much() const {
  constexpr std::size_t kMost = 5;  // one in so many
  return changed_.left.size() > left_records_ / kMost ||
         changed_.right.size() > right_records_ / kMost;
}

CandidateReuse RowMatching::reuse(KeptCandidates kept) const {
  CandidateReuse reuse;
  reuse.changed = changed_;
  reuse.gone = gone_;
  reuse.to_spine = renumbered(std::move(kept.to_spine), left_, right_, false, reuse.gone.lefts);
  reuse.among = renumbered(std::move(kept.among), left_, left_, true, reuse.gone.lefts);
  for (const std::uint32_t row : kept.repeated) {
    if (right_[row] != kGone) reuse.repeated.push_back(right_[row]);
  }
  std::ranges::sort(reuse.repeated);
  return reuse;
}

}  // namespace bidui::workspace
