// What answers each route (routes.cpp), by the file that has it.
#pragma once

#include "service/exchange.h"

namespace bidui::service {

class Service;

// session_handlers.cpp
Response sign_in(Service& service, Exchange& exchange);
Response current_session(Service& service, Exchange& exchange);
Response sign_out(Service& service, Exchange& exchange);
Response change_password(Service& service, Exchange& exchange);
Response meta(Service& service, Exchange& exchange);

// lookup_handlers.cpp
Response lookup(Service& service, Exchange& exchange);
Response household_history(Service& service, Exchange& exchange);
Response household_viewers(Service& service, Exchange& exchange);
Response issue_check_report(Service& service, Exchange& exchange);
Response explain(Service& service, Exchange& exchange);
Response reveal(Service& service, Exchange& exchange);

// flag_handlers.cpp
Response list_flags(Service& service, Exchange& exchange);
Response show_flag(Service& service, Exchange& exchange);
Response take_steps(Service& service, Exchange& exchange);
Response flag_progress(Service& service, Exchange& exchange);
Response flag_ledger(Service& service, Exchange& exchange);

// run_handlers.cpp
Response list_deliveries(Service& service, Exchange& exchange);
Response list_runs(Service& service, Exchange& exchange);
Response show_run(Service& service, Exchange& exchange);
Response run_difference(Service& service, Exchange& exchange);
Response run_file(Service& service, Exchange& exchange);
Response start_run(Service& service, Exchange& exchange);
Response list_jobs(Service& service, Exchange& exchange);
Response show_job(Service& service, Exchange& exchange);
Response watch_job(Service& service, Exchange& exchange);

// admin_handlers.cpp
Response list_audit(Service& service, Exchange& exchange);
Response verify_audit(Service& service, Exchange& exchange);
Response list_users(Service& service, Exchange& exchange);
Response add_user(Service& service, Exchange& exchange);
Response change_user(Service& service, Exchange& exchange);
Response list_authorisations(Service& service, Exchange& exchange);
Response add_authorisation(Service& service, Exchange& exchange);
Response revoke_authorisation(Service& service, Exchange& exchange);

// status_handlers.cpp
Response health(Service& service, Exchange& exchange);
Response ready(Service& service, Exchange& exchange);
Response metrics(Service& service, Exchange& exchange);
Response openapi(Service& service, Exchange& exchange);

}  // namespace bidui::service
