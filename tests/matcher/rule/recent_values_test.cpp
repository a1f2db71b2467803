#include "matcher/rule/recent_values.h"

#include <gtest/gtest.h>
#include <random>

namespace bidui::rule {
namespace {

// Answers with what it was asked, and counts.
class EchoView final : public View {
 public:
  mutable int asked = 0;

  DayNumber evaluation_day() const override { return 0; }
  SourceStatus status(SourceIndex) const override { return {}; }
  bool covers_region(SourceIndex, std::uint32_t) const override { return true; }
  bool covers(SourceIndex, RecordRef) const override { return true; }
  std::uint32_t record_count(SourceIndex) const override { return 0; }
  std::uint32_t household_count(SourceIndex) const override { return 0; }
  Value field(RecordRef record, FieldIndex field) const override { return echo(record, field, 0); }
  Value fact(RecordRef record, Fact fact) const override {
    return echo(record, static_cast<std::uint32_t>(fact), 1);
  }
  std::string display(RecordRef, FieldIndex) const override { return {}; }
  std::span<const Link> links(RecordRef, SourceIndex) const override { return {}; }
  std::span<const RecordRef> same_number(RecordRef, SourceIndex) const override { return {}; }
  NameRelation name_relation(RecordRef, RecordRef) const override { return NameRelation::kUnknown; }
  std::optional<bool> same_house(RecordRef, RecordRef) const override { return std::nullopt; }
  std::span<const RecordRef> kin(RecordRef, Kin) const override { return {}; }
  std::span<const RecordRef> children_in(RecordRef, SourceIndex) const override { return {}; }
  std::span<const RecordRef> parents_in(RecordRef, SourceIndex) const override { return {}; }
  std::span<const HouseholdLink> splits(HouseholdRef, Split) const override { return {}; }
  std::optional<HouseholdRef> household(RecordRef) const override { return std::nullopt; }
  std::string_view household_key(HouseholdRef) const override { return {}; }
  std::span<const RecordRef> members(HouseholdRef) const override { return {}; }
  std::span<const HouseholdLink> household_links(HouseholdRef, SourceIndex) const override {
    return {};
  }

  static double number(RecordRef record, std::uint32_t what, int kind) {
    return record.row * 1e6 + record.source * 1e4 + what * 10.0 + kind;
  }

 private:
  Value echo(RecordRef record, std::uint32_t what, int kind) const {
    ++asked;
    return Value::of_number(number(record, what, kind));
  }
};

TEST(RecentValuesTest, GivesWhatTheViewGivesInAnyOrderOfAsking) {
  const EchoView view;
  RecentValues recent(view);
  std::minstd_rand random(7);
  for (int i = 0; i < 100'000; ++i) {
    const RecordRef record{static_cast<SourceIndex>(random() % 3),
                           static_cast<std::uint32_t>(random() % 40)};
    const auto what = static_cast<FieldIndex>(random() % 6);
    ASSERT_EQ(recent.field(record, what).number, EchoView::number(record, what, 0));
    ASSERT_EQ(recent.fact(record, static_cast<Fact>(what)).number,
              EchoView::number(record, what, 1));
  }
}

TEST(RecentValuesTest, AsksTheViewOnceForOneSubject) {
  const EchoView view;
  RecentValues recent(view);
  for (int i = 0; i < 10; ++i) {
    recent.field({0, 5}, 2);
    recent.fact({0, 5}, Fact::kIdState);
  }
  EXPECT_EQ(view.asked, 2);
}

}  // namespace
}  // namespace bidui::rule
