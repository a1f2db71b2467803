#include "workspace/visit_sample.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <tuple>

#include "matcher/base/bilingual_error.h"
#include "matcher/base/hash.h"
#include "matcher/model/survey.h"
#include "workspace/json_member.h"
#include "workspace/wording.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;

constexpr std::string_view kPrefix = "visits/";
constexpr std::string_view kResults = "/results";

constexpr std::array<std::string_view, kVisitOutcomes> kOutcomeNames = {
    "correct", "wrongly_included", "wrongly_exited", "missed", "cannot_tell"};
constexpr std::array<std::string_view, kVisitOutcomes> kOutcomeTitles = {"准确", "错评", "错退",
                                                                         "漏评", "无法核实"};

std::string subject_of(std::string_view id) { return std::string(kPrefix) + std::string(id); }

// Each status's households by township.
using Members = std::map<std::pair<VisitStatus, std::string>, std::vector<std::uint32_t>>;

Members group(const VisitFrame& frame) {
  Members members;
  for (std::uint32_t h = 0; h < frame.households.size(); ++h)
    members[{frame.households[h].status, frame.households[h].township}].push_back(h);
  return members;
}

// How many of each status to draw.
std::array<std::uint64_t, kVisitStatuses> sizes_of(const VisitFrame& frame,
                                                   const VisitSampleOptions& options) {
  std::array<std::uint64_t, kVisitStatuses> sizes{};
  if (options.size == 0) {
    for (std::size_t s = 0; s < kVisitStatuses; ++s)
      sizes[s] = model::survey_size(frame.count(static_cast<VisitStatus>(s)), options.expected,
                                    options.margin);
    return sizes;
  }
  // What one status does not have the others get.
  std::array<std::uint64_t, kVisitStatuses> counts{};
  for (std::size_t s = 0; s < kVisitStatuses; ++s)
    counts[s] = frame.count(static_cast<VisitStatus>(s));
  std::uint64_t left = options.size;
  for (bool given = true; left > 0 && given;) {
    given = false;
    for (std::size_t s = 0; s < kVisitStatuses && left > 0; ++s) {
      if (sizes[s] == counts[s]) continue;
      ++sizes[s];
      --left;
      given = true;
    }
  }
  return sizes;
}

void draw_stratum(const VisitFrame& frame, const std::vector<std::uint32_t>& members,
                  std::uint64_t seed, std::size_t number, VisitSample& sample) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
  for (const std::uint32_t h : members)
    order.emplace_back(hash_bytes(frame.households[h].household, mix64(seed + 1)), h);
  std::ranges::sort(order, [&](const auto& a, const auto& b) {
    return a.first != b.first
               ? a.first < b.first
               : frame.households[a.second].household < frame.households[b.second].household;
  });
  order.resize(sample.strata[number].drawn);
  for (const auto& [hash, h] : order) {
    const FrameHousehold& own = frame.households[h];
    sample.households.push_back({own.household, own.township, own.village, own.persons, number});
  }
}

void draw(const VisitFrame& frame, const VisitSampleOptions& options, VisitSample& sample) {
  const Members members = group(frame);
  const auto sizes = sizes_of(frame, options);
  for (std::size_t s = 0; s < kVisitStatuses; ++s) {
    std::vector<std::uint64_t> populations;
    const std::size_t first = sample.strata.size();
    for (const auto& [name, own] : members) {
      if (name.first != static_cast<VisitStatus>(s)) continue;
      VisitStratum stratum{.status = name.first, .township = name.second, .households = own.size()};
      for (const std::uint32_t h : own) stratum.persons += frame.households[h].persons;
      populations.push_back(own.size());
      sample.strata.push_back(std::move(stratum));
    }
    const std::vector<std::uint64_t> drawn = model::allocate_survey(populations, sizes[s]);
    for (std::size_t i = 0; i < drawn.size(); ++i) {
      VisitStratum& stratum = sample.strata[first + i];
      stratum.drawn = drawn[i];
      draw_stratum(frame, members.at({stratum.status, stratum.township}), options.seed, first + i,
                   sample);
    }
  }
  std::ranges::sort(sample.households, [](const VisitedHousehold& a, const VisitedHousehold& b) {
    return std::tie(a.stratum, a.village, a.household) <
           std::tie(b.stratum, b.village, b.household);
  });
}

std::string encode(const VisitSample& sample) {
  json::array strata;
  for (const VisitStratum& s : sample.strata)
    strata.push_back(json::array{static_cast<std::uint64_t>(s.status), s.township, s.households,
                                 s.persons, s.drawn});
  json::array households;
  for (const VisitedHousehold& h : sample.households)
    households.push_back(json::array{h.household, h.township, h.village, h.persons, h.stratum});
  return json::serialize(json::object{{"run", sample.run},
                                      {"as_of", sample.as_of},
                                      {"seed", sample.seed},
                                      {"rural_persons", sample.rural_persons},
                                      {"strata", strata},
                                      {"households", households}});
}

Result<VisitSample> decode(std::string_view id, std::string_view bytes) {
  try {
    const json::value value = json::parse(bytes);
    VisitSample sample{.id = std::string(id)};
    sample.run = value.at("run").as_string();
    sample.as_of = value.at("as_of").as_string();
    sample.seed = value.at("seed").to_number<std::uint64_t>();
    sample.rural_persons = value.at("rural_persons").to_number<std::uint64_t>();
    for (const json::value& s : value.at("strata").as_array())
      sample.strata.push_back(
          {.status = static_cast<VisitStatus>(s.at(0).to_number<std::uint64_t>()),
           .township = std::string(s.at(1).as_string()),
           .households = s.at(2).to_number<std::uint64_t>(),
           .persons = s.at(3).to_number<std::uint64_t>(),
           .drawn = s.at(4).to_number<std::uint64_t>()});
    for (const json::value& h : value.at("households").as_array())
      sample.households.push_back({.household = std::string(h.at(0).as_string()),
                                   .township = std::string(h.at(1).as_string()),
                                   .village = std::string(h.at(2).as_string()),
                                   .persons = h.at(3).to_number<std::uint32_t>(),
                                   .stratum = h.at(4).to_number<std::size_t>()});
    return sample;
  } catch (const std::exception&) {
    return damaged_error("存储的入户样本", "a stored sample of visits", std::string(id));
  }
}

}  // namespace

std::string_view visit_outcome_name(VisitOutcome outcome) {
  return kOutcomeNames[static_cast<std::size_t>(outcome)];
}

std::string_view visit_outcome_title(VisitOutcome outcome) {
  return kOutcomeTitles[static_cast<std::size_t>(outcome)];
}

std::optional<VisitOutcome> parse_visit_outcome(std::string_view text) {
  for (std::size_t o = 0; o < kVisitOutcomes; ++o) {
    if (text == kOutcomeNames[o] || text == kOutcomeTitles[o] || text == spaced(kOutcomeNames[o]))
      return static_cast<VisitOutcome>(o);
  }
  return std::nullopt;
}

std::vector<VisitOutcome> possible_outcomes(VisitStatus status) {
  using enum VisitOutcome;
  switch (status) {
    case VisitStatus::kRegistered:
      return {kCorrect, kWronglyIncluded, kCannotTell};
    case VisitStatus::kExited:
      return {kCorrect, kWronglyIncluded, kWronglyExited, kCannotTell};
    case VisitStatus::kUnregistered:
      return {kCorrect, kMissed, kCannotTell};
  }
  return {};
}

Result<VisitSample> draw_visits(Workspace& workspace, const VisitSampleOptions& options) {
  if (options.size == 0 && (options.margin <= 0 || options.margin >= 1 || options.expected <= 0 ||
                            options.expected >= 1))
    return bilingual_error(ErrorCode::kInvalidArgument,
                           "误差（--margin）和预计比例（--expected）须在 0 与 1 之间",
                           "--margin and --expected lie between 0 and 1");
  Result<VisitFrame> frame = visit_frame(workspace, options.run);
  BIDUI_TRY(frame);
  const Result<std::vector<VisitSample>> before = all_visits(workspace.store());
  BIDUI_TRY(before);
  VisitSample sample{.id = fmt::format("V{:04}", before->size() + 1),
                     .run = frame->run,
                     .as_of = frame->as_of,
                     .seed = options.seed,
                     .rural_persons = frame->rural_persons};
  draw(*frame, options, sample);
  if (sample.households.empty())
    return bilingual_error(ErrorCode::kBadInput, "没有可抽的户", "there are no households to draw",
                           sample.run);
  const store::JournalEntry entry{
      .subject = subject_of(sample.id),
      .content = json::serialize(json::object{{"action", "draw"},
                                              {"run", sample.run},
                                              {"seed", sample.seed},
                                              {"households", sample.households.size()},
                                              {"by", options.by},
                                              {"recorded", options.recorded}})};
  const store::NamedBytes kept{subject_of(sample.id), encode(sample)};
  BIDUI_TRY(workspace.store().append_journal(std::span(&entry, 1), std::span(&kept, 1)));
  return sample;
}

Result<std::vector<VisitSample>> all_visits(const store::Store& store) {
  std::vector<VisitSample> samples;
  Status decoded;
  BIDUI_TRY(store.scan_models(kPrefix, [&](std::string_view name, std::string_view bytes) {
    const std::string_view id = name.substr(kPrefix.size());
    if (id.ends_with(kResults) || !decoded) return;
    Result<VisitSample> sample = decode(id, bytes);
    if (sample) {
      samples.push_back(std::move(*sample));
    } else {
      decoded = sample.error();
    }
  }));
  BIDUI_TRY(decoded);
  return samples;
}

Result<VisitSample> load_visits(const store::Store& store, std::string_view id) {
  Result<std::vector<VisitSample>> samples = all_visits(store);
  BIDUI_TRY(samples);
  for (VisitSample& sample : *samples) {
    if (id.empty() ? &sample == &samples->back() : sample.id == id) return std::move(sample);
  }
  return bilingual_error(ErrorCode::kNotFound, "没有这个入户样本；先抽样：bidui sample draw",
                         "there is no such sample of visits; draw one: bidui sample draw",
                         std::string(id));
}

Result<VisitResults> load_visit_results(const store::Store& store, const VisitSample& sample) {
  const auto bytes = store.model(subject_of(sample.id) + std::string(kResults));
  BIDUI_TRY(bytes);
  VisitResults results;
  if (!*bytes) return results;
  try {
    const json::value value = json::parse(**bytes);
    for (const json::value& entry : value.as_array()) {
      const auto outcome = parse_visit_outcome(std::string_view(entry.at(1).as_string()));
      results[entry.at(0).to_number<std::size_t>()] = {
          .outcome = outcome.value(),
          .on = std::string(entry.at(2).as_string()),
          .by = std::string(entry.at(3).as_string()),
          .note = std::string(entry.at(4).as_string())};
    }
    return results;
  } catch (const std::exception&) {
    return damaged_error("入户核查的结果", "the results of visits", sample.id);
  }
}

Status save_visit_results(store::Store& store, const VisitSample& sample,
                          const VisitResults& results, std::string journal_entry) {
  json::array array;
  for (const auto& [number, result] : results)
    array.push_back(
        json::array{number, visit_outcome_name(result.outcome), result.on, result.by, result.note});
  const store::JournalEntry entry{subject_of(sample.id), std::move(journal_entry)};
  const store::NamedBytes kept{subject_of(sample.id) + std::string(kResults),
                               json::serialize(array)};
  return store.append_journal(std::span(&entry, 1), std::span(&kept, 1));
}

}  // namespace bidui::workspace
