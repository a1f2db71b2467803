#include "workspace/review_pairs.h"

#include "store/layout.h"
#include "workspace/run_artefacts.h"

namespace bidui::workspace {
namespace {

constexpr std::size_t kPairSize = 16;

}  // namespace

std::string encode_decided_pairs(std::span<const link::DecidedPair> pairs) {
  std::string bytes;
  bytes.reserve(kPairSize * pairs.size());
  for (const link::DecidedPair& pair : pairs) {
    store::append_little_endian(bytes, pair.left);
    store::append_little_endian(bytes, pair.right);
    store::append_little_endian(bytes, static_cast<float>(pair.weight));
    store::append_little_endian(bytes, pair.relation);
    store::append_little_endian(bytes, static_cast<std::uint16_t>(pair.linked ? 1 : 0));
  }
  return bytes;
}

Result<std::vector<PopulationPair>> load_pairs(const store::Store& store, std::string_view run) {
  const Result<std::string> bytes = store.read_artefact(run, kDecidedPairsArtefact);
  BIDUI_TRY(bytes);
  std::vector<PopulationPair> pairs;
  pairs.reserve(bytes->size() / kPairSize);
  for (std::size_t at = 0; at + kPairSize <= bytes->size(); at += kPairSize) {
    const char* const place = bytes->data() + at;
    pairs.push_back({store::read_little_endian<std::uint32_t>(place),
                     store::read_little_endian<std::uint32_t>(place + 4),
                     store::read_little_endian<float>(place + 8),
                     store::read_little_endian<std::uint16_t>(place + 12),
                     store::read_little_endian<std::uint16_t>(place + 14) != 0});
  }
  return pairs;
}

}  // namespace bidui::workspace
