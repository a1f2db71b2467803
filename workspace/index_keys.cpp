#include "workspace/index_keys.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "matcher/base/hash.h"

namespace bidui::workspace {
namespace {

// Seeds that keep the look-up keys apart from the fuzzy keys and from each other.
constexpr std::uint64_t kRecordKeySeed = 0x7265636f7264;
constexpr std::uint64_t kHouseholdSeed = 0x686f757365;
constexpr std::uint64_t kNameSeed = 0x6e616d65;

struct SipState {
  std::uint64_t v0, v1, v2, v3;
  void round() {
    v0 += v1;
    v2 += v3;
    v1 = std::rotl(v1, 13) ^ v0;
    v3 = std::rotl(v3, 16) ^ v2;
    v0 = std::rotl(v0, 32);
    v2 += v1;
    v0 += v3;
    v1 = std::rotl(v1, 17) ^ v2;
    v3 = std::rotl(v3, 21) ^ v0;
    v2 = std::rotl(v2, 32);
  }
};

}  // namespace

IndexKeys::IndexKeys(const store::IndexSecret& secret) {
  std::memcpy(&k0_, secret.data(), 8);
  std::memcpy(&k1_, secret.data() + 8, 8);
}

// SipHash-2-4 (Aumasson and Bernstein 2012) of an 8-byte message.
std::uint64_t IndexKeys::keyed(std::uint64_t hash) const {
  SipState s{k0_ ^ 0x736f6d6570736575ULL, k1_ ^ 0x646f72616e646f6dULL, k0_ ^ 0x6c7967656e657261ULL,
             k1_ ^ 0x7465646279746573ULL};
  for (const std::uint64_t word : {hash, std::uint64_t{8} << 56}) {
    s.v3 ^= word;
    s.round();
    s.round();
    s.v0 ^= word;
  }
  s.v2 ^= 0xff;
  for (int i = 0; i < 4; ++i) s.round();
  return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

std::uint64_t IndexKeys::record_key(std::string_view key) const {
  return keyed(hash_bytes(key, kRecordKeySeed));
}
std::uint64_t IndexKeys::household(std::string_view no) const {
  return keyed(hash_bytes(no, kHouseholdSeed));
}
std::uint64_t IndexKeys::name(std::uint32_t name_fold) const {
  return keyed(hash_combine(kNameSeed, name_fold));
}

void IndexKeys::append_all(const record::PersonFeatures& person, std::string_view key,
                           std::string_view household_no, std::vector<std::uint64_t>& out) const {
  const auto begin = static_cast<std::ptrdiff_t>(out.size());
  key::KeyList keys;
  key::append_person_keys(person, keys);
  for (const key::FuzzyKey& fuzzy : keys.keys()) out.push_back(keyed(fuzzy.hash));
  out.push_back(record_key(key));
  if (!household_no.empty()) out.push_back(household(household_no));
  if (person.name_fold != 0) out.push_back(name(person.name_fold));
  for (const std::uint32_t alias : person.alias_fold) {
    if (alias != 0) out.push_back(name(alias));
  }
  std::sort(out.begin() + begin, out.end());
  out.erase(std::unique(out.begin() + begin, out.end()), out.end());
}

}  // namespace bidui::workspace
