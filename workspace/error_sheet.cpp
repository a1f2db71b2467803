#include "workspace/error_sheet.h"

#include <algorithm>
#include <array>
#include <map>
#include <tbb/parallel_for.h>
#include <tbb/parallel_invoke.h>
#include <unordered_map>

#include "matcher/link/unlinkable.h"

namespace bidui::workspace {
namespace {

using link::DecidedPair;
using link::ErrorTally;
using Groups = std::map<GroupName, ErrorTally>;

// Numbers the pairs l <= r of n sources, row by row.
std::uint16_t relation_of(std::size_t l, std::size_t r, std::size_t n) {
  return static_cast<std::uint16_t>(l * n - l * (l + 1) / 2 + r);
}

std::vector<std::string> relation_names(const RunWorld& world) {
  std::vector<std::string> names;
  for (std::size_t l = 0; l < world.sources.size(); ++l) {
    for (std::size_t r = l; r < world.sources.size(); ++r)
      names.push_back(world.sources[l].instance + "~" + world.sources[r].instance);
  }
  return names;
}

std::string relation_title(const RunWorld& world, std::size_t l, std::size_t r) {
  return world.sources[l].title() + " → " + world.sources[r].title();
}

// For each record of the sources but the spine 1 where nothing could reach its source's threshold.
std::vector<char> unlinkable_records(const RunWorld& world) {
  const RunRecords& records = *world.records;
  const std::uint32_t lefts = records.number(world.spine(), 0);
  std::vector<char> unlinkable(lefts);
  for (const SourceLinkage& linkage : world.linkage.to_spine) {
    const model::Scorer scorer(linkage.model);
    const std::uint32_t first = records.number(linkage.source, 0);
    tbb::parallel_for(first, first + world.sources[linkage.source].rows(), [&](std::uint32_t r) {
      const record::PersonFeatures& p = records.features(r);
      const model::TermBits terms{link::person_term_bits(world.linkage.tables->terms, p, false),
                                  {}};
      const bool poor = link::best_weight(scorer, {&p, {}}, terms) < linkage.threshold;
      unlinkable[r] = poor ? 1 : 0;
    });
  }
  return unlinkable;
}

bool has_link(const RunWorld& world, std::uint32_t record, std::size_t source) {
  const auto links = world.links->links(record, static_cast<rule::SourceIndex>(source));
  return !links.empty() && links.front().level > LinkLevel::kL1;
}

// Its link with the civil registry.
GroupedRecord grouped_record(const RunWorld& world, std::uint32_t record) {
  GroupedRecord grouped{.record = record};
  if (has_link(world, record, world.spine())) {
    const auto spine = static_cast<rule::SourceIndex>(world.spine());
    const rule::RecordRef civil = world.links->links(record, spine).front().record;
    grouped.civil = world.records->number(civil.source, civil.row);
  }
  return grouped;
}

// What is counted, by every dimension alike: the records of all sources but the spine, and the
// pairs, which are in the order of their left records.
struct Counted {
  const RunWorld& world;
  std::span<const DecidedPair> pairs;
  std::vector<double> errors;    // of each pair
  std::vector<char> unlinkable;  // of each record
};

// Counts the pairs of every two sources, and a source's records into its relations with the others.
Groups count_relations(const Counted& counted, const std::vector<std::string>& names) {
  const RunWorld& world = counted.world;
  const std::size_t n = world.sources.size();
  std::vector<ErrorTally> tallies(names.size());
  for (std::size_t i = 0; i < counted.pairs.size(); ++i)
    tallies[counted.pairs[i].relation].add_pair(counted.pairs[i], counted.errors[i]);
  Groups groups;
  for (std::size_t l = 0; l < n; ++l) {
    for (std::size_t r = l; r < n; ++r) {
      ErrorTally& tally = tallies[relation_of(l, r, n)];
      const bool related = l != r && world.sources[l].rows() != 0 && world.sources[r].rows() != 0;
      for (std::uint32_t row = 0; related && row < world.sources[l].rows(); ++row) {
        const std::uint32_t record = world.records->number(l, row);
        ++tally.records;
        tally.linked += has_link(world, record, r) ? 1 : 0;
        tally.unlinkable += r == world.spine() && counted.unlinkable[record] != 0 ? 1 : 0;
      }
      if (related || !tally.cells.empty())
        groups[{Dimension::kSources, names[relation_of(l, r, n)], relation_title(world, l, r)}] =
            std::move(tally);
    }
  }
  return groups;
}

// The tallies of one dimension, found by the number of a record's group.
class DimensionTallies {
 public:
  DimensionTallies(const RunWorld& world, Dimension dimension)
      : world_(world), dimension_(dimension) {}

  ErrorTally& of(const GroupedRecord& grouped) {
    const auto [at, added] = by_number_.try_emplace(group_number(world_, grouped, dimension_));
    if (added) at->second = &groups_[group_name(world_, grouped, dimension_)];
    return *at->second;
  }
  Groups take() { return std::move(groups_); }

 private:
  const RunWorld& world_;
  Dimension dimension_;
  Groups groups_;
  std::unordered_map<std::uint64_t, ErrorTally*> by_number_;
};

// `tally_of(grouped record)`: where a record and its pairs count. Pairs within a source do not. Of
// a record without a link each pair counts where it would belong if it were one: else a missed
// link would count as of nobody's group.
template <typename TallyOf>
void count_by_record(const Counted& counted, const TallyOf& tally_of) {
  const RunWorld& world = counted.world;
  const auto lefts = static_cast<std::uint32_t>(counted.unlinkable.size());
  std::vector<char> within(world.sources.size() * (world.sources.size() + 1) / 2);
  for (std::size_t s = 0; s < world.sources.size(); ++s)
    within[relation_of(s, s, world.sources.size())] = 1;
  std::size_t at = 0;
  for (std::uint32_t record = 0; record < lefts || at < counted.pairs.size(); ++record) {
    if (record >= lefts) record = counted.pairs[at].left;  // of the spine only those with pairs
    const GroupedRecord grouped = grouped_record(world, record);
    ErrorTally& tally = tally_of(grouped);
    if (record < lefts) {
      ++tally.records;
      tally.linked += grouped.civil ? 1 : 0;
      tally.unlinkable += counted.unlinkable[record] != 0 ? 1 : 0;
    }
    for (; at < counted.pairs.size() && counted.pairs[at].left == record; ++at) {
      const DecidedPair& pair = counted.pairs[at];
      if (within[pair.relation] != 0) continue;
      const bool to_civil = !grouped.civil && world.records->source_of(pair.right) == world.spine();
      ErrorTally& own = to_civil ? tally_of({record, pair.right}) : tally;
      own.add_pair(pair, counted.errors[at]);
    }
  }
}

Groups count_all(const Counted& counted) {
  Groups groups;
  ErrorTally& all = groups[{Dimension::kAll, "", "全部"}];
  count_by_record(counted, [&](const GroupedRecord&) -> ErrorTally& { return all; });
  return groups;
}

Groups count_dimension(const Counted& counted, Dimension dimension) {
  DimensionTallies tallies(counted.world, dimension);
  count_by_record(counted,
                  [&](const GroupedRecord& grouped) -> ErrorTally& { return tallies.of(grouped); });
  return tallies.take();
}

void add_expected_matches(const RunWorld& world, ErrorSheet& sheet) {
  for (const SourceLinkage& linkage : world.linkage.to_spine) {
    const std::uint16_t relation = relation_of(linkage.source, world.spine(), world.sources.size());
    for (ErrorGroup& group : sheet.groups) {
      if (group.name.dimension == Dimension::kSources &&
          group.name.name == sheet.relations[relation])
        group.expected_matches = linkage.expected_matches;
    }
  }
}

}  // namespace

const ErrorGroup* ErrorSheet::find_sources(std::string_view left, std::string_view right) const {
  const std::string name = std::string(left) + "~" + std::string(right);
  const auto found = std::ranges::find_if(groups, [&](const ErrorGroup& group) {
    return group.name.dimension == Dimension::kSources && group.name.name == name;
  });
  return found == groups.end() ? nullptr : &*found;
}

std::vector<DecidedPair> decided_pairs(const RunWorld& world, std::span<const RunLink> links) {
  const std::size_t n = world.sources.size();
  const std::vector<PersonLink>& non_links = world.linkage.non_links;
  const auto pair_of = [&](std::uint32_t a, std::uint32_t b) {
    DecidedPair pair{.left = a, .right = b};
    pair.relation = relation_of(world.records->source_of(a), world.records->source_of(b), n);
    pair.fields = link::shared_fields(world.records->features(a), world.records->features(b));
    return pair;
  };
  std::vector<DecidedPair> pairs(links.size() + non_links.size());
  tbb::parallel_for(std::size_t{0}, pairs.size(), [&](std::size_t i) {
    if (i < links.size()) {
      const RunLink& l = links[i];
      pairs[i] = pair_of(l.a, l.b);
      pairs[i].weight = l.weight;
      pairs[i].kinds = l.kinds;
      pairs[i].linked = l.linked();
    } else {
      const PersonLink& l = non_links[i - links.size()];
      pairs[i] = pair_of(l.a, l.b);
      pairs[i].weight = l.weight;
      pairs[i].kinds = l.kinds;
    }
  });
  // Relations of one left record are in the order of the right sources, as the right records are.
  std::ranges::inplace_merge(pairs, pairs.begin() + static_cast<std::ptrdiff_t>(links.size()),
                             [](const DecidedPair& x, const DecidedPair& y) {
                               return x.left != y.left ? x.left < y.left : x.right < y.right;
                             });
  return pairs;
}

ErrorSheet make_error_sheet(const RunWorld& world, std::span<const DecidedPair> pairs) {
  Counted counted{.world = world, .pairs = pairs, .errors = {}, .unlinkable = {}};
  tbb::parallel_invoke([&] { counted.errors = link::error_probabilities(pairs); },
                       [&] { counted.unlinkable = unlinkable_records(world); });
  ErrorSheet sheet{.relations = relation_names(world)};
  // Each tally adds up in the order of the pairs, so that its sums do not depend on the threads.
  std::array<Groups, kDimensions> groups;
  tbb::parallel_for(std::size_t{0}, kDimensions, [&](std::size_t d) {
    const auto dimension = static_cast<Dimension>(d);
    groups[d] = dimension == Dimension::kAll       ? count_all(counted)
                : dimension == Dimension::kSources ? count_relations(counted, sheet.relations)
                                                   : count_dimension(counted, dimension);
  });
  for (Groups& own : groups) {
    for (auto& [name, tally] : own) sheet.groups.push_back({name, std::move(tally)});
  }
  add_expected_matches(world, sheet);
  return sheet;
}

link::ErrorRates reviewed_rates(const ErrorGroup& group, const ErrorSheet& sheet,
                                std::span<const link::ReviewedStratum> strata) {
  const bool of_sources = group.name.dimension == Dimension::kSources;
  return link::reviewed_rates(group.tally, sheet.all(), strata,
                              of_sources ? link::kSourceSpread : link::kRecordSpread);
}

}  // namespace bidui::workspace
