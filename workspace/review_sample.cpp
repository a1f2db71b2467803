#include "workspace/review_sample.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <map>
#include <unordered_map>

#include "matcher/base/bilingual_error.h"
#include "matcher/base/hash.h"
#include "matcher/link/review_allocation.h"
#include "store/layout.h"
#include "workspace/error_sheet.h"
#include "workspace/kept_run.h"
#include "workspace/review_pairs.h"
#include "workspace/run_artefacts.h"
#include "workspace/stored_record.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;

constexpr std::string_view kPrefix = "review/";
constexpr std::size_t kIdSize = 5;  // "S0001"

// The strata with the indexes of their pairs.
struct Population {
  std::vector<ReviewStratum> strata;
  std::vector<link::StratumSize> sizes;
  std::vector<std::vector<std::uint32_t>> members;
};

Population make_strata(const std::vector<PopulationPair>& pairs, const ErrorSheet& sheet,
                       bool by_source) {
  std::map<link::TallyCell, std::vector<std::uint32_t>> members;
  std::map<link::TallyCell, std::vector<link::TallyCell>> cells;
  const auto stratum_of = [&](const link::TallyCell& cell) {
    return link::TallyCell{by_source ? cell.relation : std::uint16_t{0}, cell.band};
  };
  for (std::uint32_t i = 0; i < pairs.size(); ++i) {
    const PopulationPair& pair = pairs[i];
    if (is_within_source(sheet.relations[pair.relation])) continue;
    const auto band = static_cast<std::uint8_t>(link::band_of(pair.weight, pair.linked));
    members[stratum_of({pair.relation, band})].push_back(i);
  }
  for (const auto& [cell, tally] : sheet.all().cells) cells[stratum_of(cell)].push_back(cell);
  Population population;
  for (auto& [at, own] : members) {
    ReviewStratum stratum{
        .links = link::is_link_band(at.band), .cells = cells[at], .population = own.size()};
    double expected = 0;
    for (const link::TallyCell& cell : stratum.cells)
      expected += sheet.all().cells.at(cell).expected_errors;
    population.sizes.push_back({own.size(), expected, stratum.links});
    population.strata.push_back(std::move(stratum));
    population.members.push_back(std::move(own));
  }
  return population;
}

struct Drawn {
  std::uint64_t order;  // hash: of the draw within the stratum, and of the review
  std::uint32_t pair;
  std::size_t stratum;
};

std::vector<Drawn> draw(const std::vector<PopulationPair>& pairs, Population& population,
                        std::uint64_t size, std::uint64_t seed) {
  const std::vector<std::uint64_t> counts = link::allocate_review(population.sizes, size);
  std::vector<Drawn> drawn;
  for (std::size_t s = 0; s < population.strata.size(); ++s) {
    std::vector<Drawn> own;
    for (const std::uint32_t i : population.members[s]) {
      const std::uint64_t hash =
          hash_combine(hash_combine(mix64(seed + 1), pairs[i].left), pairs[i].right);
      own.push_back({hash, i, s});
    }
    const auto by_order = [](const Drawn& a, const Drawn& b) {
      return a.order != b.order ? a.order < b.order : a.pair < b.pair;
    };
    std::ranges::sort(own, by_order);
    own.resize(counts[s]);
    population.strata[s].drawn = counts[s];
    drawn.insert(drawn.end(), own.begin(), own.end());
  }
  // Strata differ in how far down the hashes were drawn: a second hash hides that.
  for (Drawn& d : drawn) d.order = mix64(d.order);
  std::ranges::sort(drawn, {}, &Drawn::order);
  return drawn;
}

// "source:key" of records by their number in the run.
Result<std::unordered_map<std::uint32_t, std::string>> names_of(
    const store::Store& store, const KeptRun& run, std::vector<std::uint32_t> records) {
  std::unordered_map<std::uint32_t, std::string> names;
  std::ranges::sort(records);
  records.erase(std::unique(records.begin(), records.end()), records.end());
  for (const std::uint32_t record : records) {
    const auto place = run.place(record);
    if (!place) continue;  // its delivery was withdrawn since: nobody can look at it
    const Result<store::DeliveryInfo> delivery = store.delivery(place->delivery);
    BIDUI_TRY(delivery);
    const Result<std::string> bytes = store.read_record(place->delivery, place->row);
    BIDUI_TRY(bytes);
    StoredRecord stored;
    if (!stored.decode(*bytes))
      return damaged_error("存储的记录", "a stored record", delivery->instance);
    names.emplace(record, delivery->instance + ":" + std::string(stored.key()));
  }
  return names;
}

std::string encode_sample(const ReviewSample& sample) {
  json::array strata;
  for (const ReviewStratum& s : sample.strata) {
    json::array cells;
    for (const link::TallyCell& cell : s.cells)
      cells.push_back(json::array{cell.relation, cell.band});
    strata.push_back(json::object{
        {"links", s.links}, {"cells", cells}, {"population", s.population}, {"drawn", s.drawn}});
  }
  json::array pairs;
  for (const ReviewPair& p : sample.pairs)
    pairs.push_back(json::array{p.left, p.right, p.stratum, p.weight, p.linked});
  return json::serialize(json::object{{"run", sample.run},
                                      {"seed", sample.seed},
                                      {"by_source", sample.by_source},
                                      {"strata", strata},
                                      {"pairs", pairs}});
}

Result<ReviewSample> decode_sample(std::string_view id, std::string_view text) {
  try {
    const json::value value = json::parse(text);
    ReviewSample sample{.id = std::string(id)};
    sample.run = value.at("run").as_string();
    sample.seed = value.at("seed").to_number<std::uint64_t>();
    sample.by_source = value.at("by_source").as_bool();
    for (const json::value& s : value.at("strata").as_array()) {
      ReviewStratum stratum{.links = s.at("links").as_bool(),
                            .population = s.at("population").to_number<std::uint64_t>(),
                            .drawn = s.at("drawn").to_number<std::uint64_t>()};
      for (const json::value& cell : s.at("cells").as_array())
        stratum.cells.push_back(
            {cell.at(0).to_number<std::uint16_t>(), cell.at(1).to_number<std::uint8_t>()});
      sample.strata.push_back(std::move(stratum));
    }
    for (const json::value& p : value.at("pairs").as_array()) {
      sample.pairs.push_back({.left = std::string(p.at(0).as_string()),
                              .right = std::string(p.at(1).as_string()),
                              .stratum = p.at(2).to_number<std::size_t>(),
                              .weight = p.at(3).to_number<double>(),
                              .linked = p.at(4).as_bool()});
    }
    return sample;
  } catch (const std::exception&) {
    return damaged_error("存储的样本", "a stored sample", std::string(id));
  }
}

}  // namespace

Result<std::vector<ReviewSample>> all_samples(const store::Store& store) {
  std::vector<ReviewSample> samples;
  Status decoded;
  BIDUI_TRY(store.scan_models(kPrefix, [&](std::string_view name, std::string_view bytes) {
    const std::string_view id = name.substr(kPrefix.size());
    if (id.size() != kIdSize || !decoded) return;  // else answers
    Result<ReviewSample> sample = decode_sample(id, bytes);
    if (sample) {
      samples.push_back(std::move(*sample));
    } else {
      decoded = sample.error();
    }
  }));
  BIDUI_TRY(decoded);
  return samples;
}

Result<ReviewSample> draw_sample(Workspace& workspace, const SampleOptions& options) {
  if (options.size == 0)
    return bilingual_error(ErrorCode::kInvalidArgument, "抽样数（--size）至少为 1",
                           "the size of a sample (--size) is 1 at least");
  store::Store& store = workspace.store();
  const Result<KeptRun> run = KeptRun::find(store, options.run);
  BIDUI_TRY(run);
  const Result<std::vector<PopulationPair>> kept = load_pairs(store, run->id());
  const Result<std::string> sheet_bytes = store.read_artefact(run->id(), kErrorSheetArtefact);
  if (!kept || !sheet_bytes) {
    return bilingual_error(ErrorCode::kNotFound, "这次比对是旧版本做的，请重新运行 bidui compare",
                           "the run was made by an older version; run bidui compare again",
                           run->id());
  }
  const Result<ErrorSheet> sheet = decode_error_sheet(*sheet_bytes);
  BIDUI_TRY(sheet);
  const std::vector<PopulationPair>& pairs = *kept;
  Population population = make_strata(pairs, *sheet, options.by_source);
  const std::vector<Drawn> drawn = draw(pairs, population, options.size, options.seed);
  if (drawn.empty())
    return bilingual_error(ErrorCode::kBadInput, "这次比对没有可复核的对",
                           "the run has no pairs to review", run->id());
  std::vector<std::uint32_t> records;
  for (const Drawn& d : drawn) {
    records.push_back(pairs[d.pair].left);
    records.push_back(pairs[d.pair].right);
  }
  const auto names = names_of(store, *run, std::move(records));
  BIDUI_TRY(names);
  const Result<std::vector<ReviewSample>> before = all_samples(store);
  BIDUI_TRY(before);
  ReviewSample sample{.id = fmt::format("S{:04}", before->size() + 1),
                      .run = run->id(),
                      .seed = options.seed,
                      .by_source = options.by_source,
                      .strata = std::move(population.strata)};
  for (const Drawn& d : drawn) {
    const PopulationPair& pair = pairs[d.pair];
    const auto left = names->find(pair.left);
    const auto right = names->find(pair.right);
    if (left == names->end() || right == names->end()) continue;
    sample.pairs.push_back({left->second, right->second, d.stratum, pair.weight, pair.linked});
  }
  BIDUI_TRY(store.put_model(std::string(kPrefix) + sample.id, encode_sample(sample)));
  return sample;
}

Result<ReviewSample> load_sample(const store::Store& store, std::string_view id) {
  Result<std::vector<ReviewSample>> samples = all_samples(store);
  BIDUI_TRY(samples);
  for (ReviewSample& sample : *samples) {
    const bool wanted = id.empty() ? &sample == &samples->back() : sample.id == id;
    if (wanted) return std::move(sample);
  }
  return bilingual_error(ErrorCode::kNotFound, "没有这个样本；先抽样：bidui review sample",
                         "there is no such sample; draw one: bidui review sample", std::string(id));
}

Result<std::vector<ReviewSample>> samples_of(const store::Store& store, std::string_view run) {
  Result<std::vector<ReviewSample>> samples = all_samples(store);
  BIDUI_TRY(samples);
  std::erase_if(*samples, [&](const ReviewSample& sample) { return sample.run != run; });
  return samples;
}

std::string stratum_title(const ReviewStratum& stratum, bool chinese) {
  const std::size_t band = stratum.cells.empty() ? 0 : stratum.cells.front().band;
  const auto& edges = stratum.links ? link::kLinkBandEdges : link::kNonLinkBandEdges;
  const std::size_t own = stratum.links ? band - link::kNonLinkBands : band;
  const std::string low = own == 0 ? "" : fmt::format("{:g}", edges[own - 1]);
  const std::string high = own == edges.size() ? "" : fmt::format("{:g}", edges[own]);
  const std::string range = low.empty()    ? "< " + high
                            : high.empty() ? "≥ " + low
                                           : low + " … " + high;
  if (chinese) return fmt::format("{}，权重 {}", stratum.links ? "链接" : "非链接", range);
  return fmt::format("{}, weight {}", stratum.links ? "links" : "non-links", range);
}

}  // namespace bidui::workspace
