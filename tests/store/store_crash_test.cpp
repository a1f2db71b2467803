// A process that imports is killed at random points; whatever it had acknowledged is there, whole,
// and nothing else.
#include "store_crash_test.h"

#include <cstring>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <set>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "matcher/base/hash.h"
#include "sample_delivery.h"
#include "store/database.h"
#include "store/layout.h"
#include "store/posix_file.h"
#include "store/store.h"
#include "temporary_directory.h"

namespace bidui::store {
namespace {

constexpr char kStep = 's';       // somewhere inside an import
constexpr char kCommitted = 'c';  // the seed's delivery was acknowledged
constexpr char kWithdrawn = 'w';  // the seed's delivery was withdrawn
constexpr char kNoted = 'j';      // three entries of the seed are in the journal
constexpr std::uint64_t kEntries = 3;

SampleDelivery sample_of(std::uint32_t seed) {
  return {.seed = seed, .rows = static_cast<std::uint32_t>(mix64(seed) % 6000)};
}

void say(int pipe, char what, std::uint32_t seed) {
  char message[5] = {what};
  std::memcpy(message + 1, &seed, 4);
  if (::write(pipe, message, sizeof message) != sizeof message) ::_exit(3);
}

bool note_one(Store& store, std::uint32_t seed) {
  const std::vector<JournalEntry> entries(kEntries, {"seed", std::to_string(seed)});
  return store.append_journal(entries).has_value();
}

bool import_one(Store& store, int pipe, std::uint32_t seed) {
  const SampleDelivery sample = sample_of(seed);
  DeliveryInfo info = sample.info();
  info.held = seed % 2 == 1;  // every other one is held first, and counts once it is released
  say(pipe, kStep, seed);
  auto writer = store.begin_delivery(info, {.segment_entries = 3000});
  if (!writer) return false;
  say(pipe, kStep, seed);
  if (!add_content(*writer, sample)) return false;
  say(pipe, kStep, seed);
  const auto committed = writer->commit();
  if (!committed || !info.held) return committed.has_value();
  say(pipe, kStep, seed);
  return store.release(committed->id, SameDelivery::kRefuse).has_value();
}

// The child as the parent sees it.
class Importer {
 public:
  Importer(const std::filesystem::path& directory, std::uint32_t first_seed) {
    int ends[2];
    if (::pipe(ends) != 0) return;
    reading_ = ends[0];
    const std::string program = std::filesystem::read_symlink("/proc/self/exe");
    const std::string arguments[] = {std::string(kImportUntilKilled), directory,
                                     std::to_string(ends[1]), std::to_string(first_seed)};
    child_ = ::fork();
    if (child_ == 0) {
      ::close(reading_);
      ::execl(program.c_str(), program.c_str(), arguments[0].c_str(), arguments[1].c_str(),
              arguments[2].c_str(), arguments[3].c_str(), nullptr);
      ::_exit(4);
    }
    ::close(ends[1]);
  }
  Importer(const Importer&) = delete;
  Importer& operator=(const Importer&) = delete;
  ~Importer() { ::close(reading_); }

  // False at the end of what the child said.
  bool hear(char& what, std::uint32_t& seed) {
    char message[5];
    for (std::size_t got = 0; got < sizeof message;) {
      const ssize_t more = ::read(reading_, message + got, sizeof message - got);
      if (more <= 0) return false;
      got += static_cast<std::size_t>(more);
    }
    what = message[0];
    std::memcpy(&seed, message + 1, 4);
    return true;
  }

  // True where it had to be killed: it had not ended by itself.
  bool kill_now() {
    ::kill(child_, SIGKILL);
    int status = 0;
    ::waitpid(child_, &status, 0);
    return WIFSIGNALED(status);
  }

 private:
  int reading_ = -1;
  pid_t child_ = -1;
};

class StoreCrash : public testing::Test {
 protected:
  void note(char what, std::uint32_t seed) {
    if (what == kCommitted) acknowledged_.insert(seed);
    if (what == kWithdrawn) acknowledged_.erase(seed);
    if (what == kNoted) noted_.insert(std::to_string(seed));
    unsettled_ = seed;
  }

  // Starts an importer, hears `messages` of it, lets it go on for some turns, and kills it.
  void import_and_kill(std::uint32_t first_seed, std::uint32_t messages, std::uint32_t turns) {
    Importer importer(directory_.store(), first_seed);
    char what = 0;
    std::uint32_t seed = 0;
    for (std::uint32_t i = 0; i < messages; ++i) {
      ASSERT_TRUE(importer.hear(what, seed)) << "the importer ended by itself";
      note(what, seed);
    }
    std::uint64_t mixed = turns;
    for (std::uint32_t i = 0; i < turns; ++i) mixed = mix64(mixed);
    ASSERT_NE(mixed, 0U);
    EXPECT_TRUE(importer.kill_now());
    while (importer.hear(what, seed)) note(what, seed);
  }

  // What was acknowledged is there and whole; the delivery that was in work may be there, whole, or
  // not; nothing else is.
  void expect_acknowledged() {
    std::vector<DeliveryInfo> seen_by_reader;
    {
      const auto reader = Store::open(directory_.store(), Access::kReadOnly);
      ASSERT_TRUE(reader) << reader.error().describe();
      seen_by_reader = reader->deliveries();
    }
    const auto store = Store::open(directory_.store(), Access::kReadWrite);
    ASSERT_TRUE(store) << store.error().describe();
    EXPECT_EQ(store->deliveries(), seen_by_reader);
    std::set<std::uint32_t> visible;
    for (const DeliveryInfo& info : store->deliveries()) {
      const auto seed = static_cast<std::uint32_t>(
          std::stoul(info.instance.substr(std::string("housing@county").size())));
      visible.insert(seed);
      expect_whole(*store, info.id, sample_of(seed));
    }
    std::set<std::uint32_t> certain = visible;
    certain.erase(unsettled_);
    std::set<std::uint32_t> expected = acknowledged_;
    expected.erase(unsettled_);
    EXPECT_EQ(certain, expected);
    // A message that was sent settles it, but for a withdrawal that was in work.
    if (acknowledged_.contains(unsettled_) && unsettled_ % 5 != 0) {
      EXPECT_TRUE(visible.contains(unsettled_));
    }
    acknowledged_ = visible;
    EXPECT_FALSE(std::filesystem::exists(directory_.store() / "import"));
  }

  // The journal holds: each batch whole or not at all, and all that was acknowledged.
  void expect_journal() {
    const auto store = Store::open(directory_.store(), Access::kReadOnly);
    ASSERT_TRUE(store) << store.error().describe();
    EXPECT_EQ(store->verify_journal()->fault, JournalCheck::Fault::kNone);
    std::map<std::string, std::uint64_t> entries;
    ASSERT_TRUE(store->scan_journal([&](std::uint64_t, std::string_view, std::string_view seed) {
      ++entries[std::string(seed)];
    }));
    for (const auto& [seed, count] : entries) EXPECT_EQ(count, kEntries) << seed;
    for (const std::string& seed : noted_) EXPECT_TRUE(entries.contains(seed)) << seed;
  }

  // Every block belongs to a visible delivery, and no number is pending.
  void expect_no_orphans() {
    const auto key = read_key_file(default_key_file(directory_.store())).value();
    const auto database = Database::open(directory_.store() / "db", key, Access::kReadOnly).value();
    std::set<std::uint32_t> numbers;
    const auto deliveries = database->scan(Family::kDeliveries, 0);
    for (deliveries->SeekToFirst(); deliveries->Valid(); deliveries->Next()) {
      numbers.insert(read_big_endian<std::uint32_t>(deliveries->key().ToStringView()));
    }
    for (const Family family : {Family::kRecords, Family::kFeatures, Family::kIndex}) {
      const auto blocks = database->scan(family, 0);
      for (blocks->SeekToFirst(); blocks->Valid(); blocks->Next()) {
        EXPECT_TRUE(numbers.contains(read_big_endian<std::uint32_t>(blocks->key().ToStringView())));
      }
    }
    const auto chunks = database->scan(Family::kRuns, 0);
    chunks->SeekToFirst();
    EXPECT_FALSE(chunks->Valid());
    const auto meta = database->scan(Family::kMeta, 0);
    meta->Seek("pending/");
    EXPECT_FALSE(meta->Valid() && meta->key().starts_with("pending/"));
  }

  TemporaryDirectory directory_;
  std::set<std::uint32_t> acknowledged_;
  std::set<std::string> noted_;  // seeds whose entries were acknowledged
  std::uint32_t unsettled_ = 0;  // the delivery that was in work when the importer was killed
};

TEST_F(StoreCrash, WhatWasAcknowledgedSurvivesAKillAtAnyPoint) {
  constexpr unsigned kSeed = 20171120;
  std::mt19937 random(kSeed);
  ASSERT_TRUE(Store::create(directory_.store()));
  for (std::uint32_t round = 0; round < 14 && !HasFatalFailure(); ++round) {
    SCOPED_TRACE("round " + std::to_string(round) + ", seed " + std::to_string(kSeed));
    const auto messages = static_cast<std::uint32_t>(1 + random() % 14);
    const auto turns = static_cast<std::uint32_t>(random() % 2000000);
    import_and_kill(1000 * (round + 1), messages, turns);
    expect_acknowledged();
    expect_no_orphans();
    expect_journal();
  }
  EXPECT_FALSE(noted_.empty());
  EXPECT_FALSE(acknowledged_.empty());
}

// The instant between adding the blocks and writing the manifest, which a kill seldom meets.
TEST_F(StoreCrash, BlocksWithoutManifestAreRemoved) {
  ASSERT_TRUE(Store::create(directory_.store()));
  {
    const auto key = read_key_file(default_key_file(directory_.store())).value();
    const auto database =
        Database::open(directory_.store() / "db", key, Access::kReadWrite).value();
    rocksdb::WriteBatch batch;
    batch.Put(database->family(Family::kMeta), "pending/" + number_key(1), "");
    for (const Family family : {Family::kRecords, Family::kFeatures, Family::kIndex}) {
      batch.Put(database->family(family), block_key(DeliveryId{1}, 0), "block");
    }
    batch.Put(database->family(Family::kRuns), artefact_key(1, "links"), "chunk");
    ASSERT_TRUE(database->write(batch, Durability::kSynced));
    std::filesystem::create_directories(directory_.store() / "import" / "1");
  }
  expect_acknowledged();
  expect_no_orphans();
}

// A process killed right after it created a log file, before the file's prefix was written.
TEST_F(StoreCrash, LogFileCutOffInItsPrefixIsNoObstacle) {
  ASSERT_TRUE(Store::create(directory_.store())->put_model("m", "1"));
  for (const std::size_t size : {0U, 100U}) {
    ASSERT_TRUE(
        write_small_file(directory_.store() / "db" / "900000.log", std::string(size, '\0'), 0600));
    for (const Access access : {Access::kReadOnly, Access::kReadWrite}) {
      const auto store = Store::open(directory_.store(), access);
      ASSERT_TRUE(store) << store.error().describe();
      EXPECT_EQ(store->model("m").value(), "1");
    }
  }
}

}  // namespace

int import_until_killed(const std::filesystem::path& directory, int pipe,
                        std::uint32_t first_seed) {
  auto store = Store::open(directory, Access::kReadWrite);
  if (!store) return 1;
  for (std::uint32_t seed = first_seed;; ++seed) {
    if (!import_one(*store, pipe, seed)) return 2;
    say(pipe, kCommitted, seed);
    if (seed % 5 == 0) {
      if (!store->withdraw(store->deliveries().back().id)) return 2;
      say(pipe, kWithdrawn, seed);
    }
    if (!note_one(*store, seed)) return 2;
    say(pipe, kNoted, seed);
  }
}

}  // namespace bidui::store
