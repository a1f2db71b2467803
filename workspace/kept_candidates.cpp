#include "workspace/kept_candidates.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "matcher/base/bilingual_error.h"
#include "matcher/base/hash.h"
#include "matcher/key/key_group.h"
#include "matcher/link/for_each_row.h"
#include "matcher/text/reference.h"
#include "workspace/run_output.h"

namespace bidui::workspace {
namespace {

constexpr std::string_view kName = "candidates";
constexpr std::string_view kMagic = "BDCAND2\n";

constexpr int kGroupShift = 28;
static_assert(compare::kLevelShifts[compare::kPersonComparisons] <= kGroupShift);

std::uint32_t kinds_of_groups(std::uint32_t groups) {
  constexpr std::array kKinds = {key::KeyKind::kId, key::KeyKind::kBirthSurname,
                                 key::KeyKind::kNameVillage};
  std::uint32_t kinds = 0;
  for (const key::KeyKind kind : kKinds) {
    const auto group = static_cast<unsigned>(key::group_of(kind));
    if ((groups >> group & 1U) != 0) kinds |= 1U << static_cast<unsigned>(kind);
  }
  return kinds;
}

// Four hashes beside each other, each step of which loses nothing: a million rows are read at the
// speed of memory.
std::uint64_t row_hash(const record::PersonFeatures& features) {
  std::array<std::uint64_t, sizeof(features) / sizeof(std::uint64_t)> words{};
  static_assert(sizeof(words) == sizeof(features));
  std::memcpy(words.data(), &features, sizeof(features));
  std::array<std::uint64_t, 4> lanes{1, 2, 3, 4};
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::uint64_t& lane = lanes[i % lanes.size()];
    lane = (lane ^ words[i]) * 0x9e3779b97f4a7c15ULL;
    lane ^= lane >> 32;
  }
  return hash_combine(hash_combine(lanes[0], lanes[1]), hash_combine(lanes[2], lanes[3]));
}

std::uint32_t household_tie(const record::PersonFeatures& features) {
  return features.household == 0 ? 0U : static_cast<std::uint32_t>(mix64(features.household)) | 1U;
}

template <typename T>
void put(std::string& bytes, std::span<const T> values) {
  const std::uint64_t count = values.size();
  bytes.append(reinterpret_cast<const char*>(&count), sizeof(count));
  bytes.append(reinterpret_cast<const char*>(values.data()), values.size_bytes());
}

// As the number of pairs of each left record, and what else they hold.
void put_pairs(std::string& bytes, std::span<const KeptPair> pairs) {
  std::vector<std::uint32_t> counts(pairs.empty() ? 0 : pairs.back().left + 1);
  std::vector<std::uint32_t> rights(pairs.size());
  std::vector<std::uint32_t> found(pairs.size());
  std::vector<float> weights(pairs.size());
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    ++counts[pairs[i].left];
    rights[i] = pairs[i].right;
    found[i] = pairs[i].found;
    weights[i] = pairs[i].weight;
  }
  put<std::uint32_t>(bytes, counts);
  put<std::uint32_t>(bytes, rights);
  put<std::uint32_t>(bytes, found);
  put<float>(bytes, weights);
}

// Each list behind its length; nothing once something is missing.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  template <typename T>
  std::vector<T> get() {
    std::uint64_t count = 0;
    if (bytes_.size() < sizeof(count)) return fail<T>();
    std::memcpy(&count, bytes_.data(), sizeof(count));
    bytes_.remove_prefix(sizeof(count));
    if (count > bytes_.size() / sizeof(T)) return fail<T>();
    std::vector<T> values(count);
    if (count > 0) std::memcpy(values.data(), bytes_.data(), count * sizeof(T));
    bytes_.remove_prefix(count * sizeof(T));
    return values;
  }
  std::vector<KeptPair> get_pairs() {
    const auto counts = get<std::uint32_t>();
    const auto rights = get<std::uint32_t>();
    const auto found = get<std::uint32_t>();
    const auto weights = get<float>();
    if (found.size() != rights.size() || weights.size() != rights.size()) return fail<KeptPair>();
    std::vector<KeptPair> pairs;
    pairs.reserve(rights.size());
    for (std::uint32_t left = 0; left < counts.size(); ++left) {
      if (counts[left] > rights.size() - pairs.size()) return fail<KeptPair>();
      for (std::uint32_t i = 0; i < counts[left]; ++i) {
        const std::size_t at = pairs.size();
        pairs.push_back({left, rights[at], found[at], weights[at]});
      }
    }
    failed_ = failed_ || pairs.size() != rights.size();
    return pairs;
  }
  bool ended_well() const { return !failed_ && bytes_.empty(); }
  bool failed() const { return failed_; }

 private:
  template <typename T>
  std::vector<T> fail() {
    failed_ = true;
    return {};
  }
  std::string_view bytes_;
  bool failed_ = false;
};

}  // namespace

std::vector<KeptPair> kept_pairs(std::span<const link::CandidatePair> pairs) {
  std::vector<KeptPair> kept(pairs.size());
  link::for_each_row(pairs.size(), [&](std::size_t i) {
    const link::CandidatePair& p = pairs[i];
    const auto vector = static_cast<std::uint32_t>(p.vector);
    kept[i] = {p.left, p.right, vector | key::groups_of(p.kinds) << kGroupShift, p.weight};
  });
  return kept;
}

link::CandidatePair candidate_pair(const KeptPair& pair) {
  constexpr std::uint32_t kVector = (1U << kGroupShift) - 1;
  return {.left = pair.left,
          .right = pair.right,
          .vector = pair.found & kVector,
          .kinds = kinds_of_groups(pair.found >> kGroupShift),
          .weight = pair.weight};
}

std::uint64_t search_basis(const link::FrequencyTables& tables) {
  std::uint64_t basis = hash_bytes(kProgramVersion, kSearchVersion);
  basis = hash_combine(basis, text::reference_hash());
  return hash_combine(basis, link::tables_hash(tables));
}

std::uint64_t weights_basis(const RunModels& models) { return hash_bytes(models_hash(models)); }

std::uint32_t number_tie(const record::PersonFeatures& features) {
  const bool valid = features.id_class == record::IdClass::kValid && features.id_digits != 0;
  return valid ? static_cast<std::uint32_t>(mix64(features.id_digits)) | 1U : 0;
}

KeptSource kept_source(const RunSource& source) {
  KeptSource kept{.instance = source.instance};
  for (const store::DeliveryInfo& delivery : source.deliveries)
    kept.deliveries.push_back(static_cast<std::uint32_t>(delivery.id));
  return kept;
}

void hash_rows(const RunSource& source, bool is_spine, KeptSource& kept) {
  kept.rows.resize(source.rows());
  kept.ties.resize(source.rows());
  link::for_each_row(source.rows(), [&](std::size_t row) {
    const record::PersonFeatures& p = source.features[row];
    kept.rows[row] = row_hash(p);
    kept.ties[row] = is_spine ? number_tie(p) : household_tie(p);
  });
}

std::string encode_candidates(const KeptCandidates& candidates) {
  std::string bytes(kMagic);
  const std::array bases = {candidates.basis, candidates.weights_basis};
  put<std::uint64_t>(bytes, bases);
  put<std::uint64_t>(bytes, candidates.later.refined.sorted());
  put<std::uint64_t>(bytes, candidates.later.cut.sorted());
  const std::uint64_t sources = candidates.sources.size();
  put<std::uint64_t>(bytes, std::span(&sources, 1));
  for (const KeptSource& source : candidates.sources) {
    put<char>(bytes, source.instance);
    put<std::uint32_t>(bytes, source.deliveries);
    put<std::uint64_t>(bytes, source.rows);
    put<std::uint32_t>(bytes, source.ties);
  }
  put_pairs(bytes, candidates.to_spine);
  put_pairs(bytes, candidates.among);
  put<std::uint32_t>(bytes, candidates.repeated);
  return bytes;
}

Result<KeptCandidates> decode_candidates(std::string_view bytes) {
  const Error bad = bilingual_error(
      ErrorCode::kCorrupt, "保存的候选对已损坏，无法读取；请运行 bidui compare --full",
      "the kept candidate pairs are damaged and cannot be read; run bidui compare --full");
  if (!bytes.starts_with(kMagic)) return bad;
  Reader reader(bytes.substr(kMagic.size()));
  KeptCandidates candidates;
  const auto basis = reader.get<std::uint64_t>();
  candidates.later.refined = link::HashSet(reader.get<std::uint64_t>());
  candidates.later.cut = link::HashSet(reader.get<std::uint64_t>());
  const auto sources = reader.get<std::uint64_t>();
  if (basis.size() != 2 || sources.size() != 1) return bad;
  candidates.basis = basis[0];
  candidates.weights_basis = basis[1];
  for (std::uint64_t s = 0; s < sources.front() && !reader.failed(); ++s) {
    const auto instance = reader.get<char>();
    KeptSource& source = candidates.sources.emplace_back();
    source.instance.assign(instance.begin(), instance.end());
    source.deliveries = reader.get<std::uint32_t>();
    source.rows = reader.get<std::uint64_t>();
    source.ties = reader.get<std::uint32_t>();
    if (source.ties.size() != source.rows.size()) return bad;
  }
  candidates.to_spine = reader.get_pairs();
  candidates.among = reader.get_pairs();
  candidates.repeated = reader.get<std::uint32_t>();
  if (!reader.ended_well()) return bad;
  return candidates;
}

Result<KeptCandidates> load_candidates(const store::Store& store) {
  const auto bytes = store.model(kName);
  BIDUI_TRY(bytes);
  if (!*bytes) return KeptCandidates{};
  // Its basis is that of no tables, so that nothing of it is used.
  if (!(*bytes)->starts_with(kMagic)) return KeptCandidates{.sources = {KeptSource{}}};
  return decode_candidates(**bytes);
}

Status save_candidates(store::Store& store, const KeptCandidates& candidates) {
  return store.put_model(kName, encode_candidates(candidates));
}

}  // namespace bidui::workspace
