#include "service/exchange.h"

#include <boost/json.hpp>

namespace bidui::service {

Response Exchange::ok(const boost::json::object& object, int status) {
  return {.status = status, .body = boost::json::serialize(object)};
}

Response Exchange::refuse(Problem problem) {
  audit.detail = {{"code", problem.code}};
  return problem_response(problem, locale);
}

}  // namespace bidui::service
