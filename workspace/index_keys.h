// The keys by which the store finds records: the fuzzy keys, and what people look a record up by.
// Hashed with the workspace's secret, so that the index tells nothing without it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "matcher/key/fuzzy_key.h"
#include "matcher/record/features.h"
#include "store/key_file.h"

namespace bidui::workspace {

class IndexKeys {
 public:
  explicit IndexKeys(const store::IndexSecret& secret);

  // SipHash-2-4 of a fuzzy key's hash.
  std::uint64_t keyed(std::uint64_t hash) const;

  std::uint64_t record_key(std::string_view key) const;
  std::uint64_t household(std::string_view household_no) const;
  std::uint64_t name(std::uint32_t name_fold) const;

  // Appends all index hashes of one record, ascending and without repeats, to `out`.
  void append_all(const record::PersonFeatures& person, std::string_view key,
                  std::string_view household_no, std::vector<std::uint64_t>& out) const;

 private:
  std::uint64_t k0_ = 0;
  std::uint64_t k1_ = 0;
};

}  // namespace bidui::workspace
