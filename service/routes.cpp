#include "service/routes.h"

#include <array>

#include "service/handlers.h"

namespace bidui::service {
namespace {

using enum Power;
using enum Reach;

constexpr std::array kRoutes = {
    Route{"signIn", "POST", "/api/v1/sessions", kAnyone, kOwn, Audit::kAccess, sign_in},
    Route{"currentSession", "GET", "/api/v1/sessions/current", kSignedIn, kOwn, Audit::kNothing,
          current_session},
    Route{"signOut", "DELETE", "/api/v1/sessions/current", kSignedIn, kOwn, Audit::kAccess,
          sign_out},
    Route{"changePassword", "POST", "/api/v1/sessions/current/password", kSignedIn, kOwn,
          Audit::kChange, change_password},
    Route{"meta", "GET", "/api/v1/meta", kSignedIn, kOwn, Audit::kNothing, meta},

    Route{"lookup", "POST", "/api/v1/lookups", kLookup, kScope, Audit::kAccess, lookup},
    Route{"householdHistory", "POST", "/api/v1/households/history", kLookup, kScope, Audit::kAccess,
          household_history},
    Route{"householdViewers", "POST", "/api/v1/households/viewers", kLookup, kScope, Audit::kAccess,
          household_viewers},
    Route{"issueCheckReport", "POST", "/api/v1/households/report", kLookup, kScope, Audit::kChange,
          issue_check_report},
    Route{"explain", "POST", "/api/v1/explanations", kLookup, kScope, Audit::kAccess, explain},
    Route{"reveal", "POST", "/api/v1/reveals", kReveal, kScope, Audit::kAccess, reveal},

    Route{"listFlags", "GET", "/api/v1/flags", kFlagsRead, kScope, Audit::kAccess, list_flags},
    Route{"flagProgress", "GET", "/api/v1/flags/progress", kFlagsRead, kScope, Audit::kAccess,
          flag_progress},
    Route{"flagLedger", "GET", "/api/v1/flags/ledger.xlsx", kFlagsRead, kScope, Audit::kAccess,
          flag_ledger},
    Route{"takeSteps", "POST", "/api/v1/flags/steps", kFlagsAct, kScope, Audit::kChange,
          take_steps},
    Route{"showFlag", "GET", "/api/v1/flags/{flag}", kFlagsRead, kScope, Audit::kAccess, show_flag},

    Route{"listDeliveries", "GET", "/api/v1/deliveries", kRunsRead, kWorkspace, Audit::kAccess,
          list_deliveries},
    Route{"listRuns", "GET", "/api/v1/runs", kRunsRead, kWorkspace, Audit::kAccess, list_runs},
    Route{"showRun", "GET", "/api/v1/runs/{run}", kRunsRead, kWorkspace, Audit::kAccess, show_run},
    Route{"runDifference", "GET", "/api/v1/runs/{run}/difference", kRunsRead, kWorkspace,
          Audit::kAccess, run_difference},
    Route{"runFile", "GET", "/api/v1/runs/{run}/files/{file}", kRunsRead, kWorkspace,
          Audit::kAccess, run_file},
    Route{"startRun", "POST", "/api/v1/jobs", kRunsStart, kWorkspace, Audit::kChange, start_run},
    Route{"listJobs", "GET", "/api/v1/jobs", kRunsRead, kWorkspace, Audit::kNothing, list_jobs},
    Route{"showJob", "GET", "/api/v1/jobs/{job}", kRunsRead, kWorkspace, Audit::kNothing, show_job},
    Route{"watchJob", "GET", "/api/v1/jobs/{job}/events", kRunsRead, kWorkspace, Audit::kNothing,
          watch_job},

    Route{"listAudit", "GET", "/api/v1/audit", kAuditRead, kWorkspace, Audit::kAccess, list_audit},
    Route{"verifyAudit", "GET", "/api/v1/audit/verification", kAuditRead, kWorkspace,
          Audit::kAccess, verify_audit},
    Route{"listUsers", "GET", "/api/v1/users", kUsersManage, kWorkspace, Audit::kAccess,
          list_users},
    Route{"addUser", "POST", "/api/v1/users", kUsersManage, kWorkspace, Audit::kChange, add_user},
    Route{"changeUser", "POST", "/api/v1/users/{account}", kUsersManage, kWorkspace, Audit::kChange,
          change_user},
    Route{"listAuthorisations", "GET", "/api/v1/authorisations", kAuthorisationsManage, kWorkspace,
          Audit::kAccess, list_authorisations},
    Route{"addAuthorisation", "POST", "/api/v1/authorisations", kAuthorisationsManage, kWorkspace,
          Audit::kChange, add_authorisation},
    Route{"revokeAuthorisation", "DELETE", "/api/v1/authorisations/{id}", kAuthorisationsManage,
          kWorkspace, Audit::kChange, revoke_authorisation},

    Route{"health", "GET", "/healthz", kAnyone, kOwn, Audit::kNothing, health},
    Route{"ready", "GET", "/readyz", kAnyone, kOwn, Audit::kNothing, ready},
    Route{"metrics", "GET", "/metrics", kAnyone, kOwn, Audit::kNothing, metrics},
    Route{"openapi", "GET", "/openapi.json", kAnyone, kOwn, Audit::kNothing, openapi},
};

}  // namespace

std::span<const Route> routes() { return kRoutes; }

std::optional<std::vector<std::string>> match_path(std::string_view pattern,
                                                   std::string_view path) {
  std::vector<std::string> parameters;
  while (true) {
    const std::size_t pattern_end = std::min(pattern.find('/'), pattern.size());
    const std::size_t path_end = std::min(path.find('/'), path.size());
    const std::string_view wanted = pattern.substr(0, pattern_end);
    const std::string_view given = path.substr(0, path_end);
    if (wanted.starts_with('{')) {
      if (given.empty()) return std::nullopt;
      parameters.emplace_back(given);
    } else if (wanted != given) {
      return std::nullopt;
    }
    const bool ends = pattern_end == pattern.size();
    if (ends != (path_end == path.size())) return std::nullopt;
    if (ends) return parameters;
    pattern.remove_prefix(pattern_end + 1);
    path.remove_prefix(path_end + 1);
  }
}

}  // namespace bidui::service
