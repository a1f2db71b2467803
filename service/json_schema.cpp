#include "service/json_schema.h"

#include <algorithm>
#include <boost/json.hpp>
#include <span>
#include <stdexcept>
#include <utility>

namespace bidui {
std::span<const std::pair<std::string_view, std::string_view>> service_files();
}

namespace bidui::service {
namespace {

namespace json = boost::json;

SchemaFault fault(std::string place, std::string text, std::string text_zh) {
  return {std::move(place), std::move(text), std::move(text_zh)};
}

bool is_of_type(const json::value& value, std::string_view type) {
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_int64() || value.is_uint64();
  if (type == "number") return value.is_number();
  if (type == "boolean") return value.is_bool();
  if (type == "array") return value.is_array();
  if (type == "object") return value.is_object();
  return false;
}

// Characters of UTF-8.
std::size_t length_of(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }));
}

std::optional<SchemaFault> check_bound(const json::object& schema, std::string_view bound,
                                       double value, bool most, const std::string& place) {
  const json::value* const limit = schema.if_contains(bound);
  if (limit == nullptr) return std::nullopt;
  const auto wanted = limit->to_number<double>();
  if (most ? value <= wanted : value >= wanted) return std::nullopt;
  const std::string number = std::to_string(static_cast<long long>(wanted));
  return most ? fault(place, "is more than " + number, "超过 " + number)
              : fault(place, "is less than " + number, "少于 " + number);
}

}  // namespace

OpenApi::OpenApi(std::string_view text) : document_(json::parse(text).as_object()) {}

const json::value* OpenApi::request_schema(std::string_view operation) const {
  for (const auto& path : document_.at("paths").as_object()) {
    for (const auto& method : path.value().as_object()) {
      const json::object& o = method.value().as_object();
      if (o.at("operationId").as_string() != operation) continue;
      const json::value* const body = o.if_contains("requestBody");
      return body == nullptr ? nullptr : &body->at("content").at("application/json").at("schema");
    }
  }
  return nullptr;
}

std::optional<SchemaFault> OpenApi::check(const json::value& value,
                                          const json::value& schema) const {
  return check_at(value, schema.as_object(), "");
}

std::optional<SchemaFault> OpenApi::check_at(const json::value& value, const json::object& schema,
                                             const std::string& place) const {
  if (const json::value* const ref = schema.if_contains("$ref")) {
    const std::string_view path = ref->as_string();
    const std::string_view name = path.substr(path.rfind('/') + 1);
    return check_at(value, document_.at("components").at("schemas").at(name).as_object(), place);
  }
  const json::value* const nullable = schema.if_contains("nullable");
  if (value.is_null() && nullable != nullptr && nullable->as_bool()) return std::nullopt;
  if (const json::value* const all = schema.if_contains("allOf")) {
    for (const json::value& one : all->as_array()) {
      if (auto found = check_at(value, one.as_object(), place)) return found;
    }
  }
  const json::value* const type = schema.if_contains("type");
  if (type == nullptr) return std::nullopt;
  if (!is_of_type(value, type->as_string()))
    return fault(place, "is no " + std::string(type->as_string()), "类型不对");
  if (const json::value* const words = schema.if_contains("enum")) {
    const auto& list = words->as_array();
    if (std::ranges::find(list, value) == list.end())
      return fault(place, "is none of " + json::serialize(list), "不是规定的词");
  }
  if (value.is_string()) {
    const auto length = static_cast<double>(length_of(value.as_string()));
    if (auto found = check_bound(schema, "maxLength", length, true, place)) return found;
    return check_bound(schema, "minLength", length, false, place);
  }
  if (value.is_number()) {
    const auto number = value.to_number<double>();
    if (auto found = check_bound(schema, "maximum", number, true, place)) return found;
    return check_bound(schema, "minimum", number, false, place);
  }
  if (value.is_array()) {
    const json::array& list = value.as_array();
    const auto size = static_cast<double>(list.size());
    if (auto found = check_bound(schema, "maxItems", size, true, place)) return found;
    if (auto found = check_bound(schema, "minItems", size, false, place)) return found;
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (auto found = check_at(list[i], schema.at("items").as_object(),
                                place + "[" + std::to_string(i) + "]"))
        return found;
    }
  }
  if (value.is_object()) return check_object(value.as_object(), schema, place);
  return std::nullopt;
}

std::optional<SchemaFault> OpenApi::check_object(const json::object& value,
                                                 const json::object& schema,
                                                 const std::string& place) const {
  const auto inside = [&](std::string_view member) {
    return place.empty() ? std::string(member) : place + "." + std::string(member);
  };
  if (const json::value* const required = schema.if_contains("required")) {
    for (const json::value& name : required->as_array()) {
      if (!value.contains(name.as_string()))
        return fault(inside(name.as_string()), "is missing", "没有给出");
    }
  }
  const json::value* const properties = schema.if_contains("properties");
  if (properties == nullptr) return std::nullopt;
  const json::value* const more = schema.if_contains("additionalProperties");
  const bool closed = more != nullptr && more->is_bool() && !more->as_bool();
  for (const auto& member : value) {
    const json::value* const own = properties->as_object().if_contains(member.key());
    if (own != nullptr) {
      if (auto found = check_at(member.value(), own->as_object(), inside(member.key())))
        return found;
    } else if (closed) {
      return fault(inside(member.key()), "is not known", "没有这一项");
    }
  }
  return std::nullopt;
}

std::string_view service_api_text() {
  for (const auto& [name, content] : service_files()) {
    if (name == "openapi.json") return content;
  }
  throw std::logic_error("openapi.json is not built in");
}

const OpenApi& service_api() {
  static const OpenApi api(service_api_text());
  return api;
}

}  // namespace bidui::service
