#include "matcher/schema/semantic_type.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace bidui::schema {
namespace {

constexpr std::size_t kTypeCount = static_cast<std::size_t>(SemanticType::kText) + 1;

constexpr std::array<std::string_view, kTypeCount> kNames = {"person_name",
                                                             "former_name",
                                                             "id_number",
                                                             "birth_date",
                                                             "date",
                                                             "year_month",
                                                             "year",
                                                             "sex",
                                                             "relation",
                                                             "ethnicity",
                                                             "phone",
                                                             "identifier",
                                                             "household_identifier",
                                                             "county",
                                                             "township",
                                                             "village",
                                                             "group",
                                                             "address",
                                                             "code",
                                                             "boolean",
                                                             "integer",
                                                             "amount",
                                                             "text"};

}  // namespace

std::string_view semantic_type_name(SemanticType type) {
  return kNames[static_cast<std::size_t>(type)];
}

std::optional<SemanticType> parse_semantic_type(std::string_view name) {
  const auto it = std::find(kNames.begin(), kNames.end(), name);
  if (it == kNames.end()) return std::nullopt;
  return static_cast<SemanticType>(it - kNames.begin());
}

std::span<const std::string_view> semantic_type_names() { return kNames; }

}  // namespace bidui::schema
