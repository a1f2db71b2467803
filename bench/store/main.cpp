// bidui-store-bench ROWS DIR: loads one delivery of ROWS records (200 bytes, half of them random),
// features (112 bytes) and 14 fuzzy keys a record into a new store in DIR, and reads it back.
// Checks what it reads before it prints a time.
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fmt/core.h>
#include <random>
#include <sys/resource.h>
#include <thread>
#include <vector>

#include "matcher/base/hash.h"
#include "store/store.h"

namespace {

using bidui::mix64;
using bidui::store::Access;
using bidui::store::DeliveryId;
using bidui::store::IndexEntry;
using bidui::store::RowRange;
using bidui::store::Store;

constexpr std::size_t kRecordBytes = 200;
constexpr std::size_t kFeatureBytes = 112;
constexpr std::uint32_t kKeysPerRow = 14;
constexpr std::uint32_t kBatchRows = 10000;

class Stopwatch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  }

 private:
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

template <typename T>
T value_or_exit(bidui::Result<T> result) {
  if (result) return std::move(*result);
  fmt::print(stderr, "{}\n", result.error().describe());
  std::exit(3);
}

void require(bool holds, const char* what) {
  if (holds) return;
  fmt::print(stderr, "wrong answer: {}\n", what);
  std::exit(1);
}

std::uint64_t key_hash(std::uint32_t row, std::uint32_t key) {
  return mix64((std::uint64_t{row} << 8) | key | 0x5000000000000000ULL);
}

// One batch, used again for every batch: making data must not be what is measured.
struct Batch {
  std::vector<std::string> records;
  std::vector<std::string_view> views;
  std::vector<std::uint64_t> features;
  std::vector<IndexEntry> index;

  explicit Batch(std::uint32_t rows)
      : records(rows, std::string(kRecordBytes, 'r')),
        views(records.begin(), records.end()),
        features(rows * kFeatureBytes / 8),
        index(std::size_t{rows} * kKeysPerRow) {}

  void fill(std::uint32_t first_row) {
    for (std::uint32_t i = 0; i < records.size(); ++i) {
      const std::uint32_t row = first_row + i;
      for (std::size_t at = 0; at < kRecordBytes / 2; at += 8) {
        const std::uint64_t word = mix64(row * kRecordBytes + at);
        std::memcpy(records[i].data() + 2 * at, &word, 8);
      }
      for (std::size_t word = 0; word < kFeatureBytes / 8; ++word) {
        features[i * kFeatureBytes / 8 + word] = row * 31 + word;
      }
      for (std::uint32_t key = 0; key < kKeysPerRow; ++key) {
        index[std::size_t{i} * kKeysPerRow + key] = {.hash = key_hash(row, key), .row = row};
      }
    }
  }
};

DeliveryId load(Store& store, std::uint32_t rows) {
  auto writer = value_or_exit(store.begin_delivery({.source = "civil",
                                                    .instance = "civil",
                                                    .coverage = "500235",
                                                    .as_of = "2017-11-20",
                                                    .feature_stride = kFeatureBytes}));
  double making = 0;
  const Stopwatch all;
  Batch batch(kBatchRows);
  for (std::uint32_t row = 0; row < rows; row += kBatchRows) {
    const Stopwatch make;
    batch.fill(row);
    making += make.seconds();
    require(writer.add_records(batch.views).has_value(), "records");
    require(writer.add_features(std::as_bytes(std::span(batch.features))).has_value(), "features");
    require(writer.add_index(batch.index).has_value(), "index");
  }
  const double added = all.seconds();
  const auto info = value_or_exit(writer.commit());
  const double seconds = all.seconds();
  struct rusage usage {};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print(
      "load: {:.2f} s ({:.2f} s of it making data, {:.2f} s commit), {:.0f} k rows/s, "
      "peak {} MB\n",
      seconds, making, seconds - added, info.record_count / seconds / 1000, usage.ru_maxrss / 1024);
  return info.id;
}

std::uint64_t sum_features(const Store& store, DeliveryId id, RowRange range) {
  std::uint64_t sum = 0;
  const auto done =
      store.scan_features(id, range, [&](std::uint32_t, std::span<const std::byte> bytes) {
        for (std::size_t at = 0; at < bytes.size(); at += kFeatureBytes) {
          sum += *reinterpret_cast<const std::uint64_t*>(bytes.data() + at);
        }
      });
  require(done.has_value(), "scan");
  return sum;
}

void scan(const Store& store, DeliveryId id, std::uint32_t rows, std::size_t threads) {
  const auto ranges = value_or_exit(store.split_rows(id, threads));
  std::vector<std::uint64_t> sums(ranges.size());
  const Stopwatch watch;
  std::vector<std::thread> workers;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    workers.emplace_back([&, i] { sums[i] = sum_features(store, id, ranges[i]); });
  }
  for (auto& worker : workers) worker.join();
  const double seconds = watch.seconds();
  std::uint64_t sum = 0;
  for (const std::uint64_t part : sums) sum += part;
  require(sum == std::uint64_t{rows} * (rows - 1) / 2 * 31, "features");
  fmt::print("scan features, {} threads: {:.3f} s, {:.2f} GB/s\n", threads, seconds,
             static_cast<double>(rows) * kFeatureBytes / seconds / 1e9);
}

void scan_records(const Store& store, DeliveryId id, std::uint32_t rows) {
  std::uint64_t count = 0;
  const Stopwatch watch;
  require(store.scan_records(id, [&](std::uint32_t, std::string_view) { ++count; }).has_value(),
          "scan");
  require(count == rows, "records");
  fmt::print("scan records: {:.2f} M rows/s\n", static_cast<double>(rows) / watch.seconds() / 1e6);
}

void look_up(const Store& store, DeliveryId id, std::uint32_t rows, const char* state) {
  constexpr int kLookups = 2000;
  std::mt19937 random(1);
  std::uint64_t found = 0;
  const Stopwatch watch;
  for (int i = 0; i < kLookups; ++i) {
    const auto row = static_cast<std::uint32_t>(random() % rows);
    std::uint64_t hashes[kKeysPerRow];
    for (std::uint32_t key = 0; key < kKeysPerRow; ++key) hashes[key] = key_hash(row, key);
    const auto done = store.postings_many(
        std::span(&id, 1), hashes,
        [&](DeliveryId, std::size_t, std::span<const std::uint32_t> posted) {
          found += static_cast<std::uint64_t>(posted.size() == 1 && posted[0] == row);
        });
    require(done.has_value(), "postings");
  }
  require(found == std::uint64_t{kLookups} * kKeysPerRow, "postings");
  fmt::print("look-up of {} keys ({}): {:.0f} us\n", kKeysPerRow, state,
             watch.seconds() / kLookups * 1e6);
}

void read_single_records(const Store& store, DeliveryId id, std::uint32_t rows) {
  constexpr int kReads = 5000;
  std::mt19937 random(2);
  const Stopwatch watch;
  for (int i = 0; i < kReads; ++i) {
    const auto row = static_cast<std::uint32_t>(random() % rows);
    require(value_or_exit(store.read_record(id, row)).size() == kRecordBytes, "record");
  }
  fmt::print("read one record: {:.1f} us\n", watch.seconds() / kReads * 1e6);
}

// What a comparison leaves: 60 MB of links and 50,000 flags.
void write_run(Store& store) {
  const Stopwatch watch;
  auto run = value_or_exit(store.begin_run("2017-11-20"));
  std::string links(1 << 20, '\0');
  for (std::uint64_t piece = 0; piece < 60; ++piece) {
    for (std::size_t at = 0; at < links.size(); at += 8) {
      const std::uint64_t word = mix64(piece * links.size() + at);
      std::memcpy(links.data() + at, &word, 8);
    }
    require(run.append("links", links).has_value(), "append");
  }
  for (std::uint64_t flag = 0; flag < 50000; ++flag) {
    const bool set = run.set_flag(fmt::format("{:016x}", flag), std::string(300, 'f')).has_value();
    require(set, "flag");
  }
  require(run.commit("{}").has_value(), "run");
  fmt::print("run of 60 MB and 50,000 flags: {:.2f} s\n", watch.seconds());
}

std::uint64_t bytes_below(const std::filesystem::path& directory) {
  std::uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return bytes;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: bidui-store-bench ROWS DIR\n");
    return 2;
  }
  const auto rows = static_cast<std::uint32_t>(std::stoul(argv[1])) / kBatchRows * kBatchRows;
  const std::filesystem::path directory = argv[2];
  DeliveryId id{};
  {
    auto store = value_or_exit(Store::create(directory));
    id = load(store, rows);
    write_run(store);
  }
  fmt::print("on disk: {} MB\n", bytes_below(directory) >> 20);
  for (const Access access : {Access::kReadOnly, Access::kReadWrite, Access::kReadOnly}) {
    const Stopwatch watch;
    const auto store = value_or_exit(Store::open(directory, access));
    fmt::print("open {}: {:.1f} ms\n", access == Access::kReadOnly ? "read-only" : "for writing",
               watch.seconds() * 1000);
  }
  const auto store = value_or_exit(Store::open(directory, Access::kReadOnly));
  look_up(store, id, rows, "first");
  look_up(store, id, rows, "again");
  scan(store, id, rows, 1);
  scan(store, id, rows, 2);
  scan_records(store, id, rows);
  read_single_records(store, id, rows);
}
