// How two records' values of one field agree, as people are told: decided on the full values, said
// in words that show nothing of them.
#pragma once

#include <optional>
#include <string_view>

#include "workspace/run_world.h"

namespace bidui::workspace {

struct FieldAgreement {
  bool differs = false;
  std::string_view remark{};  // "同音字"; "" where there is nothing to say
};

// Nothing where the field is not one that means the same in both sources (a household number of
// two sources), or a value is missing or unreadable.
std::optional<FieldAgreement> compare_field(const RunWorld& world, rule::RecordRef left,
                                            rule::RecordRef right, std::string_view field);

// Whether both may stand for one person: linked, or of the same ID number.
bool may_be_one_person(const RunWorld& world, rule::RecordRef left, rule::RecordRef right);

}  // namespace bidui::workspace
