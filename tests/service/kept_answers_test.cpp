// Answers under their idempotency keys outlive the service, and stay bounded.
#include "service/kept_answers.h"

#include <gtest/gtest.h>

#include "tests/store/temporary_directory.h"

namespace bidui::service {
namespace {

class KeptAnswersTest : public testing::Test {
 protected:
  KeptAnswersTest() : store_(store::Store::create(directory_.store()).value()) {}

  void keep(KeptAnswers& answers, const std::string& name) {
    Response response{.status = 201, .body = R"({"of":")" + name + "\"}"};
    response.headers.emplace_back("Location", "/of/" + name);
    const store::NamedBytes bytes = answers.keep(name, "print of " + name, response);
    ASSERT_TRUE(store_.put_model(bytes.name, bytes.bytes));
  }

  store::TemporaryDirectory directory_;
  store::Store store_;
};

TEST_F(KeptAnswersTest, AreThereAfterARestart) {
  KeptAnswers before;
  ASSERT_TRUE(before.load(store_));
  EXPECT_EQ(before.find("a key"), nullptr);
  keep(before, "a key");
  KeptAnswers after;
  ASSERT_TRUE(after.load(store_));
  const KeptAnswers::Kept* const kept = after.find("a key");
  ASSERT_NE(kept, nullptr);
  EXPECT_EQ(kept->fingerprint, "print of a key");
  EXPECT_EQ(kept->response.status, 201);
  EXPECT_EQ(kept->response.body, R"({"of":"a key"})");
  EXPECT_EQ(kept->response.headers, before.find("a key")->response.headers);
}

TEST_F(KeptAnswersTest, TheOldestGiveWay) {
  KeptAnswers answers;
  Response response;
  std::string first_place;
  for (std::size_t i = 0; i <= KeptAnswers::kMost; ++i) {
    const store::NamedBytes bytes = answers.keep("k" + std::to_string(i), "", response);
    if (i == 0) first_place = bytes.name;
    if (i == KeptAnswers::kMost) {
      EXPECT_EQ(bytes.name, first_place);
    }
  }
  EXPECT_EQ(answers.find("k0"), nullptr);
  EXPECT_NE(answers.find("k1"), nullptr);
  EXPECT_NE(answers.find("k" + std::to_string(KeptAnswers::kMost)), nullptr);
}

TEST_F(KeptAnswersTest, GoOnCountingAfterARestart) {
  for (int round = 0; round < 3; ++round) {
    KeptAnswers answers;
    ASSERT_TRUE(answers.load(store_));
    keep(answers, "k" + std::to_string(round));
  }
  KeptAnswers all;
  ASSERT_TRUE(all.load(store_));
  for (const char* name : {"k0", "k1", "k2"}) EXPECT_NE(all.find(name), nullptr) << name;
}

TEST_F(KeptAnswersTest, ADamagedOneIsTold) {
  ASSERT_TRUE(store_.put_model("answer/00000", "{"));
  KeptAnswers answers;
  EXPECT_EQ(answers.load(store_).error().code, ErrorCode::kCorrupt);
}

TEST(RequestFingerprint, TellsRequestsApart) {
  const Request one{.path = "/a", .body = "b"};
  EXPECT_EQ(request_fingerprint("o", one), request_fingerprint("o", one));
  for (const Request& other :
       {Request{.path = "/a", .body = "c"}, Request{.path = "/b", .body = "b"}})
    EXPECT_NE(request_fingerprint("o", one), request_fingerprint("o", other));
  EXPECT_NE(request_fingerprint("o", one), request_fingerprint("p", one));
}

}  // namespace
}  // namespace bidui::service
