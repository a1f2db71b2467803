#include "service/problem.h"

#include <boost/json.hpp>

namespace bidui::service {
namespace {

std::string_view title_of(int status, Locale locale) {
  const bool zh = locale == Locale::kChinese;
  switch (status) {
    case 400:
      return zh ? "请求不合要求" : "Bad request";
    case 401:
      return zh ? "请先登录" : "Not signed in";
    case 403:
      return zh ? "没有权限" : "Not allowed";
    case 404:
      return zh ? "找不到" : "Not found";
    case 405:
      return zh ? "不支持这种请求" : "Method not allowed";
    case 409:
      return zh ? "与现状冲突" : "Conflict";
    case 413:
      return zh ? "内容过大" : "Too large";
    case 415:
      return zh ? "内容须为 JSON" : "JSON is needed";
    case 429:
      return zh ? "尝试过于频繁" : "Too many tries";
    case 503:
      return zh ? "暂时不能处理" : "Busy";
    default:
      return zh ? "服务内部错误" : "Internal error";
  }
}

}  // namespace

Response problem_response(const Problem& problem, Locale locale) {
  boost::json::object object{
      {"type", "about:blank"},
      {"title", title_of(problem.status, locale)},
      {"status", problem.status},
      {"detail", locale == Locale::kChinese ? problem.detail.zh : problem.detail.en},
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
