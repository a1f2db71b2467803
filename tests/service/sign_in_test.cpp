#include <gtest/gtest.h>

#include "service/sessions.h"
#include "service/sign_in_guard.h"

namespace bidui::service {
namespace {

using namespace std::chrono_literals;

TEST(SessionsTest, EndAfterIdlenessAndAtTheLatestAfterTheirTime) {
  Sessions sessions;
  const Instant start{};
  const std::string token = sessions.begin({.account = "a"}, start);
  EXPECT_EQ(token.size(), 64U);
  Instant now = start;
  for (; now < start + 11h; now += 29min) ASSERT_NE(sessions.find(token, now), nullptr);
  EXPECT_EQ(sessions.find(token, now + 30min), nullptr);
  const std::string busy = sessions.begin({.account = "a"}, start);
  for (now = start; now < start + Sessions::kLongest; now += 20min) sessions.find(busy, now);
  EXPECT_EQ(sessions.find(busy, start + Sessions::kLongest), nullptr);
  EXPECT_EQ(sessions.find("", start), nullptr);
  EXPECT_EQ(sessions.find("0", start), nullptr);
}

TEST(SessionsTest, OfAnAccountEndTogetherButForOne) {
  Sessions sessions;
  const Instant now{};
  const std::string own = sessions.begin({.account = "a"}, now);
  const std::string other = sessions.begin({.account = "a"}, now);
  const std::string stranger = sessions.begin({.account = "b"}, now);
  sessions.end_all_of("a", own);
  EXPECT_NE(sessions.find(own, now), nullptr);
  EXPECT_EQ(sessions.find(other, now), nullptr);
  EXPECT_NE(sessions.find(stranger, now), nullptr);
  sessions.end(own);
  EXPECT_EQ(sessions.find(own, now), nullptr);
}

TEST(SessionsTest, OfOneAccountThereAreNotMoreThanSoMany) {
  Sessions sessions;
  Instant now{};
  const std::string first = sessions.begin({.account = "a"}, now);
  for (std::size_t i = 0; i < Sessions::kMostOfAccount; ++i)
    sessions.begin({.account = "a"}, now += 1s);
  EXPECT_EQ(sessions.find(first, now), nullptr);
  EXPECT_EQ(sessions.count(), Sessions::kMostOfAccount);
}

TEST(SignInGuardTest, AFewWrongPasswordsFromOneAddressMustWait) {
  SignInGuard guard;
  const Instant now{};
  for (std::size_t i = 0; i < SignInGuard::kOfPair; ++i) {
    EXPECT_FALSE(guard.must_wait("a", "1", now));
    guard.failed("a", "1", now);
  }
  EXPECT_EQ(guard.must_wait("a", "1", now), SignInGuard::kWindow);
  EXPECT_FALSE(guard.must_wait("a", "2", now));  // the account is not locked elsewhere
  EXPECT_FALSE(guard.must_wait("a", "1", now + SignInGuard::kWindow));
}

TEST(SignInGuardTest, NobodyLocksAnotherOut) {
  SignInGuard guard;
  const Instant now{};
  guard.succeeded("a", "office");
  for (std::size_t i = 0; i < SignInGuard::kOfAccount; ++i)
    guard.failed("a", "bot" + std::to_string(i), now);
  EXPECT_TRUE(guard.must_wait("a", "stranger", now));
  EXPECT_TRUE(guard.is_locked("a", now));
  EXPECT_FALSE(guard.must_wait("a", "office", now));
}

TEST(SignInGuardTest, OneAddressDoesNotTryManyAccounts) {
  SignInGuard guard;
  const Instant now{};
  for (std::size_t i = 0; i < SignInGuard::kOfAddress; ++i)
    guard.failed("a" + std::to_string(i), "bot", now);
  EXPECT_TRUE(guard.must_wait("new", "bot", now));
  EXPECT_FALSE(guard.must_wait("new", "office", now));
}

}  // namespace
}  // namespace bidui::service
