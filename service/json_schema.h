// Values against the schemas of an OpenAPI 3.0 description: the part of them that openapi.json
// uses (type, properties, required, additionalProperties, items, enum, nullable, allOf, $ref, and
// the bounds of texts, numbers and lists).
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace bidui::service {

struct SchemaFault {
  std::string place{};  // "flags[0].state"; "" the value itself
  std::string text{};   // English, without the value: "is missing", "longer than 64 characters"
  std::string text_zh{};
};

class OpenApi {
 public:
  // A description that cannot be parsed is a mistake of ours: throws.
  explicit OpenApi(std::string_view text);

  const boost::json::object& document() const { return document_; }
  // The schema of an operation's request body; nullptr where it takes none.
  const boost::json::value* request_schema(std::string_view operation) const;
  // The first fault; nullopt where the value is as the schema has it.
  std::optional<SchemaFault> check(const boost::json::value& value,
                                   const boost::json::value& schema) const;

 private:
  std::optional<SchemaFault> check_at(const boost::json::value& value,
                                      const boost::json::object& schema,
                                      const std::string& place) const;
  std::optional<SchemaFault> check_object(const boost::json::object& value,
                                          const boost::json::object& schema,
                                          const std::string& place) const;

  boost::json::object document_;
};

// The one that describes this service (service/openapi.json).
const OpenApi& service_api();
std::string_view service_api_text();

}  // namespace bidui::service
