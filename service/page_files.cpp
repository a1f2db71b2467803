#include "service/page_files.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <utility>

namespace bidui {
std::span<const std::pair<std::string_view, std::string_view>> service_files();
}

namespace bidui::service {
namespace {

constexpr std::string_view kFolder = "web/dist/";

std::string_view type_of(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kTypes = {
      {{".html", "text/html; charset=utf-8"},
       {".js", "text/javascript; charset=utf-8"},
       {".css", "text/css; charset=utf-8"},
       {".svg", "image/svg+xml"},
       {".png", "image/png"},
       {".ico", "image/x-icon"},
       {".woff2", "font/woff2"}}};
  for (const auto& [ending, type] : kTypes) {
    if (name.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

std::optional<std::string_view> content_of(std::string_view name) {
  const auto files = service_files();
  const auto at =
      std::ranges::lower_bound(files, name, {}, [](const auto& file) { return file.first; });
  if (at == files.end() || at->first != name) return std::nullopt;
  return at->second;
}

}  // namespace

std::optional<Response> page_file(const Request& request) {
  const std::string name =
      std::string(kFolder) + (request.path == "/" ? "index.html" : request.path.substr(1));
  const bool zipped = request.header("accept-encoding").find("gzip") != std::string_view::npos;
  auto content = zipped ? content_of(name + ".gz") : std::nullopt;
  const bool sends_zipped = content.has_value();
  if (!content) content = content_of(name);
  if (!content) return std::nullopt;
  Response response{.type = std::string(type_of(name)), .body = std::string(*content)};
  if (sends_zipped) response.headers.emplace_back("Content-Encoding", "gzip");
  // Their names hold a hash of their content.
  if (request.path.starts_with("/assets/"))
    response.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
  return response;
}

}  // namespace bidui::service
