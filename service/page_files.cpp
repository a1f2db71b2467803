#include "service/page_files.h"

#include <array>
#include <charconv>
#include <map>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace bidui {
std::span<const std::pair<std::string_view, std::string_view>> page_bundle();
}

namespace bidui::service {
namespace {

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

using Files = std::map<std::string_view, std::string_view>;

// web/build_page has the form: a line "name size" for each file, an empty line, their bytes.
Files read_bundle(std::string_view bundle) {
  std::vector<std::pair<std::string_view, std::size_t>> sizes;
  while (true) {
    const std::size_t end = bundle.find('\n');
    if (end == std::string_view::npos) return {};
    const std::string_view line = bundle.substr(0, end);
    bundle.remove_prefix(end + 1);
    if (line.empty()) break;
    const std::size_t space = line.rfind(' ');
    std::size_t size = 0;
    std::from_chars(line.data() + space + 1, line.data() + line.size(), size);
    sizes.emplace_back(line.substr(0, space), size);
  }
  Files files;
  for (const auto& [name, size] : sizes) {
    files.emplace(name, bundle.substr(0, size));
    bundle.remove_prefix(size);
  }
  return files;
}

std::optional<std::string_view> content_of(std::string_view name) {
  static const Files kFiles = read_bundle(page_bundle().front().second);
  const auto at = kFiles.find(name);
  if (at == kFiles.end()) return std::nullopt;
  return at->second;
}

}  // namespace

std::optional<Response> page_file(const Request& request) {
  const std::string name = request.path == "/" ? "index.html" : request.path.substr(1);
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
