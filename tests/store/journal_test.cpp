// The journal: appended whole, read back by subject, and no change of it goes unseen.
#include "store/journal.h"

#include <functional>
#include <gtest/gtest.h>

#include "store/database.h"
#include "store/layout.h"
#include "store/store.h"
#include "temporary_directory.h"

namespace bidui::store {
namespace {

using Fault = JournalCheck::Fault;

std::string told(const Store& store, const std::string& subject = {}) {
  std::string text;
  const JournalVisitor visit = [&](std::uint64_t number, std::string_view of,
                                   std::string_view content) {
    text += std::to_string(number) + " " + std::string(of) + " " + std::string(content) + "\n";
  };
  EXPECT_TRUE(subject.empty() ? store.scan_journal(visit) : store.scan_journal_of(subject, visit));
  return text;
}

class JournalTest : public testing::Test {
 protected:
  JournalTest() : store_(Store::create(directory_.store()).value()) {}

  void append(std::vector<JournalEntry> entries) { ASSERT_TRUE(store_->append_journal(entries)); }
  // Five entries of two subjects.
  void append_five() {
    append({{"A", "one"}, {"B", "two"}, {"A", "three"}});
    append({{"A", "four"}, {"B", "five"}});
  }
  // A store without entries in place of the one there is.
  void begin_anew() {
    store_.reset();
    std::filesystem::remove_all(directory_.store());
    std::filesystem::remove(default_key_file(directory_.store()));
    store_.emplace(Store::create(directory_.store()).value());
  }
  void reopen() {
    store_.reset();
    store_.emplace(Store::open(directory_.store(), Access::kReadWrite).value());
  }
  // Changes the database behind the store's back.
  void tamper(const std::function<void(Database&, rocksdb::WriteBatch&)>& change) {
    store_.reset();
    {
      const auto key = read_key_file(default_key_file(directory_.store())).value();
      const auto database =
          Database::open(directory_.store() / "db", key, Access::kReadWrite).value();
      rocksdb::WriteBatch batch;
      change(*database, batch);
      ASSERT_TRUE(database->write(batch, Durability::kSynced));
    }
    reopen();
  }
  JournalCheck check(const std::optional<JournalHead>& known = {}) {
    return store_->verify_journal(known).value();
  }

  TemporaryDirectory directory_;
  std::optional<Store> store_;
};

TEST_F(JournalTest, IsReadBackInOrderAndBySubject) {
  EXPECT_EQ(store_->journal_head().value(), JournalHead{});
  EXPECT_EQ(check().fault, Fault::kNone);
  append_five();
  reopen();
  EXPECT_EQ(told(*store_), "1 A one\n2 B two\n3 A three\n4 A four\n5 B five\n");
  EXPECT_EQ(told(*store_, "B"), "2 B two\n5 B five\n");
  EXPECT_EQ(told(*store_, "C"), "");
  EXPECT_EQ(check().fault, Fault::kNone);
  EXPECT_EQ(check().head.number, 5U);
}

TEST_F(JournalTest, OneSubjectsEntriesAreNotThoseOfAnotherThatBeginsLikeIt) {
  append({{"A", "one"}, {"AB", "two"}});
  EXPECT_EQ(told(*store_, "A"), "1 A one\n");
}

TEST_F(JournalTest, TakesNamedBytesInTheSameStep) {
  const std::vector<NamedBytes> models = {{"constraints", "[]"}};
  const std::vector<JournalEntry> entries = {{"A", "one"}};
  ASSERT_TRUE(store_->append_journal(entries, models));
  EXPECT_EQ(store_->model("constraints").value(), "[]");
  const std::vector<JournalEntry> bad = {{"A", "two"}, {std::string("A\0B", 3), "three"}};
  const std::vector<NamedBytes> other = {{"constraints", "[1]"}};
  EXPECT_FALSE(store_->append_journal(bad, other));
  EXPECT_EQ(store_->model("constraints").value(), "[]") << "all or none";
  EXPECT_EQ(told(*store_), "1 A one\n");
}

TEST_F(JournalTest, ARunsEntriesComeWithTheRun) {
  {
    auto aborted = store_->begin_run("R0001").value();
    aborted.add_journal_entry({"A", "lost"});
  }
  EXPECT_EQ(told(*store_), "");
  auto run = store_->begin_run("R0001").value();
  run.add_journal_entry({"A", "of the run"});
  append({{"B", "before it"}});
  ASSERT_TRUE(run.commit("{}"));
  EXPECT_EQ(told(*store_), "1 B before it\n2 A of the run\n");
  EXPECT_EQ(check().fault, Fault::kNone);
}

TEST_F(JournalTest, AHeadReadsBackAsText) {
  append_five();
  const JournalHead head = store_->journal_head().value();
  const std::string text = journal_head_text(head);
  EXPECT_EQ(text.size(), 2U + 64U);
  EXPECT_EQ(parse_journal_head(text), head);
  for (const std::string& wrong : {std::string("5"), text.substr(1), text + "0", "x" + text,
                                   text.substr(0, text.size() - 1) + "g"})
    EXPECT_FALSE(parse_journal_head(wrong)) << wrong;
}

// The chain's hash is part of the format.
TEST_F(JournalTest, HashesNeverChange) {
  append({{"A", "one"}});
  EXPECT_EQ(journal_head_text(store_->journal_head().value()),
            "1-a2a57971308ada88e225bd77c8257281babe5fec7fdfda07b9cb7c1c4b23b457");
}

struct Tampering {
  const char* what;
  std::function<void(Database&, rocksdb::WriteBatch&)> change;
  Fault fault;
  std::uint64_t number;
};

std::string entry(const Database& database, std::uint64_t number) {
  return database.get(Family::kAudit, journal_key(number)).value().value();
}

TEST_F(JournalTest, NoChangeGoesUnseen) {
  const auto put = [](Database& d, rocksdb::WriteBatch& b, std::uint64_t number,
                      const std::string& bytes) {
    b.Put(d.family(Family::kAudit), journal_key(number), bytes);
  };
  const std::vector<Tampering> all = {
      {"an entry is edited",
       [&](Database& d, rocksdb::WriteBatch& b) {
         std::string bytes = entry(d, 3);
         bytes.back() = 'E';
         put(d, b, 3, bytes);
       },
       Fault::kChanged, 3},
      {"the last entry is edited",
       [&](Database& d, rocksdb::WriteBatch& b) {
         std::string bytes = entry(d, 5);
         bytes.back() = 'E';
         put(d, b, 5, bytes);
       },
       Fault::kChanged, 5},
      {"an entry is given another subject",
       [&](Database& d, rocksdb::WriteBatch& b) {
         std::string bytes = entry(d, 5);
         bytes[36] = 'A';
         put(d, b, 5, bytes);
         b.Put(d.family(Family::kAudit), journal_subject_key("A") + journal_key(5).substr(1), "");
         b.Delete(d.family(Family::kAudit), journal_subject_key("B") + journal_key(5).substr(1));
       },
       Fault::kChanged, 5},
      {"an entry is cut short", [&](Database& d, rocksdb::WriteBatch& b) { put(d, b, 2, "x"); },
       Fault::kChanged, 2},
      {"an entry is removed",
       [](Database& d, rocksdb::WriteBatch& b) {
         b.Delete(d.family(Family::kAudit), journal_key(2));
       },
       Fault::kMissing, 2},
      {"the last entry is removed",
       [](Database& d, rocksdb::WriteBatch& b) {
         b.Delete(d.family(Family::kAudit), journal_key(5));
       },
       Fault::kMissing, 5},
      {"two entries change places",
       [&](Database& d, rocksdb::WriteBatch& b) {
         const std::string one = entry(d, 3);
         const std::string other = entry(d, 4);
         put(d, b, 3, other);
         put(d, b, 4, one);
       },
       Fault::kChanged, 2},
      {"an entry is removed and the others move up",
       [&](Database& d, rocksdb::WriteBatch& b) {
         put(d, b, 2, entry(d, 3));
         put(d, b, 3, entry(d, 4));
         put(d, b, 4, entry(d, 5));
         b.Delete(d.family(Family::kAudit), journal_key(5));
       },
       Fault::kChanged, 1},
      {"an entry is added", [&](Database& d, rocksdb::WriteBatch& b) { put(d, b, 6, entry(d, 5)); },
       Fault::kChanged, 5},
      {"a subject does not lead to its entry",
       [](Database& d, rocksdb::WriteBatch& b) {
         b.Delete(d.family(Family::kAudit), journal_subject_key("B") + journal_key(2).substr(1));
       },
       Fault::kNotFound, 2},
      {"a subject leads to nothing",
       [](Database& d, rocksdb::WriteBatch& b) {
         b.Put(d.family(Family::kAudit), journal_subject_key("C") + journal_key(2).substr(1), "");
       },
       Fault::kNotFound, 5},
      {"the head is set back",
       [](Database& d, rocksdb::WriteBatch& b) {
         b.Delete(d.family(Family::kMeta), "journal_head");
       },
       Fault::kChanged, 5},
  };
  for (const Tampering& t : all) {
    SCOPED_TRACE(t.what);
    begin_anew();
    append_five();
    ASSERT_EQ(check().fault, Fault::kNone);
    tamper(t.change);
    EXPECT_EQ(check().fault, t.fault);
    EXPECT_EQ(check().number, t.number);
  }
}

// All of it written anew, head included: seen by who noted the head before.
TEST_F(JournalTest, AJournalWrittenAnewIsToldByAnEarlierHead) {
  append({{"A", "one"}, {"B", "two"}});
  const JournalHead noted = store_->journal_head().value();
  append({{"A", "three"}});
  EXPECT_EQ(check(noted).fault, Fault::kNone) << "it went on from there";
  begin_anew();
  append({{"A", "one"}, {"B", "forged"}, {"A", "three"}});
  EXPECT_EQ(check().fault, Fault::kNone);
  EXPECT_EQ(check(noted).fault, Fault::kForked);
  EXPECT_EQ(check(noted).number, 2U);
}

}  // namespace
}  // namespace bidui::store
