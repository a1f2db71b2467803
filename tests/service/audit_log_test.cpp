#include "service/audit_log.h"

#include <gtest/gtest.h>
#include <thread>

#include "tests/store/temporary_directory.h"

namespace bidui::service {
namespace {

class AuditLogTest : public testing::Test {
 protected:
  store::TemporaryDirectory directory_;
  store::Store store_ = store::Store::create(directory_.path() / "s").value();
  AuditLog log_{store_};
};

TEST_F(AuditLogTest, EntriesOfManyThreadsAreAllThereInOneChain) {
  constexpr int kThreads = 8;
  constexpr int kEach = 25;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i)
        EXPECT_TRUE(log_.append({.account = "a" + std::to_string(t),
                                 .kind = "access",
                                 .action = "lookup",
                                 .detail = {{"flags", i}}}));
    });
  }
  for (std::thread& thread : threads) thread.join();
  const auto check = store_.verify_journal();
  ASSERT_TRUE(check);
  EXPECT_EQ(check->fault, store::JournalCheck::Fault::kNone);
  EXPECT_EQ(check->head.number, kThreads * kEach);
  // Each thread's entries are in the order in which it made them.
  const auto own =
      read_audit(store_, 0, 500, [](const AuditEntry& e) { return e.account == "a3"; });
  ASSERT_TRUE(own);
  ASSERT_EQ(own->entries.size(), kEach);
  for (int i = 0; i < kEach; ++i)
    EXPECT_EQ(own->entries[i].detail.at("flags").as_int64(), kEach - 1 - i);
}

TEST_F(AuditLogTest, PagesFromTheNewestToTheOldest) {
  for (int i = 0; i < 7; ++i)
    ASSERT_TRUE(log_.append({.kind = i % 2 == 0 ? "access" : "refusal", .action = "lookup"}));
  const auto all = [](const AuditEntry&) { return true; };
  std::vector<std::uint64_t> numbers;
  std::uint64_t before = 0;
  do {
    const auto page = read_audit(store_, before, 3, all);
    ASSERT_TRUE(page);
    for (const AuditEntry& e : page->entries) numbers.push_back(e.number);
    before = page->next;
  } while (before != 0);
  EXPECT_EQ(numbers, (std::vector<std::uint64_t>{7, 6, 5, 4, 3, 2, 1}));
  const auto refused =
      read_audit(store_, 0, 10, [](const AuditEntry& e) { return e.kind == "refusal"; });
  EXPECT_EQ(refused->entries.size(), 3U);
}

TEST_F(AuditLogTest, FindsWhoLookedAtAHousehold) {
  ASSERT_TRUE(log_.append({.account = "a",
                           .kind = "access",
                           .subject = journal_subject("poverty:1"),
                           .purpose = "复核"}));
  ASSERT_TRUE(
      log_.append({.account = "b", .kind = "access", .subject = journal_subject("poverty:10")}));
  ASSERT_TRUE(
      log_.append({.account = "c", .kind = "access", .subject = journal_subject("civil:9")}));
  const auto found = audit_of(store_, {"civil:9", "poverty:1"});
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 2U);
  EXPECT_EQ((*found)[0].account, "a");
  EXPECT_EQ((*found)[0].purpose, "复核");
  EXPECT_EQ((*found)[1].account, "c");
}

}  // namespace
}  // namespace bidui::service
