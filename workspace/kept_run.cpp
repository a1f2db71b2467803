#include "workspace/kept_run.h"

#include <algorithm>
#include <boost/json.hpp>
#include <unordered_map>

#include "matcher/base/bilingual_error.h"
#include "store/layout.h"
#include "workspace/json_member.h"
#include "workspace/run_artefacts.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;

template <typename T>
T get(std::string_view bytes, std::size_t at) {
  return store::read_little_endian<T>(bytes.data() + at);
}

KeptLink link_at(std::string_view bytes, std::size_t at) {
  return {get<std::uint32_t>(bytes, at), get<std::uint32_t>(bytes, at + 4),
          get<float>(bytes, at + 8), get<float>(bytes, at + 12),
          get<std::uint32_t>(bytes, at + 16) != 0};
}

// Identities of flags under these hashes, without repeats, sorted. `subjects`: the artefact.
std::vector<std::string> flags_under(std::string_view subjects,
                                     std::span<const std::uint64_t> hashes) {
  const std::size_t count = subjects.size() / kFlagSubjectSize;
  std::vector<std::string> ids;
  for (const std::uint64_t hash : hashes) {
    std::size_t low = 0;
    for (std::size_t high = count; low < high;) {
      const std::size_t middle = (low + high) / 2;
      if (get<std::uint64_t>(subjects, middle * kFlagSubjectSize) < hash) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (; low < count && get<std::uint64_t>(subjects, low * kFlagSubjectSize) == hash; ++low)
      ids.emplace_back(subjects.substr(low * kFlagSubjectSize + 8, kFlagIdSize));
  }
  std::ranges::sort(ids);
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

}  // namespace

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
    return damaged_error("比对的清单", "the run's manifest", info.id);
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
  for (const Part& part : parts_)
    seen.push_back({part.instance, part.delivery, part.first, part.count});
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

Status KeptRun::hold() {
  const Result<std::string> entities = artefact(kEntitiesArtefact);
  BIDUI_TRY(entities);
  Result<std::string> links = artefact(kPersonLinksArtefact);
  BIDUI_TRY(links);
  Result<std::string> subjects = artefact(kFlagSubjectsArtefact);
  BIDUI_TRY(subjects);
  held_ = std::make_shared<const HeldRun>(*entities, std::move(*links), std::move(*subjects));
  return {};
}

Result<std::vector<std::vector<std::uint32_t>>> KeptRun::persons_of(
    std::span<const std::uint32_t> records) const {
  if (held_ != nullptr) {
    std::vector<std::vector<std::uint32_t>> persons;
    for (const std::uint32_t r : records) {
      const auto person = held_->person_of(r);
      persons.emplace_back(person.begin(), person.end());
      if (person.empty()) persons.back().push_back(r);
    }
    return persons;
  }
  const Result<std::string> bytes = artefact(kEntitiesArtefact);
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

Result<std::vector<std::uint32_t>> KeptRun::entities() const {
  const Result<std::string> bytes = artefact(kEntitiesArtefact);
  BIDUI_TRY(bytes);
  std::vector<std::uint32_t> entities(bytes->size() / 4);
  for (std::size_t r = 0; r < entities.size(); ++r)
    entities[r] = get<std::uint32_t>(*bytes, std::size_t{4} * r);
  return entities;
}

Result<std::vector<KeptLink>> KeptRun::links_of(std::span<const std::uint32_t> records) const {
  if (held_ != nullptr) {
    std::vector<std::uint32_t> at;
    for (const std::uint32_t r : records) {
      const auto own = held_->links_at(r);
      at.insert(at.end(), own.begin(), own.end());
    }
    std::ranges::sort(at);
    at.erase(std::unique(at.begin(), at.end()), at.end());
    std::vector<KeptLink> links;
    for (const std::uint32_t a : at) links.push_back(link_at(held_->links(), a));
    return links;
  }
  const Result<std::string> bytes = artefact(kPersonLinksArtefact);
  BIDUI_TRY(bytes);
  std::vector<std::uint32_t> sorted(records.begin(), records.end());
  std::ranges::sort(sorted);
  const auto touched = [&](std::uint32_t r) { return std::ranges::binary_search(sorted, r); };
  std::vector<KeptLink> links;
  for (std::size_t at = 0; at + kKeptLinkSize <= bytes->size(); at += kKeptLinkSize) {
    const auto a = get<std::uint32_t>(*bytes, at);
    const auto b = get<std::uint32_t>(*bytes, at + 4);
    if (!touched(a) && !touched(b)) continue;
    links.push_back(link_at(*bytes, at));
  }
  return links;
}

Result<std::vector<std::string>> KeptRun::flags_of(std::span<const std::uint64_t> hashes) const {
  if (held_ != nullptr) return flags_under(held_->flag_subjects(), hashes);
  const Result<std::string> bytes = artefact(kFlagSubjectsArtefact);
  BIDUI_TRY(bytes);
  return flags_under(*bytes, hashes);
}

}  // namespace bidui::workspace
