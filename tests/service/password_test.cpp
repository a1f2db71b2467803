#include "service/password.h"

#include <gmock/gmock.h>

namespace bidui::service {
namespace {

TEST(PasswordTest, FitsItsHashAndNoOther) {
  const std::string hash = hash_password("correct horse battery").value();
  EXPECT_THAT(hash, testing::StartsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
  EXPECT_TRUE(fits_password("correct horse battery", hash));
  EXPECT_FALSE(fits_password("correct horse batterz", hash));
  EXPECT_FALSE(fits_password("", hash));
  EXPECT_FALSE(fits_password("x", "no hash"));
  EXPECT_NE(hash, hash_password("correct horse battery").value());
}

TEST(PasswordTest, TooSimpleOnesAreRefused) {
  EXPECT_TRUE(check_password("wang", "correct horse battery"));
  EXPECT_FALSE(check_password("wang", "short"));
  EXPECT_FALSE(check_password("wang", "aaaaaaaaaaaaaaaa"));
  EXPECT_FALSE(check_password("wang", "wang12345678"));
}

}  // namespace
}  // namespace bidui::service
