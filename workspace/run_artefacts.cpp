#include "workspace/run_artefacts.h"

#include <algorithm>

#include "matcher/base/hash.h"
#include "matcher/flag/make_flag.h"
#include "store/layout.h"

namespace bidui::workspace {
namespace {

constexpr std::uint64_t kHouseholdSeed = 0x666c61672068;  // "flag h"
constexpr std::uint64_t kRecordSeed = 0x666c61672072;     // "flag r"

}  // namespace

std::uint64_t flag_household_hash(std::string_view name) {
  return hash_bytes(name, kHouseholdSeed);
}
std::uint64_t flag_record_hash(std::string_view name) { return hash_bytes(name, kRecordSeed); }

std::string encode_entities(const link::Entities& entities, std::uint32_t records) {
  std::string bytes;
  bytes.reserve(std::size_t{4} * records);
  for (std::uint32_t r = 0; r < records; ++r)
    store::append_little_endian(bytes, entities.entity_of(r));
  return bytes;
}

std::string encode_links(std::span<const PersonLink> links) {
  std::string bytes;
  bytes.reserve(kKeptLinkSize * links.size());
  for (const PersonLink& l : links) {
    store::append_little_endian(bytes, l.a);
    store::append_little_endian(bytes, l.b);
    store::append_little_endian(bytes, static_cast<float>(l.weight));
    store::append_little_endian(bytes, static_cast<float>(l.own_weight));
    store::append_little_endian(bytes,
                                std::uint32_t{l.decision == link::Decision::kLink ? 1U : 0U});
  }
  return bytes;
}

std::string encode_flag_subjects(std::span<const FlagState> flags) {
  std::vector<std::pair<std::uint64_t, std::string_view>> subjects;
  std::vector<std::uint64_t> hashes;
  for (const FlagState& state : flags) {
    if (state.flag.flag_id.size() != kFlagIdSize) continue;
    hashes.clear();
    const std::string name = state.flag.source + ":" + state.flag.subject;
    hashes.push_back(state.flag.subject_kind == rule::SubjectKind::kHousehold
                         ? flag_household_hash(name)
                         : flag_record_hash(name));
    if (!state.household.empty()) hashes.push_back(flag_household_hash(state.household));
    if (const std::string each = flag::each_of(state.flag.evidence); !each.empty())
      hashes.push_back(flag_record_hash(each));
    for (const std::uint64_t hash : hashes) subjects.emplace_back(hash, state.flag.flag_id);
  }
  std::ranges::sort(subjects);
  subjects.erase(std::unique(subjects.begin(), subjects.end()), subjects.end());
  std::string bytes;
  bytes.reserve(kFlagSubjectSize * subjects.size());
  for (const auto& [hash, id] : subjects) {
    store::append_little_endian(bytes, hash);
    bytes.append(id);
  }
  return bytes;
}

}  // namespace bidui::workspace
