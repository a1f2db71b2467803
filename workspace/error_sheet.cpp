#include "workspace/error_sheet.h"

#include <algorithm>
#include <boost/json.hpp>
#include <map>

#include "matcher/link/unlinkable.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;

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
  return world.sources[l].schema->title + " → " + world.sources[r].schema->title;
}

// For each record of the sources but the spine whether nothing could reach its source's threshold.
std::vector<bool> unlinkable_records(const RunWorld& world) {
  const RunRecords& records = *world.records;
  const std::uint32_t lefts = records.number(world.spine(), 0);
  std::vector<bool> unlinkable(lefts);
  for (const SourceLinkage& linkage : world.linkage.to_spine) {
    const model::Scorer scorer(linkage.model);
    for (std::uint32_t row = 0; row < world.sources[linkage.source].rows(); ++row) {
      const std::uint32_t record = records.number(linkage.source, row);
      const record::PersonFeatures& p = records.features(record);
      const double frequency = world.linkage.tables->names.share(p.name_hash);
      unlinkable[record] = link::best_weight(scorer, {&p, {}}, frequency) < linkage.threshold;
    }
  }
  return unlinkable;
}

bool has_link(const RunWorld& world, std::uint32_t record, std::size_t source) {
  const auto links = world.links->links(record, static_cast<rule::SourceIndex>(source));
  return !links.empty() && links.front().level > LinkLevel::kL1;
}

// Counts a source's records into its relations with the others.
void count_relations(const RunWorld& world, const std::vector<bool>& unlinkable, Groups& groups) {
  const std::vector<std::string> names = relation_names(world);
  const std::size_t n = world.sources.size();
  for (std::size_t l = 0; l < world.spine(); ++l) {
    for (std::size_t r = l + 1; r < n; ++r) {
      if (world.sources[l].rows() == 0 || world.sources[r].rows() == 0) continue;
      ErrorTally& tally =
          groups[{Dimension::kSources, names[relation_of(l, r, n)], relation_title(world, l, r)}];
      for (std::uint32_t row = 0; row < world.sources[l].rows(); ++row) {
        const std::uint32_t record = world.records->number(l, row);
        ++tally.records;
        tally.linked += has_link(world, record, r) ? 1 : 0;
        tally.unlinkable += r == world.spine() && unlinkable[record] ? 1 : 0;
      }
    }
  }
}

void count_record(const RunWorld& world, std::uint32_t record, bool unlinkable, ErrorTally& tally) {
  ++tally.records;
  tally.linked += has_link(world, record, world.spine()) ? 1 : 0;
  tally.unlinkable += unlinkable ? 1 : 0;
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

json::object group_json(const ErrorGroup& group) {
  json::array cells;
  for (const auto& [at, cell] : group.tally.cells)
    cells.push_back(json::array{at.relation, at.band, cell.pairs, cell.expected_errors});
  return json::object{
      {"dimension", static_cast<int>(group.name.dimension)},
      {"name", group.name.name},
      {"title", group.name.title},
      {"records", group.tally.records},
      {"linked", group.tally.linked},
      {"unlinkable", group.tally.unlinkable},
      {"captured", json::value_from(group.tally.captured)},
      {"expected_matches",
       group.expected_matches ? json::value(*group.expected_matches) : json::value(nullptr)},
      {"cells", cells}};
}

ErrorGroup group_from(const json::object& object) {
  ErrorGroup group;
  group.name.dimension = static_cast<Dimension>(object.at("dimension").to_number<int>());
  group.name.name = object.at("name").as_string();
  group.name.title = object.at("title").as_string();
  group.tally.records = object.at("records").to_number<std::uint64_t>();
  group.tally.linked = object.at("linked").to_number<std::uint64_t>();
  group.tally.unlinkable = object.at("unlinkable").to_number<std::uint64_t>();
  if (const json::value& matches = object.at("expected_matches"); !matches.is_null())
    group.expected_matches = matches.to_number<double>();
  for (std::size_t c = 0; c < group.tally.captured.size(); ++c) {
    for (std::size_t set = 0; set < group.tally.captured[c].size(); ++set)
      group.tally.captured[c][set] = object.at("captured").at(c).at(set).to_number<double>();
  }
  for (const json::value& cell : object.at("cells").as_array()) {
    const link::TallyCell at{cell.at(0).to_number<std::uint16_t>(),
                             cell.at(1).to_number<std::uint8_t>()};
    group.tally.cells[at] = {cell.at(2).to_number<std::uint64_t>(), cell.at(3).to_number<double>()};
  }
  return group;
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
  std::vector<DecidedPair> pairs;
  const std::size_t n = world.sources.size();
  const auto add = [&](std::uint32_t a, std::uint32_t b, double weight, std::uint32_t kinds,
                       bool linked) {
    const std::uint16_t relation =
        relation_of(world.records->source_of(a), world.records->source_of(b), n);
    pairs.push_back({a, b, weight, kinds, relation, linked,
                     link::shared_fields(world.records->features(a), world.records->features(b))});
  };
  for (const RunLink& l : links) add(l.a, l.b, l.strength, l.kinds, l.linked());
  for (const PersonLink& l : world.linkage.non_links) add(l.a, l.b, l.weight, l.kinds, false);
  // Relations of one left record are in the order of the right sources, as the right records are.
  std::ranges::sort(pairs, [](const DecidedPair& x, const DecidedPair& y) {
    return x.left != y.left ? x.left < y.left : x.right < y.right;
  });
  return pairs;
}

ErrorSheet make_error_sheet(const RunWorld& world, std::span<const DecidedPair> pairs) {
  Groups groups;
  const std::vector<std::string> names = relation_names(world);
  const std::vector<bool> unlinkable = unlinkable_records(world);
  count_relations(world, unlinkable, groups);
  ErrorTally& all = groups[{Dimension::kAll, "", "全部"}];
  const std::vector<double> errors = link::error_probabilities(pairs);
  std::size_t at = 0;
  for (std::uint32_t record = 0; record < world.records->count(); ++record) {
    const bool in_spine = record >= unlinkable.size();
    const std::size_t begin = at;
    while (at < pairs.size() && pairs[at].left == record) ++at;
    if (in_spine && at == begin) continue;
    std::vector<ErrorTally*> own = {&all};
    for (GroupName& name : groups_of(world, record)) own.push_back(&groups[std::move(name)]);
    if (!in_spine) {
      for (ErrorTally* tally : own) count_record(world, record, unlinkable[record], *tally);
    }
    for (std::size_t i = begin; i < at; ++i) {
      const std::size_t l = world.records->source_of(pairs[i].left);
      const std::size_t r = world.records->source_of(pairs[i].right);
      for (ErrorTally* tally : own) {
        if (l != r) tally->add_pair(pairs[i], errors[i]);
      }
      groups[{Dimension::kSources, names[pairs[i].relation], relation_title(world, l, r)}].add_pair(
          pairs[i], errors[i]);
    }
  }
  ErrorSheet sheet{.relations = names};
  for (auto& [name, tally] : groups) sheet.groups.push_back({name, std::move(tally)});
  add_expected_matches(world, sheet);
  return sheet;
}

std::string encode_error_sheet(const ErrorSheet& sheet) {
  json::array groups;
  for (const ErrorGroup& group : sheet.groups) groups.push_back(group_json(group));
  return json::serialize(
      json::object{{"relations", json::value_from(sheet.relations)}, {"groups", groups}});
}

Result<ErrorSheet> decode_error_sheet(std::string_view text) {
  try {
    const json::value value = json::parse(text);
    ErrorSheet sheet;
    for (const json::value& name : value.at("relations").as_array())
      sheet.relations.emplace_back(name.as_string());
    for (const json::value& group : value.at("groups").as_array())
      sheet.groups.push_back(group_from(group.as_object()));
    if (!sheet.groups.empty()) return sheet;
  } catch (const std::exception&) {
    // Told below: where it breaks says nothing to a user.
  }
  return make_error(ErrorCode::kCorrupt, "a stored error sheet cannot be read");
}

}  // namespace bidui::workspace
