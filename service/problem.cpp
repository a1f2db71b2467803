#include "service/problem.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

namespace bidui::service {
namespace {

struct Title {
  int status;
  std::string_view zh;
  std::string_view en;
};
constexpr std::array kTitles = {Title{400, "请求不合要求", "Bad request"},
                                Title{401, "请先登录", "Not signed in"},
                                Title{403, "没有权限", "Not allowed"},
                                Title{404, "找不到", "Not found"},
                                Title{405, "不支持这种请求", "Method not allowed"},
                                Title{409, "与现状冲突", "Conflict"},
                                Title{413, "内容过大", "Too large"},
                                Title{415, "内容须为 JSON", "JSON is needed"},
                                Title{429, "尝试过于频繁", "Too many tries"},
                                Title{503, "暂时不能处理", "Busy"}};

std::string_view title_of(int status, Locale locale) {
  const auto at = std::ranges::find(kTitles, status, &Title::status);
  return at == kTitles.end() ? workspace::pick(locale, "服务内部错误", "Internal error")
                             : workspace::pick(locale, at->zh, at->en);
}

}  // namespace

Response problem_response(const Problem& problem, Locale locale) {
  boost::json::object object{
      {"type", "about:blank"},
      {"title", title_of(problem.status, locale)},
      {"status", problem.status},
      {"detail", workspace::pick(locale, problem.detail.zh, problem.detail.en)},
      {"code", problem.code}};
  if (!problem.field.empty()) object["field"] = problem.field;
  Response response{.status = problem.status, .type = "application/problem+json"};
  if (problem.retry_after) {
    object["retry_after"] = *problem.retry_after;
    response.headers.emplace_back("Retry-After", std::to_string(*problem.retry_after));
  }
  response.body = boost::json::serialize(object);
  return response;
}

Problem problem_of(const Error& error) {
  Problem problem{.detail = {error.describe_zh(), error.describe()}};
  switch (error.code) {
    case ErrorCode::kInvalidArgument:
    case ErrorCode::kBadInput:
      problem.status = 400;
      problem.code = "bad_request";
      break;
    case ErrorCode::kNotFound:
      problem.status = 404;
      problem.code = "not_found";
      break;
    case ErrorCode::kConflict:
      problem.status = 409;
      problem.code = "conflict";
      break;
    case ErrorCode::kIo:
    case ErrorCode::kCorrupt:
    case ErrorCode::kInternal:
      break;
  }
  return problem;
}

Locale locale_of(std::string_view accept_language) {
  return accept_language.starts_with("en") ? Locale::kEnglish : Locale::kChinese;
}

}  // namespace bidui::service
