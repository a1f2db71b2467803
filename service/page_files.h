// The page: the files that service/web builds, in the program.
#pragma once

#include <optional>

#include "service/http_message.h"

namespace bidui::service {

// nullopt where the page has no such file. "/" is index.html.
std::optional<Response> page_file(const Request& request);

}  // namespace bidui::service
