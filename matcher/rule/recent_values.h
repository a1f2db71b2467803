// Fields and facts of records that were asked for lately: the rules ask the same of one subject
// again and again, and a view reads text to answer.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "matcher/rule/view.h"

namespace bidui::rule {

// One per thread; ends with the view.
class RecentValues {
 public:
  explicit RecentValues(const View& view) : view_(view) {}

  // As the view's. The reference holds until the next call.
  const Value& field(RecordRef record, FieldIndex field) {
    return look_up(record, field, [&] { return view_.field(record, field); });
  }
  const Value& fact(RecordRef record, Fact fact) {
    return look_up(record, kFact | static_cast<std::uint32_t>(fact),
                   [&] { return view_.fact(record, fact); });
  }

 private:
  static constexpr std::size_t kSlots = 64;  // a household's members with what rules ask of each
  static constexpr std::uint32_t kFact = 0x10000;  // fields count below
  static constexpr std::uint32_t kNothing = 0xFFFFFFFF;

  struct Slot {
    RecordRef record{};
    std::uint32_t asked = kNothing;
    Value value{};
  };

  template <typename Read>
  const Value& look_up(RecordRef record, std::uint32_t asked, Read read) {
    const std::uint32_t mixed =
        (record.row + asked * 0x85ebca6bU + record.source * 0xc2b2ae35U) * 0x9e3779b1U;
    Slot& slot = slots_[mixed >> 26U];
    if (slot.asked != asked || slot.record != record) slot = {record, asked, read()};
    return slot.value;
  }

  const View& view_;
  std::array<Slot, kSlots> slots_{};
};

}  // namespace bidui::rule
