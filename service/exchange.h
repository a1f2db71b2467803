// One request on its way through the service: who asks, in which language, what came with it, and
// what the audit log will say.
#pragma once

#include <boost/json/object.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "service/audit_log.h"
#include "service/problem.h"
#include "service/sessions.h"
#include "workspace/json_member.h"

namespace bidui::service {

struct Exchange {
  const Request& request;
  Locale locale = Locale::kChinese;
  std::vector<std::string> parameters{};     // of the path, in its order
  boost::json::object body{};                // as the description has it
  std::shared_ptr<const Session> session{};  // null: not signed in
  std::string token{};                       // of the session
  Instant now{};
  AuditEntry audit{};

  // REQUIRES: signed in.
  const Account& account() const { return session->account; }
  // Of the body; "" where it is missing.
  std::string text(std::string_view member) const { return workspace::text_of(body, member); }
  bool is_set(std::string_view member) const {
    const boost::json::value* const value = body.if_contains(member);
    return value != nullptr && value->is_bool() && value->as_bool();
  }

  // 200 with a JSON value.
  static Response ok(const boost::json::object& object, int status = 200);
  // Notes why in the audit entry.
  Response refuse(Problem problem);
  Response fail(const Error& error) { return refuse(problem_of(error)); }
};

}  // namespace bidui::service

// Answers with the problem of an error that `expression` has.
#define BIDUI_ANSWER(exchange, expression)                      \
  do {                                                          \
    if (const auto& bidui_status = (expression); !bidui_status) \
      return (exchange).fail(bidui_status.error());             \
  } while (false)
