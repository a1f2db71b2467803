#include "matcher/link/frequency_tables.h"

#include <algorithm>
#include <cstring>
#include <functional>

#include "matcher/base/hash.h"

namespace bidui::link {
namespace {

constexpr std::string_view kMagic = "BDFREQ1\n";

template <typename T>
void put(std::string& bytes, const T& value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof(value));
}

void put_hashes(std::string& bytes, const HashSet& set) {
  put(bytes, static_cast<std::uint64_t>(set.size()));
  for (const std::uint64_t hash : set.sorted()) put(bytes, hash);
}

// Reads value after value; stays at its end once something is missing.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  template <typename T>
  T get() {
    T value{};
    if (bytes_.size() < sizeof(T)) {
      failed_ = true;
      return value;
    }
    std::memcpy(&value, bytes_.data(), sizeof(T));
    bytes_.remove_prefix(sizeof(T));
    return value;
  }
  // A number of elements that the bytes can hold; else 0, and failed.
  std::size_t get_count(std::size_t element_size) {
    const auto count = get<std::uint64_t>();
    if (count <= bytes_.size() / element_size) return count;
    failed_ = true;
    return 0;
  }
  HashSet get_hashes() {
    std::vector<std::uint64_t> hashes(get_count(sizeof(std::uint64_t)));
    for (std::uint64_t& hash : hashes) hash = get<std::uint64_t>();
    return HashSet(std::move(hashes));
  }
  bool ended_well() const { return !failed_ && bytes_.empty(); }

 private:
  std::string_view bytes_;
  bool failed_ = false;
};

bool is_ascending(const std::vector<NameCount>& names) {
  return std::ranges::adjacent_find(names, std::greater_equal<>{}, &NameCount::name) == names.end();
}

}  // namespace

std::string encode_tables(const FrequencyTables& tables) {
  std::string bytes(kMagic);
  put(bytes, tables.expected_right);
  put(bytes, tables.names.left_records());
  put(bytes, tables.names.right_records());
  put(bytes, std::uint64_t{tables.key_cap});
  put(bytes, static_cast<std::uint64_t>(tables.names.names().size()));
  for (const NameCount& n : tables.names.names()) put(bytes, n);
  put_hashes(bytes, tables.keys.refined);
  put_hashes(bytes, tables.keys.cut);
  return bytes;
}

Result<FrequencyTables> decode_tables(std::string_view bytes, std::string_view place) {
  const Error bad = make_error(ErrorCode::kCorrupt, "not a file of frequency tables, or damaged",
                               std::string(place));
  if (!bytes.starts_with(kMagic)) return bad;
  Reader reader(bytes.substr(kMagic.size()));
  FrequencyTables tables;
  tables.expected_right = reader.get<double>();
  const auto left_records = reader.get<std::uint64_t>();
  const auto right_records = reader.get<std::uint64_t>();
  tables.key_cap = static_cast<std::uint32_t>(reader.get<std::uint64_t>());
  std::vector<NameCount> names(reader.get_count(sizeof(NameCount)));
  for (NameCount& name : names) name = reader.get<NameCount>();
  if (!is_ascending(names)) return bad;
  tables.names = NameTable(std::move(names), left_records, right_records);
  tables.keys.refined = reader.get_hashes();
  tables.keys.cut = reader.get_hashes();
  if (!reader.ended_well() || tables.key_cap == 0) return bad;
  return tables;
}

std::uint64_t tables_hash(const FrequencyTables& tables) {
  return hash_bytes(encode_tables(tables));
}

}  // namespace bidui::link
