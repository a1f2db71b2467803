// The commands of `bidui`: each parses its own arguments and returns the exit status.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bidui::cli {

using Arguments = std::vector<std::string>;

struct Command {
  std::string_view name;
  std::string_view summary_zh;
  std::string_view summary_en;
  int (*run)(const Arguments& arguments);
};

int run_audit(const Arguments& arguments);
int run_backup(const Arguments& arguments);
int run_check(const Arguments& arguments);
int run_restore(const Arguments& arguments);
int run_compare(const Arguments& arguments);
int run_constraint(const Arguments& arguments);
int run_deliveries(const Arguments& arguments);
int run_explain(const Arguments& arguments);
int run_flag(const Arguments& arguments);
int run_history(const Arguments& arguments);
int run_import(const Arguments& arguments);
int run_indicators(const Arguments& arguments);
int run_init(const Arguments& arguments);
int run_link(const Arguments& arguments);
int run_lookup(const Arguments& arguments);
int run_model(const Arguments& arguments);
int run_reconcile(const Arguments& arguments);
int run_run(const Arguments& arguments);
int run_refresh(const Arguments& arguments);
int run_report(const Arguments& arguments);
int run_review(const Arguments& arguments);
int run_rule(const Arguments& arguments);
int run_sample(const Arguments& arguments);
int run_schema(const Arguments& arguments);
int run_serve(const Arguments& arguments);
int run_tally(const Arguments& arguments);
int run_user(const Arguments& arguments);

// All commands, in the order of --help.
std::span<const Command> commands();

// What main() does: finds the command and runs it. Returns the exit status.
int run(const Arguments& arguments);

}  // namespace bidui::cli
