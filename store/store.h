// The store of a workspace: deliveries, their records, features and fuzzy-key index, runs, flags,
// models and a journal, in one encrypted directory. It knows bytes and row numbers, no names.
//
// A delivery or run is visible whole or not at all; a process killed at any instant leaves a store
// that opens, with everything acknowledged before still there. What is encrypted and how it is laid
// out stands in docs/format/store.md.
//
// Threads: const methods may run concurrently, with each other and with the writers. The others
// may be called from any thread, and wait for each other.
// Processes: one may have the store open for writing (kConflict for the second); any number may
// read beside it, and see the deliveries and runs that were complete when they opened.
// Errors of every method: kIo, kCorrupt; kInvalidArgument for a change to a read-only store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "matcher/base/result.h"
#include "store/delivery.h"
#include "store/delivery_writer.h"
#include "store/journal.h"
#include "store/key_file.h"
#include "store/run_writer.h"

namespace bidui::store {

enum class Access : std::uint8_t { kReadWrite, kReadOnly };

// What begin_delivery does where a visible delivery has the same instance, coverage and date.
enum class SameDelivery : std::uint8_t {
  kRefuse,   // kConflict
  kReplace,  // commit() withdraws the older one in the same step
};

struct WriterOptions {
  SameDelivery same_delivery = SameDelivery::kRefuse;
  // Index entries per segment, 12 bytes each, two segments in memory at most. A look-up probes each
  // segment of a delivery once per key.
  std::size_t segment_entries = std::size_t{8} << 20;
};

// Rows [begin, end) of a delivery.
struct RowRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool operator==(const RowRange&) const = default;
};

// The views given to these are valid during the call only.
using RecordVisitor = std::function<void(std::uint32_t row, std::string_view record)>;
// Whole structs, 8-byte aligned, of the rows from `first_row`.
using FeatureVisitor = std::function<void(std::uint32_t first_row, std::span<const std::byte>)>;
// `hash_index` counts in the span of hashes asked for; `rows` is never empty, and ascending.
using PostingVisitor = std::function<void(DeliveryId delivery, std::size_t hash_index,
                                          std::span<const std::uint32_t> rows)>;
using BytesVisitor = std::function<void(std::string_view bytes)>;

struct Flag {
  std::string id;
  std::string state;  // JSON text that the store does not look into

  bool operator==(const Flag&) const = default;
};
using FlagVisitor = std::function<void(std::string_view id, std::string_view state)>;
struct NamedBytes {
  std::string name;
  std::string bytes;
};
using ModelVisitor = std::function<void(std::string_view name, std::string_view bytes)>;

// What does not hold of a store.
struct StoreFault {
  enum class Kind : std::uint8_t {
    kFile,      // a file of the store differs from what was written
    kRecords,   // not as many records as the delivery has, or they cannot be read
    kFeatures,  // likewise the structs for matching
    kIndex,     // likewise the fuzzy keys
  };
  Kind kind;
  std::string file{};                  // family and name, of kFile
  DeliveryId delivery = DeliveryId{};  // of the others
};

class Store {
 public:
  // Makes the directory (its parent must exist) and, unless there is one already, the key file;
  // opens the store for writing. An empty `key_file` means default_key_file(directory).
  // kConflict where the directory is not empty, kBadInput where the key file is no key file.
  static Result<Store> create(const std::filesystem::path& directory,
                              const std::filesystem::path& key_file = {});

  // kNotFound: no store there, or no key file. kBadInput: another store's key, or a format version
  // that this program does not read. kConflict: another process has it open for writing.
  // For writing it also removes what a killed import or run left behind.
  static Result<Store> open(const std::filesystem::path& directory, Access access,
                            const std::filesystem::path& key_file = {});

  Store(Store&& other) noexcept;
  Store& operator=(Store&& other) noexcept;
  ~Store();

  // How much of what was read stays in memory, besides what the system keeps; 64 MiB until it is
  // said. Blocks that are asked for again cost a quarter of what the system's copy costs.
  void keep_in_memory(std::size_t bytes);

  // For keyed hashes of what must not be readable, such as fuzzy keys. Kept in the key file only.
  const IndexSecret& index_secret() const;

  // --- deliveries ---

  // Takes all of `info` but id and record_count. Errors: those of check_delivery_info; kConflict.
  Result<DeliveryWriter> begin_delivery(const DeliveryInfo& info,
                                        const WriterOptions& options = {});

  // All visible ones, by id; O(number), no reading from disk.
  std::vector<DeliveryInfo> deliveries() const;
  // Those that are complete but held: nobody sees them who does not ask for them here.
  std::vector<DeliveryInfo> held_deliveries() const;

  // Held ones too. kNotFound where it is not there (any more).
  Result<DeliveryInfo> delivery(DeliveryId id) const;

  // Lets a held delivery count, at once and durably; in the same step the visible one of the same
  // instance, coverage and date goes (kReplace), or nothing happens (kRefuse: kConflict).
  // kNotFound where it is not there or not held.
  Status release(DeliveryId id, SameDelivery same_delivery);

  // Puts other details in a delivery's manifest, durably. kNotFound.
  Status set_details(DeliveryId id, std::string details);

  // Removes it from sight at once and durably, its blocks with it; held ones too. kNotFound.
  Status withdraw(DeliveryId id);

  // --- records, features and index of a delivery; kNotFound where it is not visible ---

  // kNotFound also for a row beyond the last. One seek.
  Result<std::string> read_record(DeliveryId id, std::uint32_t row) const;

  // REQUIRES: `rows` ascending (equal neighbours allowed). Reads and decodes each block once.
  Status read_records(DeliveryId id, std::span<const std::uint32_t> rows,
                      const RecordVisitor& visit) const;

  // In row order; rows of the range beyond the last are left out.
  Status scan_records(DeliveryId id, RowRange range, const RecordVisitor& visit) const;
  Status scan_records(DeliveryId id, const RecordVisitor& visit) const;

  // In row order, up to 4096 rows at a time.
  Status scan_features(DeliveryId id, RowRange range, const FeatureVisitor& visit) const;
  Status scan_features(DeliveryId id, const FeatureVisitor& visit) const;

  // Splits the rows into at most `parts` ranges of about equal size that share no block, so that
  // each can be scanned by a thread of its own.
  Result<std::vector<RowRange>> split_rows(DeliveryId id, std::size_t parts) const;

  // Rows that have this fuzzy key, ascending; empty where there are none. One seek per segment.
  Result<std::vector<std::uint32_t>> postings(DeliveryId id, std::uint64_t hash) const;

  // The same for many keys over many deliveries, in the order of `ids`, then `hashes`.
  Status postings_many(std::span<const DeliveryId> ids, std::span<const std::uint64_t> hashes,
                       const PostingVisitor& visit) const;

  // Makes filters over the index hashes of the visible deliveries that have none yet, and drops
  // those of others: look-ups of hashes that a delivery does not have then read nothing of it.
  // Reads their index once; 1.3 bytes a hash in memory.
  Status filter_keys() const;

  // --- runs and flags ---

  // kConflict where the run exists.
  Result<RunWriter> begin_run(std::string_view run_id);
  // By id.
  Result<std::vector<RunInfo>> runs() const;
  // kNotFound.
  Result<RunInfo> run(std::string_view run_id) const;
  // In pieces of up to 1 MiB. kNotFound where the run or the artefact does not exist.
  Status scan_artefact(std::string_view run_id, std::string_view artefact,
                       const BytesVisitor& visit) const;
  Result<std::string> read_artefact(std::string_view run_id, std::string_view artefact) const;
  // The run and its artefacts; flags stay. kNotFound.
  Status remove_run(std::string_view run_id);

  // All or none, durably.
  Status put_flags(std::span<const Flag> flags);
  Result<std::optional<std::string>> flag(std::string_view flag_id) const;
  // Flags whose id begins with `prefix`, by id.
  Status scan_flags(std::string_view prefix, const FlagVisitor& visit) const;

  // --- the journal (journal.h) ---

  // All or none, durably, in one write; the named bytes (models) with them.
  Status append_journal(std::span<const JournalEntry> entries,
                        std::span<const NamedBytes> models = {});
  // In the order in which they were appended.
  Status scan_journal(const JournalVisitor& visit) const;
  // One by its number, from 1. kNotFound.
  Result<JournalEntry> journal_entry(std::uint64_t number) const;
  // Those of one subject.
  Status scan_journal_of(std::string_view subject, const JournalVisitor& visit) const;
  // Those whose subject begins with `prefix`, in the order in which they were appended. O(theirs),
  // however many others there are.
  Status scan_journal_under(std::string_view prefix, const JournalVisitor& visit) const;
  Result<JournalHead> journal_head() const;
  // Reads all of it. `known`: a head that was noted earlier; the journal must have gone on from it.
  Result<JournalCheck> verify_journal(const std::optional<JournalHead>& known = {}) const;

  // --- models: named bytes ---

  Status put_model(std::string_view name, std::string_view bytes);
  Result<std::optional<std::string>> model(std::string_view name) const;
  // Those whose name begins with `prefix`, by name.
  Status scan_models(std::string_view prefix, const ModelVisitor& visit) const;

  // --- the store as a whole ---

  // A store of the same key and content in a directory that is not there yet (its parent is). As of
  // now, whatever is written meanwhile; hard links where the file system allows. Needs writing
  // access.
  Status copy_to(const std::filesystem::path& directory) const;
  // Reads everything and holds it against checksums and counts; the journal has its own
  // verify_journal(). Errors: kIo.
  Result<std::vector<StoreFault>> check() const;

  // Implementation, shared with the writers of this folder.
  class Impl;

 private:
  explicit Store(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace bidui::store
