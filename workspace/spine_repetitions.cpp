#include "workspace/spine_repetitions.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <iterator>
#include <tbb/parallel_for.h>

#include "matcher/base/hash.h"
#include "matcher/base/hash_filter.h"
#include "matcher/compare/compare_name.h"
#include "matcher/link/entered_twice.h"

namespace bidui::workspace {
namespace {

constexpr double kCertain = 40;  // weight of a repetition within the spine

void link_spine_rows(std::span<const RunSource> sources, const RunRecords& records, std::uint32_t a,
                     std::uint32_t b, std::vector<PersonLink>& links) {
  const std::size_t s = sources.size() - 1;
  const auto [first, second] = std::minmax(a, b);
  links.push_back({records.number(s, first), records.number(s, second), kCertain, kCertain,
                   link::Decision::kLink});
}

// Leaves the entries whose hash another one has, too, and a few more: only these are worth sorting.
template <typename Entry, typename Hash>
void keep_repeated(std::vector<Entry>& entries, const Hash& hash_of) {
  const auto bits = std::clamp(static_cast<int>(std::bit_width(entries.size() * 16)), 4, 30);
  const auto slot = [&](const Entry& e) { return hash_of(e) >> (64 - bits); };
  std::vector<bool> seen(std::size_t{1} << bits);
  std::vector<bool> repeated(seen.size());
  for (const Entry& e : entries) {
    const std::uint64_t at = slot(e);
    if (seen[at]) repeated[at] = true;
    seen[at] = true;
  }
  std::erase_if(entries, [&](const Entry& e) { return !repeated[slot(e)]; });
}

bool has_valid_number(const record::PersonFeatures& p) {
  return p.id_class == record::IdClass::kValid;
}

bool has_name_in_booklet(const record::PersonFeatures& p) {
  return p.household != 0 && p.name_hash != 0 && p.birth % 100 != 0;
}

// The spine's own repetitions: one valid number with one name, twice.
void link_spine_numbers(std::span<const RunSource> sources, const RunRecords& records,
                        std::span<const std::uint32_t> rows, SpineRepetitions& result) {
  const RunSource& spine = sources.back();
  std::vector<std::pair<std::uint64_t, std::uint32_t>> numbers;
  numbers.reserve(rows.size());
  for (const std::uint32_t row : rows) {
    const record::PersonFeatures& p = spine.features[row];
    if (has_valid_number(p)) numbers.emplace_back(p.id_digits, row);
  }
  keep_repeated(numbers, [](const auto& number) { return mix64(number.first); });
  std::ranges::sort(numbers);
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    if (numbers[i].first != numbers[i - 1].first) continue;
    const std::uint32_t a = numbers[i - 1].second;
    const std::uint32_t b = numbers[i].second;
    result.rows.insert(result.rows.end(), {a, b});
    const auto name = compare::compare_name(spine.features[a], spine.features[b]);
    if (name == compare::NameLevel::kMissing || name > compare::NameLevel::kVariant) continue;
    link_spine_rows(sources, records, a, b, result.links);
  }
}

int days_of(std::uint32_t birth) {  // rough: months of 31 days, for differences only
  return static_cast<int>(birth / 10000 * 372 + birth / 100 % 100 * 31 + birth % 100);
}

// A person registered twice under two numbers (重户): one name in one booklet, of one sex, born at
// most a year apart. Siblings are never given one name; a namesake in the booklet is of another
// generation.
void link_spine_booklets(std::span<const RunSource> sources, const RunRecords& records,
                         std::span<const std::uint32_t> rows, SpineRepetitions& result) {
  constexpr int kApart = 372;
  const RunSource& spine = sources.back();
  struct Member {
    std::uint64_t household;
    std::uint32_t name;
    std::uint32_t row;
    auto operator<=>(const Member&) const = default;
  };
  std::vector<Member> all;
  all.reserve(rows.size());
  for (const std::uint32_t row : rows) {
    const record::PersonFeatures& p = spine.features[row];
    if (has_name_in_booklet(p)) all.push_back({p.household, p.name_hash, row});
  }
  keep_repeated(all, [](const Member& m) { return hash_combine(m.household, m.name); });
  std::ranges::sort(all);
  for (std::size_t i = 1; i < all.size(); ++i) {
    const Member& x = all[i - 1];
    const Member& y = all[i];
    if (x.household != y.household || x.name != y.name) continue;
    result.rows.insert(result.rows.end(), {x.row, y.row});
    const record::PersonFeatures& a = spine.features[x.row];
    const record::PersonFeatures& b = spine.features[y.row];
    if (a.sex != b.sex || !link::written_alike(a, b)) continue;
    if (std::abs(days_of(a.birth) - days_of(b.birth)) > kApart) continue;
    if (a.id_digits == b.id_digits && a.id_digits != 0) continue;  // linked by the number
    link_spine_rows(sources, records, x.row, y.row, result.links);
  }
}

}  // namespace

SpineRepetitions spine_repetitions(std::span<const RunSource> sources, const RunRecords& records,
                                   std::span<const std::uint32_t> rows) {
  SpineRepetitions result;
  link_spine_numbers(sources, records, rows, result);
  link_spine_booklets(sources, records, rows, result);
  std::ranges::sort(result.rows);
  result.rows.erase(std::unique(result.rows.begin(), result.rows.end()), result.rows.end());
  return result;
}

std::vector<std::uint32_t> spine_rows_to_search(const RunSource& spine,
                                                std::span<const std::uint32_t> found_before,
                                                std::span<const std::uint32_t> changed) {
  const auto number_of = [](const record::PersonFeatures& p) { return mix64(p.id_digits); };
  const auto member_of = [](const record::PersonFeatures& p) {
    return hash_combine(p.household, p.name_hash);
  };
  std::vector<std::uint32_t> rows(found_before.begin(), found_before.end());
  if (changed.empty()) return rows;
  HashFilter wanted(changed.size() * 2);
  for (const std::uint32_t row : changed) {
    const record::PersonFeatures& p = spine.features[row];
    if (has_valid_number(p)) wanted.add(number_of(p));
    if (has_name_in_booklet(p)) wanted.add(member_of(p));
  }
  constexpr std::uint32_t kBlock = 16384;
  std::vector<std::vector<std::uint32_t>> parts((spine.rows() + kBlock - 1) / kBlock);
  tbb::parallel_for(std::size_t{0}, parts.size(), [&](std::size_t part) {
    const auto begin = static_cast<std::uint32_t>(part) * kBlock;
    for (std::uint32_t row = begin; row < std::min(spine.rows(), begin + kBlock); ++row) {
      const record::PersonFeatures& p = spine.features[row];
      if ((has_valid_number(p) && wanted.may_hold(number_of(p))) ||
          (has_name_in_booklet(p) && wanted.may_hold(member_of(p))))
        parts[part].push_back(row);
    }
  });
  for (const auto& part : parts) rows.insert(rows.end(), part.begin(), part.end());
  std::ranges::sort(rows);
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

}  // namespace bidui::workspace
