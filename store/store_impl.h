// What a Store and its writers share. Internal to this folder.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <rocksdb/write_batch.h>

#include "store/database.h"
#include "store/delivery_catalogue.h"
#include "store/key_filter.h"
#include "store/posix_file.h"
#include "store/store.h"

namespace bidui::store {

// Deliveries and runs draw their numbers from one sequence. A number is *pending* (a synced record
// says so) from before its first byte is written until its manifest is; what a pending number owns
// is removed when the store is opened for writing.
class Store::Impl {
 public:
  Impl(std::filesystem::path directory, const StoreKey& key, Access access);

  // The steps of Store::create and Store::open after the key was checked.
  Status create_database();
  Status open_database();

  Database& database() const { return *database_; }
  DeliveryCatalogue& catalogue() { return catalogue_; }
  const DeliveryCatalogue& catalogue() const { return catalogue_; }
  const StoreKey& key() const { return key_; }

  Status check_writable() const;
  // Held over what reads the state and then changes it.
  std::unique_lock<std::mutex> lock_changes() { return std::unique_lock(changes_mutex_); }

  // A number never given before, durably pending.
  Result<std::uint32_t> take_number();
  // Adds to the batch: the number is not pending any more.
  void add_settled(rocksdb::WriteBatch& batch, std::uint32_t number) const;
  // Adds to the batch: all blocks of the number are deleted.
  void add_removed_blocks(rocksdb::WriteBatch& batch, std::uint32_t number) const;
  // Gives the disk space of removed blocks back at once where whole files can go. Best effort: what
  // stays, compaction removes.
  void reclaim_space(std::uint32_t number) const;
  // Removes what a pending number owns.
  Status discard_number(std::uint32_t number);

  // Adds the entries to the batch, after the last of the journal. REQUIRES: lock_changes() held
  // until the batch is written.
  Status add_journal_entries(rocksdb::WriteBatch& batch, std::span<const JournalEntry> entries);

  // The entries to which the index keys lead that begin with `prefix`, by number; `whole`: only
  // keys that are the prefix and the number behind it.
  Status scan_journal_index(const std::string& prefix, bool whole,
                            const JournalVisitor& visit) const;

  std::filesystem::path import_directory(std::uint32_t number) const;

  // Null where none was made.
  std::shared_ptr<const KeyFilter> key_filter(DeliveryId id) const;
  using KeyFilters = std::map<DeliveryId, std::shared_ptr<const KeyFilter>>;
  void keep_key_filters(KeyFilters filters);

 private:
  Status discard_pending();

  std::filesystem::path directory_;
  StoreKey key_;
  Access access_;
  std::optional<FileLock> lock_;  // of the one writing process; outlives the database
  std::unique_ptr<Database> database_;
  DeliveryCatalogue catalogue_;
  std::mutex changes_mutex_;
  mutable std::mutex filters_mutex_;  // guards key_filters_
  KeyFilters key_filters_;
};

}  // namespace bidui::store
