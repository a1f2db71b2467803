#include "workspace/pair_evidence.h"

#include <algorithm>

#include "workspace/pair_decision.h"
#include "workspace/record_words.h"

namespace bidui::workspace {
namespace {

// Records of a source that share a fuzzy key with the person.
Result<std::vector<RecordPlace>> candidates(const ExplainedPair& pair,
                                            const record::PersonFeatures& person,
                                            std::size_t source) {
  constexpr std::size_t kMost = 1000;  // of one key
  key::KeyList keys;
  key::append_person_keys(person, keys);
  std::vector<RecordPlace> all;
  for (const key::FuzzyKey& key : keys.keys()) {
    const std::uint64_t keyed = pair.reader->keys().keyed(key.hash);
    const auto places = pair.reader->find(std::span(&keyed, 1), source);
    BIDUI_TRY(places);
    if (places->size() <= kMost) all.insert(all.end(), places->begin(), places->end());
  }
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  BIDUI_TRY(pair.reader->load(all));
  return all;
}

Status add_rivals(const ExplainedPair& pair, const PairScorer& scorer, RecordPlace own,
                  RecordPlace other, std::vector<Rival>& rivals) {
  const ReadRecord& record = pair.reader->at(own);
  const auto places = candidates(pair, record.features(), other.source);
  BIDUI_TRY(places);
  for (const RecordPlace place : *places) {
    if (place == other) continue;
    const ReadRecord& found = pair.reader->at(place);
    const auto summands = scorer.summands(*pair.reader, own, place);
    BIDUI_TRY(summands);
    rivals.push_back({.of = record.name(),
                      .record = found.name(),
                      .name = found.masked("name"),
                      .id_number = found.masked("id_number"),
                      .birth = birth_text(found.features().birth),
                      .weight = model::sum_of(*summands)});
  }
  return {};
}

}  // namespace

Result<PairEvidence> pair_evidence(const ExplainedPair& pair, const PairScorer& scorer) {
  auto summands = scorer.summands(*pair.reader, pair.left, pair.right);
  BIDUI_TRY(summands);
  PairEvidence evidence{.model = scorer.model_name(),
                        .summands = std::move(*summands),
                        .compared = scorer.compared()};
  evidence.weight = model::sum_of(evidence.summands);
  if (pair.first().name_hash == pair.second().name_hash)
    evidence.bearers = scorer.bearers(pair.first().name_hash);
  return evidence;
}

Result<std::vector<Rival>> pair_rivals(const ExplainedPair& pair, const PairScorer& scorer,
                                       double weight) {
  constexpr double kAboutAsWell = 7;
  constexpr std::size_t kShown = 5;
  std::vector<Rival> rivals;
  if (pair.left.source == pair.right.source) return rivals;
  BIDUI_TRY(add_rivals(pair, scorer, pair.left, pair.right, rivals));
  BIDUI_TRY(add_rivals(pair, scorer, pair.right, pair.left, rivals));
  const double least = std::max(possible_threshold(), weight - kAboutAsWell);
  std::erase_if(rivals, [&](const Rival& r) { return r.weight < least; });
  std::ranges::stable_sort(rivals, std::greater<>{}, &Rival::weight);
  if (rivals.size() > kShown) rivals.resize(kShown);
  return rivals;
}

}  // namespace bidui::workspace
