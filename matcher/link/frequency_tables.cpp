#include "matcher/link/frequency_tables.h"

#include <algorithm>
#include <cstring>
#include <functional>

#include "matcher/base/bilingual_error.h"
#include "matcher/base/hash.h"

namespace bidui::link {
namespace {

constexpr std::string_view kMagic = "BDFREQ2\n";
constexpr std::string_view kMagicOfAnyVersion = "BDFREQ";
constexpr std::uint64_t kMaxColumns = compare::kMaxTextComparisons;

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
  ValueTable get_table() {
    const auto left_records = get<std::uint64_t>();
    const auto right_records = get<std::uint64_t>();
    std::vector<ValueCount> values(get_count(sizeof(ValueCount)));
    for (ValueCount& value : values) value = get<ValueCount>();
    const auto descent =
        std::ranges::adjacent_find(values, std::greater_equal<>{}, &ValueCount::value);
    failed_ = failed_ || descent != values.end();
    if (failed_) return {};
    return {std::move(values), left_records, right_records};
  }
  bool ended_well() const { return !failed_ && bytes_.empty(); }

 private:
  std::string_view bytes_;
  bool failed_ = false;
};

void put_table(std::string& bytes, const ValueTable& table) {
  put(bytes, table.left_records());
  put(bytes, table.right_records());
  put(bytes, static_cast<std::uint64_t>(table.values().size()));
  for (const ValueCount& v : table.values()) put(bytes, v);
}

}  // namespace

std::string encode_tables(const FrequencyTables& tables) {
  std::string bytes(kMagic);
  put(bytes, tables.expected_right);
  put(bytes, std::uint64_t{tables.key_cap});
  for (const ValueTable& table : tables.terms.person) put_table(bytes, table);
  put(bytes, static_cast<std::uint64_t>(tables.terms.columns.size()));
  for (const ValueTable& table : tables.terms.columns) put_table(bytes, table);
  put_hashes(bytes, tables.keys.refined);
  put_hashes(bytes, tables.keys.cut);
  return bytes;
}

Result<FrequencyTables> decode_tables(std::string_view bytes, std::string_view place) {
  const Error bad = bilingual_error(
      ErrorCode::kCorrupt, "不是频率表文件，或已损坏；请重新统计：bidui model train",
      "not a file of frequency tables, or damaged; count them anew: bidui model train",
      std::string(place));
  const Error old = bilingual_error(
      ErrorCode::kBadInput, "频率表出自另一版本的程序；请重新统计：bidui model train",
      "frequency tables of another version of the program; count them anew: bidui model train",
      std::string(place));
  if (!bytes.starts_with(kMagic)) return bytes.starts_with(kMagicOfAnyVersion) ? old : bad;
  Reader reader(bytes.substr(kMagic.size()));
  FrequencyTables tables;
  tables.expected_right = reader.get<double>();
  tables.key_cap = static_cast<std::uint32_t>(reader.get<std::uint64_t>());
  for (ValueTable& table : tables.terms.person) table = reader.get_table();
  const auto columns = reader.get<std::uint64_t>();
  if (columns > kMaxColumns) return bad;
  for (std::uint64_t i = 0; i < columns; ++i) tables.terms.columns.push_back(reader.get_table());
  tables.keys.refined = reader.get_hashes();
  tables.keys.cut = reader.get_hashes();
  if (!reader.ended_well() || tables.key_cap == 0) return bad;
  tables.read_hash.value = hash_bytes(bytes);
  return tables;
}

std::uint64_t tables_hash(const FrequencyTables& tables) {
  return tables.read_hash.value != 0 ? tables.read_hash.value : hash_bytes(encode_tables(tables));
}

}  // namespace bidui::link
