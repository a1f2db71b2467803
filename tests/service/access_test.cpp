#include "service/access.h"

#include <gmock/gmock.h>

#include "service/accounts.h"

namespace bidui::service {
namespace {

using enum Role;

TEST(AccessTest, NoAccountHoldsTwoOfTheThreePowers) {
  const std::vector<Role> all = {kVillage, kTownship,      kCounty,    kDataOfficer,
                                 kAuditor, kSecurityAdmin, kLogAuditor};
  for (const Role one : all) {
    EXPECT_TRUE(check_roles(std::array{one}));
    for (const Role other : all) {
      const bool apart =
          [](Role r) { return r == kAuditor || r == kSecurityAdmin || r == kLogAuditor; }(one) ||
          one == other || other == kAuditor || other == kSecurityAdmin || other == kLogAuditor;
      EXPECT_EQ(check_roles(std::array{one, other}).has_value(), !apart)
          << role_name(one) << " " << role_name(other);
    }
  }
  EXPECT_FALSE(check_roles({}));
}

TEST(AccessTest, WhoLooksHouseholdsUpHandsOutNoRightsAndKeepsNoWatch) {
  for (const Role role : {kVillage, kTownship, kCounty, kDataOfficer, kAuditor}) {
    const Powers powers(std::array{role});
    EXPECT_TRUE(powers.has(Power::kLookup));
    EXPECT_FALSE(powers.has(Power::kUsersManage));
    EXPECT_FALSE(powers.has(Power::kAuditRead));
  }
  for (const Role role : {kSecurityAdmin, kLogAuditor})
    EXPECT_FALSE(Powers(std::array{role}).has(Power::kLookup));
}

TEST(AccessTest, RolesAreFoundByTheirNames) {
  for (std::size_t r = 0; r < kRoles; ++r) {
    const auto role = static_cast<Role>(r);
    EXPECT_EQ(parse_role(role_name(role)), role);
  }
  EXPECT_FALSE(parse_role("root"));
}

struct AccountCase {
  const char* account;
  Role role;
  const char* scope;
  bool fits;
};

TEST(AccountTest, NamesAndScopes) {
  for (const AccountCase& c : {AccountCase{"wang.li", kCounty, "", true},
                               {"wang", kCounty, "340826", true},
                               {"wang", kTownship, "340826203", true},
                               {"wang", kVillage, "340826203202", true},
                               {"wang", kTownship, "", false},
                               {"wang", kVillage, "340826", false},
                               {"w", kCounty, "", false},
                               {"wang/../li", kCounty, "", false},
                               {"wang", kCounty, "3408", false},
                               {"wang", kCounty, "34082x", false}}) {
    const Account account{.account = c.account, .name = "n", .roles = {c.role}, .scope = c.scope};
    EXPECT_EQ(check_account(account).has_value(), c.fits) << c.account << " " << c.scope;
  }
}

TEST(AccountTest, AScopeCoversWhatLiesInIt) {
  const Account township{.scope = "340826203"};
  EXPECT_TRUE(township.covers("340826203202"));
  EXPECT_FALSE(township.covers("340826204201"));
  EXPECT_FALSE(township.covers("340826000000"));  // of the county, no township known
  EXPECT_FALSE(township.covers(""));
  EXPECT_TRUE(Account{.scope = "340826"}.covers(""));
  EXPECT_TRUE(Account{}.covers("110101001001"));
}

TEST(AccountTest, IsReadAsItWasKept) {
  const Account account{.account = "li",
                        .name = "李某",
                        .roles = {kCounty, kDataOfficer},
                        .scope = "340826",
                        .password_hash = "$argon2id$x",
                        .disabled = true};
  const auto read = read_account(account_json(account));
  ASSERT_TRUE(read);
  EXPECT_EQ(account_json(*read), account_json(account));
  EXPECT_FALSE(read_account("{}").has_value() && !read_account("{}")->disabled);
}

}  // namespace
}  // namespace bidui::service
