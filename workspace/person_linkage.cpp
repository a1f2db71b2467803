#include "workspace/person_linkage.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>

#include "matcher/compare/compare_id.h"
#include "matcher/compare/compare_name.h"

namespace bidui::workspace {
namespace {

using link::CandidatePair;
using link::Decision;
using link::Linker;

constexpr std::size_t kChunk = 65536;  // rows of the spine that are streamed at a time

link::Assignment assignment_of(const schema::Schema& schema) {
  return schema.person_once ? link::Assignment::kOneToOne : link::Assignment::kOneToMany;
}

// The records of all sources but the spine, and the source of each.
struct SmallSide {
  link::RecordTable records;
  std::vector<std::uint8_t> groups;
};

SmallSide small_side(std::span<const RunSource> sources) {
  SmallSide side;
  for (std::size_t s = 0; s + 1 < sources.size(); ++s) {
    const auto& features = sources[s].features;
    side.records.persons.insert(side.records.persons.end(), features.begin(), features.end());
    side.groups.insert(side.groups.end(), features.size(), static_cast<std::uint8_t>(s));
  }
  return side;
}

PersonLink person_link(const link::Link& l, std::span<const CandidatePair> pairs,
                       std::uint32_t right) {
  return {l.left, right, l.weight, pairs[l.pair].weight, l.decision, pairs[l.pair].kinds};
}

std::vector<std::uint64_t> histogram_of(std::span<const CandidatePair> pairs) {
  std::vector<std::uint64_t> bins(kHistogramBins);
  for (const CandidatePair& pair : pairs) {
    const int bin = static_cast<int>(std::floor(pair.weight)) - kHistogramFirst;
    ++bins[static_cast<std::size_t>(std::clamp(bin, 0, kHistogramBins - 1))];
  }
  return bins;
}

void keep_models(const std::vector<model::Model>& trained, std::span<const RunSource> sources,
                 RunModels& models) {
  for (std::size_t s = 0; s < trained.size(); ++s) {
    if (sources[s].rows() == 0 || models.find(sources[s].instance) != nullptr) continue;
    models.by_source.emplace_back(sources[s].instance, trained[s]);
  }
}

// A model per group where all groups with records have one; else nothing: train.
std::vector<model::Model> given_models(std::span<const RunSource> sources,
                                       const RunModels& models) {
  std::vector<model::Model> given;
  for (std::size_t s = 0; s + 1 < sources.size(); ++s) {
    const model::Model* const model = models.find(sources[s].instance);
    if (model == nullptr && sources[s].rows() != 0) return {};
    given.push_back(model == nullptr ? model::Model{} : *model);
  }
  return given;
}

// The pairs whose left row lies in [first, last); pairs are sorted by left row.
std::span<const CandidatePair> pairs_between(const std::vector<CandidatePair>& pairs,
                                             std::uint32_t first, std::uint32_t last) {
  const auto begin = std::ranges::lower_bound(pairs, first, {}, &CandidatePair::left);
  const auto end = std::ranges::lower_bound(pairs, last, {}, &CandidatePair::left);
  return {begin, end};
}

void link_to_spine(std::span<const RunSource> sources, const RunRecords& records,
                   const SmallSide& side, const link::CannotLinks& cannot_links, RunModels& models,
                   const Progress& progress, PersonLinkage& result) {
  const RunSource& spine = sources.back();
  link::LinkerOptions options;
  options.groups = static_cast<std::uint8_t>(sources.size() - 1);
  options.expected_right = std::max<double>(spine.rows(), 1);
  for (std::size_t s = 0; s + 1 < sources.size(); ++s) {
    if (!sources[s].schema->person_once) options.right_shared |= 1ULL << s;
  }
  Linker linker(side.records, side.groups, options);
  for (std::size_t row = 0; row < spine.rows(); row += kChunk) {
    link::RecordTable chunk;
    const std::size_t end = std::min<std::size_t>(spine.rows(), row + kChunk);
    chunk.persons.assign(spine.features.begin() + static_cast<std::ptrdiff_t>(row),
                         spine.features.begin() + static_cast<std::ptrdiff_t>(end));
    linker.add_right(chunk);
    report(progress, {"link", "rows", end, spine.rows()});
  }
  link::ScoredPairs scored = linker.finish(given_models(sources, models));
  link::drop_cannot_links(scored.pairs, cannot_links, records.number(sources.size() - 1, 0));
  keep_models(scored.models, sources, models);
  result.stats = scored.stats;
  for (std::size_t s = 0; s + 1 < sources.size(); ++s) {
    if (sources[s].rows() == 0) continue;
    const std::uint32_t first = records.number(s, 0);
    const auto pairs = pairs_between(scored.pairs, first, first + sources[s].rows());
    const link::Decisions decisions =
        link::decide(pairs, {.assignment = assignment_of(*sources[s].schema),
                             .lowest_non_link = kLowestNonLink,
                             .calibration = models.calibration});
    SourceLinkage linkage{.source = s, .model = scored.models[s]};
    linkage.threshold = decisions.threshold;
    linkage.expected_false_links = decisions.expected_false_links;
    linkage.expected_matches = scored.models[s].match_share * sources[s].rows() * spine.rows();
    linkage.links = decisions.link_count;
    linkage.possible = decisions.possible_count;
    linkage.duplicates = decisions.left_duplicates;
    linkage.greedy_components = decisions.greedy_components;
    linkage.histogram = histogram_of(pairs);
    result.to_spine.push_back(std::move(linkage));
    result.thresholds.push_back({s, sources.size() - 1, decisions.threshold});
    const auto of_spine = [&](const link::Link& l) {
      return person_link(l, pairs, records.number(sources.size() - 1, l.right));
    };
    std::ranges::transform(decisions.links, std::back_inserter(result.links), of_spine);
    std::ranges::transform(decisions.non_links, std::back_inserter(result.non_links), of_spine);
  }
}

bool numbers_contradict(const record::PersonFeatures& a, const record::PersonFeatures& b) {
  return a.id_class == record::IdClass::kValid && b.id_class == record::IdClass::kValid &&
         a.id_digits != b.id_digits;
}

bool written_alike(const record::PersonFeatures& a, const record::PersonFeatures& b) {
  const compare::NameLevel name = compare::compare_name(a, b);
  const bool damaged = ((a.name.flags | b.name.flags) & record::kFlagPlaceholder) != 0;
  return (name == compare::NameLevel::kExact || name == compare::NameLevel::kVariant) && !damaged;
}

// Year, month and day where both are known; the year must be.
bool births_agree(std::uint32_t a, std::uint32_t b) {
  if (a == 0 || b == 0 || a / 10000 != b / 10000) return false;
  const std::uint32_t month_a = a / 100 % 100;
  const std::uint32_t month_b = b / 100 % 100;
  if (month_a == 0 || month_b == 0) return true;
  return month_a == month_b && (a % 100 == 0 || b % 100 == 0 || a % 100 == b % 100);
}

// The same name, sex and birth, in one household (where nobody shares a name with a sibling) or,
// with the full date of birth, in one village: nobody else, twins included, has all of these.
bool same_without_number(const CandidatePair& pair, const record::PersonFeatures& a,
                         const record::PersonFeatures& b) {
  using compare::AddressLevel;
  using compare::Comparison;
  if (a.sex != b.sex || numbers_contradict(a, b) || !written_alike(a, b)) return false;
  if (a.household != 0 && a.household == b.household) return births_agree(a.birth, b.birth);
  const auto level = [&](Comparison c) {
    return compare::level_at(pair.vector, static_cast<int>(c));
  };
  const int address = level(Comparison::kAddress);
  const bool same_place =
      address == static_cast<int>(AddressLevel::kGroup) ||
      address == static_cast<int>(AddressLevel::kVillage) ||
      level(Comparison::kPhone) == static_cast<int>(compare::PhoneLevel::kEqual);
  return same_place && a.birth % 100 != 0 && a.birth == b.birth;
}

// Two rows of one source are one person only where the source itself says so: number and name
// agree, or everything else does while no number speaks against it.
bool may_be_entered_twice(const CandidatePair& pair, const record::PersonFeatures& a,
                          const record::PersonFeatures& b) {
  using compare::Comparison;
  const int id = compare::level_at(pair.vector, static_cast<int>(Comparison::kId));
  const int name = compare::level_at(pair.vector, static_cast<int>(Comparison::kName));
  const bool by_number = id == static_cast<int>(compare::IdLevel::kEqual) &&
                         name >= static_cast<int>(compare::NameLevel::kExact) &&
                         name <= static_cast<int>(compare::NameLevel::kPartial);
  return by_number || same_without_number(pair, a, b);
}

void decide_among(std::span<const RunSource> sources, const RunRecords& records,
                  const std::vector<CandidatePair>& pairs, const model::Calibration& calibration,
                  PersonLinkage& result) {
  const std::size_t count = sources.size() - 1;
  std::vector<std::vector<CandidatePair>> by_sources(count * count);
  for (const CandidatePair& pair : pairs) {
    by_sources[records.source_of(pair.left) * count + records.source_of(pair.right)].push_back(
        pair);
  }
  for (std::size_t l = 0; l < count; ++l) {
    for (std::size_t r = l; r < count; ++r) {
      std::vector<CandidatePair>& own = by_sources[l * count + r];
      if (own.empty()) continue;
      if (l == r)
        std::erase_if(own, [&](const CandidatePair& pair) {
          return !may_be_entered_twice(pair, records.features(pair.left),
                                       records.features(pair.right));
        });
      link::DecisionOptions options;
      const bool once = sources[l].schema->person_once && sources[r].schema->person_once;
      options.lowest_non_link = kLowestNonLink;
      options.calibration = calibration;
      options.assignment =
          l == r || !once ? link::Assignment::kManyToMany : link::Assignment::kOneToOne;
      const link::Decisions decisions = link::decide(own, options);
      result.among_sources.links += decisions.link_count;
      result.among_sources.possible += decisions.possible_count;
      result.among_sources.expected_false_links += decisions.expected_false_links;
      result.thresholds.push_back({l, r, decisions.threshold});
      if (l == r && !sources[l].schema->person_once) continue;
      for (const link::Link& d : decisions.links)
        result.links.push_back(person_link(d, own, d.right));
      for (const link::Link& d : decisions.non_links)
        result.non_links.push_back(person_link(d, own, d.right));
    }
  }
}

void link_among_sources(std::span<const RunSource> sources, const RunRecords& records,
                        SmallSide side, const link::CannotLinks& cannot_links, RunModels& models,
                        const Progress& progress, PersonLinkage& result) {
  if (side.records.size() == 0) return;
  report(progress, {"link among sources", "rows", 0, side.records.size()});
  link::LinkerOptions options;
  options.one_table = true;
  options.expected_right = static_cast<double>(side.records.size());
  Linker linker(side.records, {}, options);
  linker.add_right(side.records);
  const model::Model* const kept = models.find(kAmongSources);
  link::ScoredPairs scored =
      linker.finish(kept == nullptr ? std::vector<model::Model>{} : std::vector{*kept});
  link::drop_cannot_links(scored.pairs, cannot_links);
  if (kept == nullptr) models.by_source.emplace_back(kAmongSources, scored.models.front());
  result.among_sources.model = scored.models.front();
  result.among_sources.pairs_compared = scored.stats.pairs_compared;
  result.among_sources.histogram = histogram_of(scored.pairs);
  decide_among(sources, records, scored.pairs, models.calibration, result);
  report(progress, {"link among sources", "rows", side.records.size(), side.records.size()});
}

constexpr double kCertain = 40;  // weight of a repetition within the spine

void link_spine_rows(std::span<const RunSource> sources, const RunRecords& records, std::uint32_t a,
                     std::uint32_t b, PersonLinkage& result) {
  const std::size_t s = sources.size() - 1;
  const auto [first, second] = std::minmax(a, b);
  result.links.push_back(
      {records.number(s, first), records.number(s, second), kCertain, kCertain, Decision::kLink});
}

// The spine's own repetitions: one valid number with one name, twice.
void link_spine_numbers(std::span<const RunSource> sources, const RunRecords& records,
                        PersonLinkage& result) {
  const RunSource& spine = sources.back();
  std::vector<std::pair<std::uint64_t, std::uint32_t>> numbers;
  numbers.reserve(spine.rows());
  for (std::uint32_t row = 0; row < spine.rows(); ++row) {
    const record::PersonFeatures& p = spine.features[row];
    if (p.id_class == record::IdClass::kValid) numbers.emplace_back(p.id_digits, row);
  }
  std::ranges::sort(numbers);
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    if (numbers[i].first != numbers[i - 1].first) continue;
    const std::uint32_t a = numbers[i - 1].second;
    const std::uint32_t b = numbers[i].second;
    const auto name = compare::compare_name(spine.features[a], spine.features[b]);
    if (name == compare::NameLevel::kMissing || name > compare::NameLevel::kVariant) continue;
    link_spine_rows(sources, records, a, b, result);
  }
}

int days_of(std::uint32_t birth) {  // rough: months of 31 days, for differences only
  return static_cast<int>(birth / 10000 * 372 + birth / 100 % 100 * 31 + birth % 100);
}

// A person registered twice under two numbers (重户): one name in one booklet, of one sex, born at
// most a year apart. Siblings are never given one name; a namesake in the booklet is of another
// generation.
void link_spine_booklets(std::span<const RunSource> sources, const RunRecords& records,
                         PersonLinkage& result) {
  constexpr int kApart = 372;
  const RunSource& spine = sources.back();
  struct Member {
    std::uint64_t household;
    std::uint32_t name;
    std::uint32_t row;
    auto operator<=>(const Member&) const = default;
  };
  std::vector<Member> all;
  all.reserve(spine.rows());
  for (std::uint32_t row = 0; row < spine.rows(); ++row) {
    const record::PersonFeatures& p = spine.features[row];
    if (p.household != 0 && p.name_hash != 0 && p.birth % 100 != 0)
      all.push_back({p.household, p.name_hash, row});
  }
  std::ranges::sort(all);
  for (std::size_t i = 1; i < all.size(); ++i) {
    const Member& x = all[i - 1];
    const Member& y = all[i];
    if (x.household != y.household || x.name != y.name) continue;
    const record::PersonFeatures& a = spine.features[x.row];
    const record::PersonFeatures& b = spine.features[y.row];
    if (a.sex != b.sex || !written_alike(a, b)) continue;
    if (std::abs(days_of(a.birth) - days_of(b.birth)) > kApart) continue;
    if (a.id_digits == b.id_digits && a.id_digits != 0) continue;  // linked by the number
    link_spine_rows(sources, records, x.row, y.row, result);
  }
}

link::Entities entities_of(std::span<const RunSource> sources, const RunRecords& records,
                           const std::vector<PersonLink>& links,
                           const link::CannotLinks& cannot_links) {
  std::vector<link::SourceSpan> spans;
  for (std::size_t s = 0; s < sources.size(); ++s) {
    spans.push_back({records.number(s, 0), sources[s].rows(), sources[s].schema->person_once});
  }
  std::vector<link::RecordLink> decided;
  for (const PersonLink& l : links) {
    if (l.decision == Decision::kLink) decided.push_back({l.a, l.b, l.weight});
  }
  return link::build_entities(spans, decided, cannot_links);
}

}  // namespace

RunRecords::RunRecords(std::span<const RunSource> sources) : sources_(sources), firsts_{0} {
  for (const RunSource& source : sources) firsts_.push_back(firsts_.back() + source.rows());
}

std::size_t RunRecords::source_of(std::uint32_t record) const {
  return static_cast<std::size_t>(std::ranges::upper_bound(firsts_, record) - firsts_.begin()) - 1;
}

const record::PersonFeatures& RunRecords::features(std::uint32_t record) const {
  const std::size_t s = source_of(record);
  return sources_[s].features[record - firsts_[s]];
}

const model::Model* RunModels::find(std::string_view name) const {
  const auto at = std::ranges::find(
      by_source, name, [](const auto& entry) { return std::string_view(entry.first); });
  return at == by_source.end() ? nullptr : &at->second;
}

LinkLevel level_between(const record::PersonFeatures& a, const record::PersonFeatures& b) {
  const bool same_number = compare::compare_id(a, b) == compare::IdLevel::kEqual;
  const compare::NameLevel name = compare::compare_name(a, b);
  const bool same_name = name == compare::NameLevel::kExact || name == compare::NameLevel::kVariant;
  return same_number && same_name ? LinkLevel::kL3 : LinkLevel::kL2;
}

PersonLinkage link_persons(std::span<const RunSource> sources,
                           const link::CannotLinks& cannot_links, RunModels& models,
                           const Progress& progress) {
  PersonLinkage result;
  const RunRecords records(sources);
  SmallSide side = small_side(sources);
  link_to_spine(sources, records, side, cannot_links, models, progress, result);
  link_among_sources(sources, records, std::move(side), cannot_links, models, progress, result);
  link_spine_numbers(sources, records, result);
  link_spine_booklets(sources, records, result);
  std::erase_if(result.links, [&](const PersonLink& l) { return cannot_links.contains(l.a, l.b); });
  result.entities = entities_of(sources, records, result.links, cannot_links);
  // What turned out to be one person is no longer only possible, and a link that was not followed
  // is.
  for (PersonLink& l : result.links) {
    const bool together = result.entities.entity_of(l.a) == result.entities.entity_of(l.b);
    l.decision = together ? Decision::kLink : Decision::kPossible;
  }
  const auto by_records = [](const PersonLink& x, const PersonLink& y) {
    if (x.a != y.a) return x.a < y.a;
    return x.b != y.b ? x.b < y.b : x.weight > y.weight;
  };
  std::ranges::sort(result.links, by_records);
  std::erase_if(result.non_links, [&](const PersonLink& l) {
    return result.entities.entity_of(l.a) == result.entities.entity_of(l.b);
  });
  std::ranges::sort(result.non_links, by_records);
  return result;
}

}  // namespace bidui::workspace
