#include "workspace/pair_keys.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "matcher/link/left_side.h"
#include "workspace/run_models.h"

namespace bidui::workspace {
namespace {

constexpr std::uint32_t kKeyCap = link::LeftSideOptions{}.key_cap;

key::KeyList keys_of(const record::PersonFeatures& person) {
  key::KeyList keys;
  key::append_person_keys(person, keys);
  return keys;
}

// A record's own entry for a key's hash; null where it has none.
const key::FuzzyKey* find_hash(const key::KeyList& keys, std::uint64_t hash) {
  const auto at = std::ranges::find(keys.keys(), hash, &key::FuzzyKey::hash);
  return at == keys.keys().end() ? nullptr : &*at;
}

// All records of the indexed side, the sources beside the civil registry, that have the key.
Result<std::vector<RecordPlace>> indexed_places(const ExplainedPair& pair, std::uint64_t hash) {
  const std::uint64_t keyed = pair.reader->keys().keyed(hash);
  std::vector<RecordPlace> places;
  for (std::size_t s = 0; s < pair.spine(); ++s) {
    const auto found = pair.reader->find(std::span(&keyed, 1), s);
    BIDUI_TRY(found);
    places.insert(places.end(), found->begin(), found->end());
  }
  return places;
}

bool is_covered(const key::FuzzyKey& key) { return key.coverage == key::Coverage::kCovered; }

// Of the records with the key those in the longer of its two lists: covered records have one of
// their own. With `refinement` only those that have it, too.
Result<std::uint64_t> longest_list(const ExplainedPair& pair, const key::FuzzyKey& wanted,
                                   const std::vector<RecordPlace>& places,
                                   std::optional<std::uint64_t> refinement = {}) {
  if (wanted.coverage == key::Coverage::kAny && !refinement) return places.size();
  BIDUI_TRY(pair.reader->load(places));
  std::array<std::uint64_t, 2> counts{};
  for (const RecordPlace place : places) {
    const key::KeyList keys = keys_of(pair.reader->at(place).features());
    const key::FuzzyKey* const own = find_hash(keys, wanted.hash);
    if (own == nullptr || (refinement && own->refinement != *refinement)) continue;
    ++counts[is_covered(*own) ? 1 : 0];
  }
  return std::max(counts[0], counts[1]);
}

// `indexed` is the entry of the side in memory, `probe` that of the side that is streamed past it.
Result<ExplainedKey> shared_key(const ExplainedPair& pair, const link::HotKeys& frozen,
                                const key::FuzzyKey& indexed, const key::FuzzyKey& probe) {
  ExplainedKey key{.kind = probe.kind, .state = KeyState::kMeets};
  auto places = indexed_places(pair, probe.hash);
  BIDUI_TRY(places);
  const auto records = longest_list(pair, probe, *places);
  BIDUI_TRY(records);
  key.records = *records;
  if (!key::meet(indexed, probe)) {
    key.state = KeyState::kCovered;
    return key;
  }
  const std::uint64_t base = link::key_base(probe.hash);
  if (key.records <= kKeyCap && !frozen.refined.contains(base)) return key;
  key.state = KeyState::kRefinedApart;
  if (probe.refinement == 0 || indexed.refinement != probe.refinement) return key;
  const auto refined = longest_list(pair, probe, *places, probe.refinement);
  BIDUI_TRY(refined);
  key.refined_records = *refined;
  const bool cut =
      *refined > kKeyCap || frozen.cut.contains(link::refined_base(base, probe.refinement));
  key.state = cut ? KeyState::kCut : KeyState::kRefinedMeets;
  return key;
}

}  // namespace

std::string_view key_state_name(KeyState state) {
  switch (state) {
    case KeyState::kMeets:
      return "meets";
    case KeyState::kRefinedMeets:
      return "refined_meets";
    case KeyState::kRefinedApart:
      return "refined_apart";
    case KeyState::kCut:
      return "cut";
    case KeyState::kCovered:
      return "covered";
    case KeyState::kApart:
      return "apart";
    case KeyState::kOneSided:
      return "one_sided";
  }
  return "";
}

bool PairKeys::meets() const {
  return std::ranges::any_of(kinds, [](const ExplainedKey& k) {
    return k.state == KeyState::kMeets || k.state == KeyState::kRefinedMeets;
  });
}

bool PairKeys::shared() const {
  return std::ranges::any_of(kinds,
                             [](const ExplainedKey& k) { return k.state <= KeyState::kCut; });
}

std::uint32_t key_cap() { return kKeyCap; }

Result<PairKeys> pair_keys(const ExplainedPair& pair) {
  const Result<RunModels> models = load_models(pair.workspace->store());
  BIDUI_TRY(models);
  const link::HotKeys frozen = models->tables == nullptr ? link::HotKeys{} : models->tables->keys;
  const key::KeyList indexed = keys_of(pair.first());
  const key::KeyList probing = keys_of(pair.second());
  std::map<key::KeyKind, ExplainedKey> kinds;
  const auto note = [&](const ExplainedKey& key) {
    const auto [at, inserted] = kinds.emplace(key.kind, key);
    if (!inserted && key.state < at->second.state) at->second = key;
  };
  for (const key::FuzzyKey& k : indexed.keys()) note({.kind = k.kind});
  for (const key::FuzzyKey& k : probing.keys()) {
    const bool both =
        kinds.contains(k.kind) &&
        std::ranges::find(indexed.keys(), k.kind, &key::FuzzyKey::kind) != indexed.keys().end();
    note({.kind = k.kind, .state = both ? KeyState::kApart : KeyState::kOneSided});
    const key::FuzzyKey* const own = find_hash(indexed, k.hash);
    if (own == nullptr) continue;
    const Result<ExplainedKey> key = shared_key(pair, frozen, *own, k);
    BIDUI_TRY(key);
    note(*key);
  }
  PairKeys result;
  for (const auto& [kind, key] : kinds) result.kinds.push_back(key);
  result.near_misses = key::near_misses(pair.first(), pair.second());
  return result;
}

std::string_view key_kind_title(key::KeyKind kind) {
  switch (kind) {
    case key::KeyKind::kId:
      return "身份证号";
    case key::KeyKind::kIdBirthSequence:
      return "证号的出生日期+顺序码";
    case key::KeyKind::kIdYearSurname:
      return "证号的地址码+出生年+顺序码+姓";
    case key::KeyKind::kIdYearGiven:
      return "证号的地址码+出生年+顺序码+名";
    case key::KeyKind::kIdDaySurname:
      return "证号的地址码+出生日+顺序码+姓";
    case key::KeyKind::kIdDayGiven:
      return "证号的地址码+出生日+顺序码+名";
    case key::KeyKind::kBirthSurname:
      return "出生日期+姓";
    case key::KeyKind::kBirthGiven:
      return "出生日期+名";
    case key::KeyKind::kBirthVillage:
      return "出生日期+村";
    case key::KeyKind::kCharacterVillage:
      return "姓+名中一字+村";
    case key::KeyKind::kNameYear:
      return "姓名+出生年";
    case key::KeyKind::kNameDay:
      return "姓名+出生月日";
    case key::KeyKind::kNameVillage:
      return "姓名+村";
    case key::KeyKind::kNameTownship:
      return "姓名+乡镇";
    case key::KeyKind::kSurnameVillageGroup:
      return "姓+村+组";
    case key::KeyKind::kGivenVillage:
      return "名+村";
    case key::KeyKind::kPhone:
      return "电话";
    case key::KeyKind::kFormerNameYear:
      return "曾用名+出生年";
    case key::KeyKind::kFormerNameVillage:
      return "曾用名+村";
    case key::KeyKind::kText:
      return "两列文字相同";
    case key::KeyKind::kCount:
      break;
  }
  return "";
}

}  // namespace bidui::workspace
