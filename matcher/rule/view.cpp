#include "matcher/rule/view.h"

#include <array>

namespace bidui::rule {
namespace {

constexpr std::array<std::string_view, 11> kNameRelations = {
    "",        "equal",         "variant",    "former",       "homophone", "look_alike",
    "dialect", "one_character", "given_only", "surname_only", "different"};

constexpr std::array<std::string_view, 8> kIdStates = {
    "valid",      "missing",        "bad_checksum", "bad_date",
    "bad_region", "precision_lost", "bad_length",   "other_document"};

}  // namespace

std::string_view name_relation_code(NameRelation relation) {
  return kNameRelations[static_cast<std::size_t>(relation)];
}

std::span<const std::string_view> name_relation_codes() {
  return std::span(kNameRelations).subspan(1);
}

std::span<const std::string_view> id_state_codes() { return kIdStates; }

}  // namespace bidui::rule
