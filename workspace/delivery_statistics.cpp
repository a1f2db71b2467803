#include "workspace/delivery_statistics.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cstring>
#include <numeric>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include "matcher/base/bilingual_error.h"
#include "matcher/base/hash.h"
#include "matcher/record/features.h"
#include "workspace/field_tally.h"
#include "workspace/refresh.h"
#include "workspace/stored_record.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;
using record::IdClass;
using record::PersonFeatures;

constexpr std::size_t kNumbersAtOnce = std::size_t{16} << 20;

// Hashes of valid ID numbers by their first bits: each bucket is sorted within a core's cache.
constexpr int kBucketBits = 7;
using NumberBuckets = std::array<std::vector<std::uint64_t>, std::size_t{1} << kBucketBits>;

// Counts of a range of rows; sums are the same in whatever order they are added.
struct RangeCounts {
  DeliveryStatistics counted;
  std::vector<FieldTally> fields;
  NumberBuckets numbers;  // of the first pass
};

std::uint64_t number_hash(const PersonFeatures& person) {
  return mix64(person.id_digits * 16 + person.id_check);
}

std::uint64_t power_of_ten(int zeros) {
  std::uint64_t power = 1;
  for (int i = 0; i < zeros; ++i) power *= 10;
  return power;
}

// A division as far as it is known: 340826, 340826203, 340826203202.
std::uint64_t known_division(const PersonFeatures& person) {
  for (const int digits : {12, 9, 6, 4, 2}) {
    if (person.division_level >= digits) return person.division / power_of_ten(12 - digits);
  }
  return 0;
}

void add_person(const PersonFeatures& person, DeliveryStatistics& counted) {
  ++counted.id_numbers[static_cast<std::size_t>(person.id_class)];
  if (person.name.length > 0 || person.name.flags != 0) ++counted.names;
  if ((person.name.flags & record::kFlagDamaged) != 0) ++counted.damaged_names;
  if ((person.name.flags & record::kFlagPlaceholder) != 0) ++counted.placeholder_names;
  if (person.id_class == IdClass::kValid) ++counted.id_regions[person.id_digits / power_of_ten(11)];
  const std::uint64_t division = known_division(person);
  if (division == 0) {
    ++counted.unplaced;
  } else {
    ++counted.divisions[division];
  }
}

template <typename Visit>
Status scan_persons(const store::Store& store, store::DeliveryId id, store::RowRange rows,
                    const Visit& visit) {
  return store.scan_features(id, rows, [&](std::uint32_t, std::span<const std::byte> bytes) {
    PersonFeatures person;
    for (std::size_t at = 0; at + sizeof person <= bytes.size(); at += sizeof person) {
      std::memcpy(&person, bytes.data() + at, sizeof person);
      visit(person);
    }
  });
}

// The passes over all rows in which repeated numbers are looked for, so that memory is bounded.
std::uint64_t passes_of(const store::DeliveryInfo& delivery) {
  return 1 + delivery.record_count / kNumbersAtOnce;
}

void collect_number(const PersonFeatures& person, std::uint64_t pass, std::uint64_t passes,
                    NumberBuckets& numbers) {
  if (person.id_class != IdClass::kValid) return;
  const std::uint64_t hash = number_hash(person);
  if (passes == 1 || hash % passes == pass) numbers[hash >> (64 - kBucketBits)].push_back(hash);
}

Status count_range(const store::Store& store, const schema::Schema& schema,
                   const store::DeliveryInfo& delivery, store::RowRange rows, RangeCounts& counts) {
  for (const schema::Field& field : schema.fields) counts.fields.emplace_back(field);
  bool sound = true;
  StoredRecord record;
  BIDUI_TRY(store.scan_records(delivery.id, rows, [&](std::uint32_t, std::string_view bytes) {
    sound = sound && record.decode(bytes);
    if (!sound) return;
    ++counts.counted.rows;
    for (std::size_t f = 0; f < counts.fields.size(); ++f) counts.fields[f].add(record.field(f));
  }));
  if (!sound) return damaged_error("存储的记录", "a stored record");
  if (!is_current(delivery)) return {};  // features of another program: refresh makes them anew
  const std::uint64_t passes = passes_of(delivery);
  return scan_persons(store, delivery.id, rows, [&](const PersonFeatures& person) {
    add_person(person, counts.counted);
    collect_number(person, 0, passes, counts.numbers);
  });
}

// Rows whose number another row has too. `numbers(r)` gives those of a range.
template <typename Numbers>
std::uint64_t count_repeated(std::size_t ranges, const Numbers& numbers) {
  std::array<std::uint64_t, std::size_t{1} << kBucketBits> repeated{};
  tbb::parallel_for(std::size_t{0}, repeated.size(), [&](std::size_t b) {
    std::vector<std::uint64_t> all;
    for (std::size_t r = 0; r < ranges; ++r) {
      const std::vector<std::uint64_t>& part = numbers(r)[b];
      all.insert(all.end(), part.begin(), part.end());
    }
    std::ranges::sort(all);
    for (std::size_t begin = 0, end = 0; begin < all.size(); begin = end) {
      while (end < all.size() && all[end] == all[begin]) ++end;
      if (end - begin > 1) repeated[b] += end - begin;
    }
  });
  return std::accumulate(repeated.begin(), repeated.end(), std::uint64_t{0});
}

// Of the passes after the first.
Result<std::uint64_t> count_repeated_later(const store::Store& store,
                                           const store::DeliveryInfo& delivery,
                                           const std::vector<store::RowRange>& ranges) {
  const std::uint64_t passes = passes_of(delivery);
  std::uint64_t repeated = 0;
  for (std::uint64_t pass = 1; pass < passes; ++pass) {
    std::vector<NumberBuckets> numbers(ranges.size());
    std::vector<Status> results(ranges.size());
    tbb::parallel_for(std::size_t{0}, ranges.size(), [&](std::size_t r) {
      results[r] = scan_persons(store, delivery.id, ranges[r], [&](const PersonFeatures& person) {
        collect_number(person, pass, passes, numbers[r]);
      });
    });
    for (const Status& status : results) BIDUI_TRY(status);
    repeated += count_repeated(ranges.size(),
                               [&](std::size_t r) -> const NumberBuckets& { return numbers[r]; });
  }
  return repeated;
}

void add(const RangeCounts& part, DeliveryStatistics& all) {
  all.rows += part.counted.rows;
  all.names += part.counted.names;
  all.damaged_names += part.counted.damaged_names;
  all.placeholder_names += part.counted.placeholder_names;
  all.unplaced += part.counted.unplaced;
  for (std::size_t i = 0; i < all.id_numbers.size(); ++i)
    all.id_numbers[i] += part.counted.id_numbers[i];
  for (const auto& [code, rows] : part.counted.divisions) all.divisions[code] += rows;
  for (const auto& [code, rows] : part.counted.id_regions) all.id_regions[code] += rows;
}

std::uint64_t number_of(const json::object& object, std::string_view name) {
  return object.at(name).to_number<std::uint64_t>();
}

}  // namespace

std::map<std::uint64_t, std::uint64_t> DeliveryStatistics::at_level(int digits) const {
  std::map<std::uint64_t, std::uint64_t> result;
  for (const auto& [code, count] : divisions) {
    int known = 0;
    for (std::uint64_t rest = code; rest != 0; rest /= 10) ++known;
    if (known >= digits) result[code / power_of_ten(known - digits)] += count;
  }
  return result;
}

Result<DeliveryStatistics> measure_delivery(const store::Store& store, const schema::Schema& schema,
                                            const store::DeliveryInfo& delivery) {
  const auto threads = static_cast<std::size_t>(tbb::this_task_arena::max_concurrency());
  const auto ranges = store.split_rows(delivery.id, 4 * threads);
  BIDUI_TRY(ranges);
  std::vector<RangeCounts> counts(ranges->size());
  std::vector<Status> results(ranges->size());
  tbb::parallel_for(std::size_t{0}, ranges->size(), [&](std::size_t r) {
    results[r] = count_range(store, schema, delivery, (*ranges)[r], counts[r]);
  });
  for (const Status& status : results) BIDUI_TRY(status);
  DeliveryStatistics statistics;
  std::vector<FieldTally> fields;
  for (const schema::Field& field : schema.fields) fields.emplace_back(field);
  for (const RangeCounts& part : counts) {
    add(part, statistics);
    for (std::size_t f = 0; f < fields.size(); ++f) fields[f].merge(part.fields[f]);
  }
  for (const FieldTally& field : fields) statistics.fields.push_back(field.finish());
  statistics.repeated_numbers = count_repeated(
      counts.size(), [&](std::size_t r) -> const NumberBuckets& { return counts[r].numbers; });
  counts.clear();
  const auto later = count_repeated_later(store, delivery, *ranges);
  BIDUI_TRY(later);
  statistics.repeated_numbers += *later;
  return statistics;
}

json::object statistics_json(const DeliveryStatistics& statistics) {
  json::array fields;
  for (const FieldStatistics& field : statistics.fields) {
    json::object classes;
    for (const auto& [name, cells] : field.classes) classes[name] = cells;
    fields.push_back(json::object{{"field", field.field},
                                  {"filled", field.filled},
                                  {"unreadable", field.unreadable},
                                  {"classes", std::move(classes)}});
  }
  json::object divisions;
  for (const auto& [code, rows] : statistics.divisions) divisions[std::to_string(code)] = rows;
  json::object regions;
  for (const auto& [code, rows] : statistics.id_regions) regions[std::to_string(code)] = rows;
  return {{"version", record::kFeatureVersion},
          {"id_regions", std::move(regions)},
          {"rows", statistics.rows},
          {"fields", std::move(fields)},
          {"id_numbers", json::array(statistics.id_numbers.begin(), statistics.id_numbers.end())},
          {"repeated_numbers", statistics.repeated_numbers},
          {"names", statistics.names},
          {"damaged_names", statistics.damaged_names},
          {"placeholder_names", statistics.placeholder_names},
          {"divisions", std::move(divisions)},
          {"unplaced", statistics.unplaced}};
}

std::optional<DeliveryStatistics> statistics_from_json(const json::object& object,
                                                       const schema::Schema& schema) try {
  if (number_of(object, "version") != record::kFeatureVersion) return std::nullopt;
  DeliveryStatistics statistics;
  statistics.rows = number_of(object, "rows");
  for (const json::value& value : object.at("fields").as_array()) {
    const json::object& entry = value.as_object();
    FieldStatistics field{.field = std::string(entry.at("field").as_string()),
                          .filled = number_of(entry, "filled"),
                          .unreadable = number_of(entry, "unreadable")};
    for (const auto& [name, cells] : entry.at("classes").as_object())
      field.classes[std::string(name)] = cells.to_number<std::uint64_t>();
    statistics.fields.push_back(std::move(field));
  }
  const auto same = [](const FieldStatistics& have, const schema::Field& field) {
    return have.field == field.id;
  };
  if (!std::ranges::equal(statistics.fields, schema.fields, same)) return std::nullopt;
  const json::array& numbers = object.at("id_numbers").as_array();
  for (std::size_t i = 0; i < statistics.id_numbers.size(); ++i)
    statistics.id_numbers[i] = numbers.at(i).to_number<std::uint64_t>();
  statistics.repeated_numbers = number_of(object, "repeated_numbers");
  statistics.names = number_of(object, "names");
  statistics.damaged_names = number_of(object, "damaged_names");
  statistics.placeholder_names = number_of(object, "placeholder_names");
  for (const auto& [code, rows] : object.at("divisions").as_object())
    statistics.divisions[std::stoull(std::string(code))] = rows.to_number<std::uint64_t>();
  statistics.unplaced = number_of(object, "unplaced");
  if (const json::value* const regions = object.if_contains("id_regions")) {  // later than the rest
    for (const auto& [code, rows] : regions->as_object())
      statistics.id_regions[std::stoull(std::string(code))] = rows.to_number<std::uint64_t>();
  }
  return statistics;
} catch (const std::exception&) {
  return std::nullopt;  // written by another version of the program
}

}  // namespace bidui::workspace
