// Every route of the API in one table: its operation (service/openapi.json), its path, the power it
// needs, how far it reaches, and what answers it. What is not in the table does not exist.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "service/access.h"
#include "service/exchange.h"

namespace bidui::service {

class Service;

enum class Reach : std::uint8_t {
  kOwn,        // shows nothing of the registries
  kScope,      // the handler shows what lies in the account's scope only
  kWorkspace,  // shows all of the county: for accounts whose scope is all of it
};

enum class Audit : std::uint8_t {
  kNothing,  // says nothing about anybody
  kAccess,   // after it was answered
  kChange,   // before it is done and after
};

struct Route {
  std::string_view operation;
  std::string_view method;
  std::string_view path;  // "/api/v1/runs/{run}"
  Power power;
  Reach reach;
  Audit audit;
  Response (*answer)(Service&, Exchange&);
};

std::span<const Route> routes();

// The path's parameters where it fits the pattern.
std::optional<std::vector<std::string>> match_path(std::string_view pattern, std::string_view path);

}  // namespace bidui::service
