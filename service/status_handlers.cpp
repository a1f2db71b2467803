// For those who run the service: alive, ready, counters, the description of the API.
#include "service/handlers.h"
#include "service/json_schema.h"
#include "service/service.h"

namespace bidui::service {

Response health(Service&, Exchange&) { return {.type = "text/plain", .body = "ok\n"}; }

Response ready(Service& service, Exchange&) {
  const bool reads = service.store().journal_head().has_value();
  return {.status = reads ? 200 : 503, .type = "text/plain", .body = reads ? "ready\n" : "no\n"};
}

Response metrics(Service& service, Exchange& exchange) {
  // Figures of the service are for the machine that it runs on.
  const std::string& peer = exchange.request.peer;
  if (!peer.starts_with("127.") && peer != "::1")
    return exchange.refuse(forbidden({"只能在本机查看", "from this machine only"}));
  const auto head = service.store().journal_head();
  return {.type = "text/plain; version=0.0.4",
          .body = service.metrics().text({.sessions = service.sessions().count(),
                                          .connections = service.connections(),
                                          .run_active = service.jobs().is_running(),
                                          .journal_entries = head ? head->number : 0})};
}

Response openapi(Service&, Exchange&) { return {.body = std::string(service_api_text())}; }

}  // namespace bidui::service
