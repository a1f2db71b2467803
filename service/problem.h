// Errors as the API tells them: RFC 9457 problem details, in the language that was asked for.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "matcher/base/bilingual_error.h"
#include "service/http_message.h"
#include "workspace/wording.h"

namespace bidui::service {

using workspace::Locale;

struct Problem {
  int status = 500;
  std::string_view code = "internal";  // for programs; stable
  Bilingual detail{};                  // what is wrong and what to do
  std::string field{};                 // of the request
  std::optional<int> retry_after{};    // seconds
};

// The usual ones. `field`: of the request, where one is at fault.
inline Problem bad_request(Bilingual detail, std::string field = {}) {
  return {400, "bad_request", std::move(detail), std::move(field)};
}
inline Problem forbidden(Bilingual detail) { return {403, "forbidden", std::move(detail)}; }
inline Problem not_found(Bilingual detail) { return {404, "not_found", std::move(detail)}; }
inline Problem conflict(Bilingual detail, std::string field = {}) {
  return {409, "conflict", std::move(detail), std::move(field)};
}

Response problem_response(const Problem& problem, Locale locale);
// Of an error of the workspace: 400, 404, 409 or 500.
Problem problem_of(const Error& error);

// Chinese unless the header asks for English first.
Locale locale_of(std::string_view accept_language);

}  // namespace bidui::service
