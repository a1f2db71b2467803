#include "service/accounts.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cctype>

#include "matcher/base/bilingual_error.h"
#include "workspace/json_member.h"

namespace bidui::service {
namespace {

namespace json = boost::json;
using workspace::text_of;

constexpr std::string_view kPrefix = "service/account/";

bool is_account_name(std::string_view name) {
  return name.size() >= 2 && name.size() <= 64 && std::ranges::all_of(name, [](char c) {
           return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '_' ||
                  c == '-';
         });
}

bool is_scope(std::string_view scope) {
  return (scope.empty() || scope.size() == 6 || scope.size() == 9 || scope.size() == 12) &&
         std::ranges::all_of(scope, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_local(Role role) { return role == Role::kVillage || role == Role::kTownship; }

}  // namespace

bool Account::covers(std::string_view division) const {
  return division.empty() ? covers_all() : division.starts_with(scope);
}

Status check_account(const Account& account) {
  if (!is_account_name(account.account))
    return bilingual_error(
        ErrorCode::kInvalidArgument, "账号用 2 至 64 个字母、数字、点、下划线或连字符",
        "an account has 2 to 64 letters, digits, dots, underscores or hyphens", "account");
  if (account.name.empty() || account.name.size() > 64)
    return bilingual_error(ErrorCode::kInvalidArgument, "请写明账号是谁的（--name）",
                           "say whose account it is (--name)", "name");
  if (Status roles = check_roles(account.roles); !roles) return roles;
  if (!is_scope(account.scope))
    return bilingual_error(ErrorCode::kInvalidArgument,
                           "范围用行政区划代码：县 6 位、乡镇 9 位、村 12 位；不写为全部",
                           "a scope is a division code: county 6 digits, township 9, village 12; "
                           "none: everything",
                           "scope");
  if (std::ranges::any_of(account.roles, is_local) && account.scope.size() <= 6)
    return bilingual_error(ErrorCode::kInvalidArgument,
                           "乡镇和村的账号须写明范围：乡镇 9 位或村 12 位代码",
                           "an account of a township or village has a scope: its code of 9 or 12 "
                           "digits",
                           "scope");
  return {};
}

std::string account_json(const Account& account) {
  json::array roles;
  for (const Role role : account.roles) roles.push_back(json::string(role_name(role)));
  return json::serialize(json::object{{"account", account.account},
                                      {"name", account.name},
                                      {"roles", std::move(roles)},
                                      {"scope", account.scope},
                                      {"password", account.password_hash},
                                      {"disabled", account.disabled}});
}

Result<Account> read_account(std::string_view text) {
  boost::system::error_code failure;
  const json::value value = json::parse(text, failure);
  if (failure || !value.is_object()) return damaged_error("账号", "an account");
  const json::object& object = value.as_object();
  Account account{.account = text_of(object, "account"),
                  .name = text_of(object, "name"),
                  .scope = text_of(object, "scope"),
                  .password_hash = text_of(object, "password")};
  for (const json::value& role : workspace::list_of(object, "roles")) {
    const auto known = role.is_string() ? parse_role(role.as_string()) : std::nullopt;
    if (!known) return damaged_error("账号", "an account");
    account.roles.push_back(*known);
  }
  const json::value* const disabled = object.if_contains("disabled");
  account.disabled = disabled == nullptr || !disabled->is_bool() || disabled->as_bool();
  return account;
}

Result<std::optional<Account>> find_account(const store::Store& store, std::string_view account) {
  if (!is_account_name(account)) return std::optional<Account>{};
  const auto bytes = store.model(std::string(kPrefix) + std::string(account));
  BIDUI_TRY(bytes);
  if (!*bytes) return std::optional<Account>{};
  Result<Account> found = read_account(**bytes);
  BIDUI_TRY(found);
  return std::optional(std::move(*found));
}

Result<std::vector<Account>> load_accounts(const store::Store& store) {
  std::vector<Account> accounts;
  Status read;
  BIDUI_TRY(store.scan_models(kPrefix, [&](std::string_view, std::string_view bytes) {
    Result<Account> account = read_account(bytes);
    if (account) {
      accounts.push_back(std::move(*account));
    } else {
      read = account.error();
    }
  }));
  BIDUI_TRY(read);
  return accounts;
}

store::NamedBytes kept_account(const Account& account) {
  return {std::string(kPrefix) + account.account, account_json(account)};
}

}  // namespace bidui::service
