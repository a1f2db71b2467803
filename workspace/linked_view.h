// The linked world of a run as rules see it (rule::View), over features, links, households and
// texts in memory.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "matcher/rule/named_parents.h"
#include "matcher/rule/view.h"
#include "matcher/text/id_number.h"
#include "workspace/household_names.h"
#include "workspace/run_households.h"
#include "workspace/run_records.h"
#include "workspace/run_source.h"
#include "workspace/same_numbers.h"
#include "workspace/source_texts.h"

namespace bidui::workspace {

// What the sources may be asked by rules: every field of every schema, in the order of the sources.
std::vector<rule::SourceType> source_types(std::span<const RunSource> sources);

// Everything must outlive the view.
struct ViewParts {
  std::span<const RunSource> sources{};
  const RunRecords* records = nullptr;
  const PersonLinks* links = nullptr;
  const RunHouseholds* households = nullptr;
  const SameNumbers* same_numbers = nullptr;
  const rule::Kinship* kinship = nullptr;             // of the last source, the civil registry
  const rule::NamedParents* named_parents = nullptr;  // of the same
  std::span<const SourceTexts> texts{};               // per source
  rule::DayNumber evaluation_day = 0;
};

class LinkedView final : public rule::View {
 public:
  explicit LinkedView(const ViewParts& parts);

  rule::DayNumber evaluation_day() const override { return parts_.evaluation_day; }
  rule::SourceStatus status(rule::SourceIndex source) const override { return statuses_[source]; }
  bool covers_region(rule::SourceIndex source, std::uint32_t region) const override;
  bool covers(rule::SourceIndex source, rule::RecordRef record) const override;
  std::uint32_t record_count(rule::SourceIndex source) const override;
  std::uint32_t household_count(rule::SourceIndex source) const override;
  rule::Value field(rule::RecordRef record, rule::FieldIndex field) const override;
  rule::Value fact(rule::RecordRef record, rule::Fact fact) const override;
  std::string display(rule::RecordRef record, rule::FieldIndex field) const override;
  std::span<const rule::Link> links(rule::RecordRef record,
                                    rule::SourceIndex source) const override;
  std::span<const rule::RecordRef> same_number(rule::RecordRef record,
                                               rule::SourceIndex source) const override;
  rule::NameRelation name_relation(rule::RecordRef left, rule::RecordRef right) const override;
  std::optional<bool> same_house(rule::RecordRef left, rule::RecordRef right) const override;
  std::span<const rule::RecordRef> kin(rule::RecordRef record, rule::Kin kin) const override;
  std::span<const rule::RecordRef> children_in(rule::RecordRef record,
                                               rule::SourceIndex source) const override;
  std::span<const rule::RecordRef> parents_in(rule::RecordRef record,
                                              rule::SourceIndex source) const override;
  std::span<const rule::HouseholdLink> splits(rule::HouseholdRef household,
                                              rule::Split split) const override;
  std::optional<rule::HouseholdRef> household(rule::RecordRef record) const override;
  std::string_view household_key(rule::HouseholdRef household) const override;
  std::span<const rule::RecordRef> members(rule::HouseholdRef household) const override;
  std::span<const rule::HouseholdLink> household_links(rule::HouseholdRef household,
                                                       rule::SourceIndex source) const override;

 private:
  const record::PersonFeatures& features(rule::RecordRef record) const {
    return parts_.sources[record.source].features[record.row];
  }
  std::string_view text(rule::RecordRef record, std::size_t field) const {
    return parts_.texts[record.source].field(record.row, field);
  }
  std::string_view text_of(rule::RecordRef record, int field) const {
    return field < 0 ? std::string_view{} : text(record, static_cast<std::size_t>(field));
  }
  rule::Value id_value(rule::RecordRef record, std::size_t field, std::string_view raw) const;
  rule::Value county_of_place(rule::RecordRef record) const;
  rule::Value county_of_delivery(rule::RecordRef record) const;
  text::IdNumber id_number(rule::RecordRef record) const;
  void standardise_numbers();
  void standardise_numbers(std::size_t source, std::size_t field);
  void name_divisions();

  // Fields that facts are made from; -1: the source has none.
  struct FactFields {
    int id_number = -1;
    int relation = -1;
    int household = -1;
  };

  ViewParts parts_;
  std::vector<rule::SourceStatus> statuses_;
  std::vector<std::vector<std::uint32_t>> coverage_;  // per source: codes of 2 to 6 digits, today's
  std::vector<FactFields> fact_fields_;
  std::unordered_map<std::uint64_t, std::string> divisions_;
  std::vector<HouseholdNames> household_names_;  // per source
  std::unordered_map<std::uint64_t, std::string>
      numbers_;  // standardised ID numbers that differ from the raw text
};

}  // namespace bidui::workspace
