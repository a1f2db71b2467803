// bidui user add|list|set: the accounts of the service, from the machine itself.
#include <fmt/format.h>
#include <optional>

#include "cli/list_options.h"
#include "cli/options.h"
#include "cli/table.h"
#include "cli/terminal_mode.h"
#include "cli/workspace_option.h"
#include "matcher/base/bilingual_error.h"
#include "service/accounts.h"
#include "service/password.h"

namespace bidui::cli {
namespace {

using service::Account;

std::string role_choices() {
  std::string text;
  for (std::size_t r = 0; r < service::kRoles; ++r)
    text += (r == 0 ? "" : " ") + std::string(service::role_name(static_cast<service::Role>(r)));
  return text;
}

std::string_view role_title(service::Role role) {
  using enum service::Role;
  switch (role) {
    case kVillage:
      return say("村", "village");
    case kTownship:
      return say("乡镇", "township");
    case kCounty:
      return say("县级人员", "county");
    case kDataOfficer:
      return say("数据管理员", "data officer");
    case kAuditor:
      return say("审计员", "auditor");
    case kSecurityAdmin:
      return say("安全管理员", "security administrator");
    case kLogAuditor:
      return say("日志审计员", "log auditor");
  }
  return {};
}

// From the terminal without showing it, else the first line of standard input.
std::string read_password() {
  const TerminalMode quiet(invocation().in, ECHO);
  if (quiet.is_terminal()) fmt::print(error_output(), "{}", say("密码：", "password: "));
  const std::optional<std::string> password = read_line();
  if (quiet.is_terminal()) fmt::print(error_output(), "\n");
  return password.value_or("");
}

Result<std::vector<service::Role>> read_roles(const std::string& text) {
  std::vector<service::Role> roles;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const auto role = service::parse_role(text.substr(begin, end - begin));
    if (!role)
      return bilingual_error(ErrorCode::kInvalidArgument, "没有这种角色；有：" + role_choices(),
                             "no such role; there are: " + role_choices(), "--role");
    roles.push_back(*role);
    begin = end + 1;
  }
  return roles;
}

void print_users(const std::vector<Account>& accounts) {
  Table table({{say("账号", "account")},
               {say("姓名", "name")},
               {say("角色", "roles")},
               {say("范围", "scope")},
               {""}},
              2);
  for (const Account& a : accounts) {
    std::vector<std::string> roles;
    for (const service::Role role : a.roles) roles.emplace_back(role_title(role));
    table.add({a.account, a.name, joined(roles),
               a.scope.empty() ? std::string(say("全部", "all")) : a.scope,
               a.disabled ? std::string(say("已停用", "disabled")) : ""});
  }
  fmt::print(output(), "{}", table.text());
}

int list(const po::variables_map& values) {
  const auto workspace = open_workspace(values, store::Access::kReadOnly);
  if (!workspace) return fail(workspace.error());
  const auto accounts = service::load_accounts(workspace->store());
  if (!accounts) return fail(accounts.error());
  if (accounts->empty()) {
    fmt::print(output(), "{}\n",
               say("还没有账号：bidui user add -w DIR 账号 --name 姓名 --role security_admin",
                   "no accounts yet: bidui user add -w DIR ACCOUNT --name NAME --role "
                   "security_admin"));
    return kDone;
  }
  print_users(*accounts);
  return kDone;
}

// A new account, or (`change`) what is given of one that is there.
Result<Account> wanted_account(const po::variables_map& values, const store::Store& store,
                               bool change) {
  const std::string name = values["account"].as<std::string>();
  const auto known = service::find_account(store, name);
  BIDUI_TRY(known);
  if (known->has_value() != change)
    return change ? bilingual_error(ErrorCode::kNotFound, "没有这个账号", "no such account", name)
                  : bilingual_error(ErrorCode::kConflict, "已有这个账号；修改用 bidui user set",
                                    "there is such an account; bidui user set changes it", name);
  Account account = change ? **known : Account{.account = name};
  const auto given = [&](const char* option) { return values[option].as<std::string>(); };
  if (!given("name").empty()) account.name = given("name");
  if (!given("scope").empty()) account.scope = given("scope") == "all" ? "" : given("scope");
  if (!given("role").empty()) {
    auto roles = read_roles(given("role"));
    BIDUI_TRY(roles);
    account.roles = std::move(*roles);
  }
  if (values.count("disable") != 0) account.disabled = true;
  if (values.count("enable") != 0) account.disabled = false;
  BIDUI_TRY(service::check_account(account));
  if (!change || values.count("password") != 0) {
    const std::string password = read_password();
    BIDUI_TRY(service::check_password(name, password));
    auto hash = service::hash_password(password);
    BIDUI_TRY(hash);
    account.password_hash = std::move(*hash);
  }
  return account;
}

int set(const po::variables_map& values, bool change) {
  auto workspace = open_workspace(values, store::Access::kReadWrite);
  if (!workspace) return fail(workspace.error());
  const auto account = wanted_account(values, workspace->store(), change);
  if (!account) return fail(account.error());
  const store::NamedBytes kept = service::kept_account(*account);
  if (const Status put = workspace->store().put_model(kept.name, kept.bytes); !put)
    return fail(put.error());
  print_users({*account});
  return kDone;
}

}  // namespace

int run_user(const Arguments& arguments) {
  const auto [part, rest] = part_argument(arguments);
  const bool change = part == "set";
  CommandLine line{.usage = change ? "bidui user set -w DIR ACCOUNT [--name N] [--role R,…] "
                                     "[--scope CODE|all] [--password] [--disable | --enable]"
                            : part == "add"
                                ? "bidui user add -w DIR ACCOUNT --name N --role R,… [--scope CODE]"
                                : "bidui user -w DIR add|set|list"};
  add_workspace_options(line);
  if (part == "add" || change) {
    add_text_option(line, "name", "NAME", "",
                    say("账号是谁的，写在日志里", "whose it is; stands in the log"));
    add_text_option(line, "role", "ROLE,…", "",
                    std::string(say("角色：", "roles: ")) + role_choices());
    add_text_option(
        line, "scope", "CODE", "",
        say("范围：县 6 位、乡镇 9 位、村 12 位代码，all 为全部",
            "scope: a code of a county (6 digits), township (9), village (12), or all"));
    add_switch(line, "password",
               say("换密码（从终端或标准输入读）",
                   "a new password, read from the terminal or standard input"));
    add_switch(line, "disable", say("停用", "disable it"));
    add_switch(line, "enable", say("恢复", "enable it again"));
    line.hidden.add_options()("account", po::value<std::string>()->required());
    line.positional.add("account", 1);
  }
  int status = kDone;
  const auto values = parse(line, part.empty() ? arguments : rest, status);
  if (!values) return status;
  if (part == "list") return list(*values);
  if (part == "add" || change) return set(*values, change);
  return wrong_usage(line, say("请用 add、set 或 list", "use add, set or list"));
}

}  // namespace bidui::cli
