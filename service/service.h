// The service: what a request goes through from being read to being answered. It holds the one
// store that is open for writing, and what many requests share.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "matcher/base/result.h"
#include "service/audit_log.h"
#include "service/exchange.h"
#include "service/flag_board.h"
#include "service/jobs.h"
#include "service/kept_answers.h"
#include "service/metrics.h"
#include "service/routes.h"
#include "service/sessions.h"
#include "service/sign_in_guard.h"
#include "workspace/lookup_snapshot.h"
#include "workspace/workspace.h"

namespace bidui::service {

class Service {
 public:
  // The workspace is open for writing, and outlives the service. Errors: those of the store.
  static Result<std::unique_ptr<Service>> open(workspace::Workspace& workspace);
  ~Service();

  // Answers any request; never throws what a handler throws. Many at once.
  Response answer(const Request& request);

  // Before the server stops: those who watch a job are let go.
  void end() { jobs_->end(); }

  // --- for the routes ---
  workspace::Workspace& workspace() { return workspace_; }
  const store::Store& store() const { return workspace_.store(); }
  Sessions& sessions() { return sessions_; }
  SignInGuard& guard() { return guard_; }
  AuditLog& audit() { return audit_; }
  FlagBoard& board() { return board_; }
  Jobs& jobs() { return *jobs_; }
  Metrics& metrics() { return metrics_; }
  // What look-ups share now; one request keeps one from beginning to end.
  std::shared_ptr<const workspace::LookupSnapshot> snapshot() const;
  // Whether an auditor needs an authorisation, by the county's profile.
  bool lookup_needs_authorisation() const { return needs_authorisation_; }
  // Held while something is written that depends on what was read; nothing where it is not to be
  // had in time.
  std::unique_lock<std::timed_mutex> writing(
      std::chrono::milliseconds longest = std::chrono::seconds(20));
  // After whatever may have changed the workspace: what is shared of it anew; sessions whose
  // account changed end.
  Status refresh();
  // One line of JSON for each request: operation, status, milliseconds; nothing about anybody.
  void log_requests(std::function<void(std::string_view line)> log) { log_ = std::move(log); }
  // Open connections, told by the server.
  void count_connections(std::function<std::size_t()> count) { connections_ = std::move(count); }
  std::size_t connections() const { return connections_ ? connections_() : 0; }

 private:
  explicit Service(workspace::Workspace& workspace);
  Response dispatch(const Request& request, std::string_view& operation);
  Response answer_route(const Route& route, Exchange& exchange);
  Response run_route(const Route& route, Exchange& exchange);
  Response change_once(const Route& route, Exchange& exchange);
  // The session, or why there is none.
  std::optional<Problem> authenticate(const Route& route, Exchange& exchange);
  std::optional<Problem> authorise(const Route& route, const Exchange& exchange) const;
  std::optional<Problem> read_body(const Route& route, Exchange& exchange) const;
  // False where it cannot be written, `kept` with it: then nothing is answered but that.
  bool note(Exchange& exchange, std::string_view kind, int status,
            std::optional<store::NamedBytes> kept = {});
  Result<std::string> compare(const JobOrder& order, const workspace::Progress& progress);

  workspace::Workspace& workspace_;
  AuditLog audit_;
  Sessions sessions_;
  SignInGuard guard_;
  FlagBoard board_;
  Metrics metrics_;
  std::atomic<bool> needs_authorisation_{false};
  std::function<std::size_t()> connections_;
  std::function<void(std::string_view)> log_;
  mutable std::mutex snapshot_mutex_;
  std::shared_ptr<const workspace::LookupSnapshot> snapshot_;
  std::string snapshot_of_;  // the deliveries and the newest run that it shows
  std::mutex refreshing_;
  std::timed_mutex writing_;  // guards the next, too
  KeptAnswers answered_;
  std::unique_ptr<Jobs> jobs_;  // ends first
};

}  // namespace bidui::service
