#include "matcher/schema/schema.h"

#include <algorithm>
#include <array>

namespace bidui::schema {
namespace {

constexpr std::array<std::string_view, 4> kPrivacyNames = {"public", "internal", "personal",
                                                           "sensitive"};
constexpr std::array<std::string_view, 3> kRequirementNames = {"optional", "column", "value"};
constexpr std::array<std::string_view, 4> kUnitNames = {"person", "house", "role", "vehicle"};

template <typename Enum, std::size_t N>
std::optional<Enum> find_name(const std::array<std::string_view, N>& names, std::string_view name) {
  const auto it = std::find(names.begin(), names.end(), name);
  if (it == names.end()) return std::nullopt;
  return static_cast<Enum>(it - names.begin());
}

}  // namespace

std::optional<std::size_t> Schema::find_field(std::string_view id) const {
  const auto it =
      std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.id == id; });
  if (it == fields.end()) return std::nullopt;
  return static_cast<std::size_t>(it - fields.begin());
}

std::string_view privacy_name(Privacy privacy) {
  return kPrivacyNames[static_cast<std::size_t>(privacy)];
}
std::string_view requirement_name(Requirement requirement) {
  return kRequirementNames[static_cast<std::size_t>(requirement)];
}
std::string_view row_unit_name(RowUnit unit) { return kUnitNames[static_cast<std::size_t>(unit)]; }

std::optional<Privacy> parse_privacy(std::string_view name) {
  return find_name<Privacy>(kPrivacyNames, name);
}
std::optional<Requirement> parse_requirement(std::string_view name) {
  return find_name<Requirement>(kRequirementNames, name);
}
std::optional<RowUnit> parse_row_unit(std::string_view name) {
  return find_name<RowUnit>(kUnitNames, name);
}

}  // namespace bidui::schema
