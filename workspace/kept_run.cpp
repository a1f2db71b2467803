#include "workspace/kept_run.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cstring>

#include "matcher/base/hash.h"
#include "matcher/flag/make_flag.h"
#include "workspace/bilingual_error.h"
#include "workspace/json_member.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;

constexpr std::uint64_t kHouseholdSeed = 0x666c61672068;  // "flag h"
constexpr std::uint64_t kRecordSeed = 0x666c61672072;     // "flag r"
constexpr std::size_t kFlagIdSize = 12;
constexpr std::size_t kLinkSize = 20;
constexpr std::size_t kSubjectSize = 8 + kFlagIdSize;

template <typename T>
void put(std::string& bytes, T value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof(value));
}

template <typename T>
T get(std::string_view bytes, std::size_t at) {
  T value;
  std::memcpy(&value, bytes.data() + at, sizeof(value));
  return value;
}

}  // namespace

std::uint64_t flag_household_hash(std::string_view name) {
  return hash_bytes(name, kHouseholdSeed);
}
std::uint64_t flag_record_hash(std::string_view name) { return hash_bytes(name, kRecordSeed); }

std::string encode_entities(const link::Entities& entities, std::uint32_t records) {
  std::string bytes;
  bytes.reserve(std::size_t{4} * records);
  for (std::uint32_t r = 0; r < records; ++r) put(bytes, entities.entity_of(r));
  return bytes;
}

std::string encode_links(std::span<const PersonLink> links) {
  std::string bytes;
  bytes.reserve(kLinkSize * links.size());
  for (const PersonLink& l : links) {
    put(bytes, l.a);
    put(bytes, l.b);
    put(bytes, static_cast<float>(l.weight));
    put(bytes, static_cast<float>(l.own_weight));
    put(bytes, std::uint32_t{l.decision == link::Decision::kLink ? 1U : 0U});
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
  bytes.reserve(kSubjectSize * subjects.size());
  for (const auto& [hash, id] : subjects) {
    put(bytes, hash);
    bytes.append(id);
  }
  return bytes;
}

Result<std::optional<KeptRun>> KeptRun::newest(const store::Store& store) {
  const Result<std::vector<store::RunInfo>> runs = store.runs();
  BIDUI_TRY(runs);
  if (runs->empty()) return std::optional<KeptRun>{};
  Result<KeptRun> run = read(store, runs->back());
  BIDUI_TRY(run);
  return std::optional(std::move(*run));
}

Result<KeptRun> KeptRun::find(const store::Store& store, std::string_view id) {
  if (!id.empty()) {
    const Result<store::RunInfo> info = store.run(id);
    BIDUI_TRY(info);
    return read(store, *info);
  }
  Result<std::optional<KeptRun>> run = newest(store);
  BIDUI_TRY(run);
  if (!*run) {
    return bilingual_error(ErrorCode::kNotFound, "还没有比对过，请先运行 bidui compare",
                           "nothing was compared yet: bidui compare");
  }
  return std::move(**run);
}

Result<KeptRun> KeptRun::read(const store::Store& store, const store::RunInfo& info) {
  boost::system::error_code failure;
  const json::value manifest = json::parse(info.manifest, failure);
  const json::value* const list =
      failure || !manifest.is_object() ? nullptr : manifest.as_object().if_contains("deliveries");
  if (list == nullptr || !list->is_array())
    return make_error(ErrorCode::kCorrupt, "the run's manifest cannot be read", info.id);
  KeptRun run(store);
  run.id_ = info.id;
  run.evaluation_date_ = text_of(manifest.as_object(), "evaluation_date");
  const std::vector<store::DeliveryInfo> visible = store.deliveries();
  std::uint32_t first = 0;
  for (const json::value& entry : list->as_array()) {
    const json::object& object = entry.as_object();
    Part part{.instance = text_of(object, "source"), .delivery = {}, .first = first};
    part.count = static_cast<std::uint32_t>(object.at("loaded").to_number<std::uint64_t>());
    for (const store::DeliveryInfo& d : visible) {
      if (d.instance == text_of(object, "source") && d.coverage == text_of(object, "coverage") &&
          d.as_of == text_of(object, "as_of") && d.content_hash == text_of(object, "content_hash"))
        part.delivery = d.id;
    }
    first += part.count;
    run.parts_.push_back(part);
  }
  if (const json::value* thresholds = manifest.as_object().if_contains("thresholds")) {
    for (const json::value& entry : thresholds->as_array()) {
      run.thresholds_.push_back({text_of(entry.as_object(), "left"),
                                 text_of(entry.as_object(), "right"),
                                 entry.at("weight").to_number<double>()});
    }
  }
  return run;
}

std::optional<double> KeptRun::threshold(std::string_view left, std::string_view right) const {
  for (const Threshold& t : thresholds_) {
    if ((t.left == left && t.right == right) || (t.left == right && t.right == left))
      return t.weight;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> KeptRun::number(store::DeliveryId delivery, std::uint32_t row) const {
  for (const Part& part : parts_) {
    if (part.delivery == delivery && row < part.count) return part.first + row;
  }
  return std::nullopt;
}

std::optional<KeptRun::Place> KeptRun::place(std::uint32_t number) const {
  for (const Part& part : parts_) {
    if (number < part.first || number - part.first >= part.count) continue;
    if (!part.delivery) return std::nullopt;
    return Place{*part.delivery, number - part.first};
  }
  return std::nullopt;
}

std::vector<KeptRun::SeenDelivery> KeptRun::deliveries() const {
  std::vector<SeenDelivery> seen;
  for (const Part& part : parts_) seen.push_back({part.instance, part.delivery});
  return seen;
}

bool KeptRun::saw(std::span<const store::DeliveryInfo> deliveries) const {
  return deliveries.size() == parts_.size() &&
         std::ranges::all_of(deliveries, [&](const store::DeliveryInfo& d) {
           return std::ranges::any_of(parts_,
                                      [&](const Part& part) { return part.delivery == d.id; });
         });
}

Result<std::string> KeptRun::artefact(std::string_view name) const {
  Result<std::string> bytes = store_->read_artefact(id_, name);
  if (!bytes && bytes.error().code == ErrorCode::kNotFound) {
    return bilingual_error(
        ErrorCode::kNotFound, "最近一次比对是旧版本做的，请重新运行 bidui compare",
        "the newest run was made by an older version; run bidui compare again", id_);
  }
  return bytes;
}

Result<std::vector<std::vector<std::uint32_t>>> KeptRun::persons_of(
    std::span<const std::uint32_t> records) const {
  const Result<std::string> bytes = artefact("entities");
  BIDUI_TRY(bytes);
  const auto count = static_cast<std::uint32_t>(bytes->size() / 4);
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> members;
  for (const std::uint32_t r : records) {
    if (r < count) members[get<std::uint32_t>(*bytes, std::size_t{4} * r)];
  }
  // A small filter in front of the hash table: most records are none of these people.
  std::vector<bool> wanted(1 << 16);
  for (const auto& [entity, own] : members) wanted[entity & 0xFFFFU] = true;
  for (std::uint32_t r = 0; r < count; ++r) {
    const auto entity = get<std::uint32_t>(*bytes, std::size_t{4} * r);
    if (!wanted[entity & 0xFFFFU]) continue;
    if (const auto at = members.find(entity); at != members.end()) at->second.push_back(r);
  }
  std::vector<std::vector<std::uint32_t>> persons;
  for (const std::uint32_t r : records) {
    if (r < count) {
      persons.push_back(members.at(get<std::uint32_t>(*bytes, std::size_t{4} * r)));
    } else {
      persons.push_back({r});
    }
  }
  return persons;
}

Result<std::vector<KeptLink>> KeptRun::links_of(std::span<const std::uint32_t> records) const {
  const Result<std::string> bytes = artefact("person_links");
  BIDUI_TRY(bytes);
  std::vector<std::uint32_t> sorted(records.begin(), records.end());
  std::ranges::sort(sorted);
  const auto touched = [&](std::uint32_t r) { return std::ranges::binary_search(sorted, r); };
  std::vector<KeptLink> links;
  for (std::size_t at = 0; at + kLinkSize <= bytes->size(); at += kLinkSize) {
    const auto a = get<std::uint32_t>(*bytes, at);
    const auto b = get<std::uint32_t>(*bytes, at + 4);
    if (!touched(a) && !touched(b)) continue;
    links.push_back({a, b, get<float>(*bytes, at + 8), get<float>(*bytes, at + 12),
                     get<std::uint32_t>(*bytes, at + 16) != 0});
  }
  return links;
}

Result<std::vector<std::string>> KeptRun::flags_of(std::span<const std::uint64_t> hashes) const {
  const Result<std::string> bytes = artefact("flag_subjects");
  BIDUI_TRY(bytes);
  const std::size_t count = bytes->size() / kSubjectSize;
  std::vector<std::string> ids;
  for (const std::uint64_t hash : hashes) {
    std::size_t low = 0;
    for (std::size_t high = count; low < high;) {
      const std::size_t middle = (low + high) / 2;
      if (get<std::uint64_t>(*bytes, middle * kSubjectSize) < hash) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (; low < count && get<std::uint64_t>(*bytes, low * kSubjectSize) == hash; ++low)
      ids.push_back(bytes->substr(low * kSubjectSize + 8, kFlagIdSize));
  }
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

}  // namespace bidui::workspace
