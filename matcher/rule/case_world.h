// A small linked world written by hand: what a case file beside a rule describes. Slow and plain;
// it also judges other views in tests.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/rule/json_reader.h"
#include "matcher/rule/named_parents.h"
#include "matcher/rule/view.h"

namespace bidui::rule {

class CaseWorld final : public View {
 public:
  // `world` is an object (docs/rules.md, "Case files"):
  //   "today": "2017-11-30",
  //   "sources": {"civil": {"as_of": "2017-10-31", "covers": [340826], "records": [
  //       {"key": "c1", "household": "100", "name": "…", FIELD or FACT: value, …}, …]}, …},
  //   "links": [["poverty:p1", "civil:c1", "L3"], …],
  //   "names": [["poverty:p1", "civil:c1", "variant"], …]
  // Defaults: as_of is today; covers is everything; id_state is valid where there is an id_number,
  // else missing; id_region its first six digits; county_code and listed_by those of
  // its division; the first record of a household is its head;
  // equal names are equal, others different; equal addresses are one house, others not. Records are
  // numbered in the order given. `sources` must outlive the world.
  static Result<std::unique_ptr<CaseWorld>> build(const std::vector<SourceType>& sources,
                                                  const JsonReader& world);

  DayNumber evaluation_day() const override { return today_; }
  SourceStatus status(SourceIndex source) const override;
  bool covers_region(SourceIndex source, std::uint32_t region) const override;
  bool covers(SourceIndex source, RecordRef record) const override;
  std::uint32_t record_count(SourceIndex source) const override;
  std::uint32_t household_count(SourceIndex source) const override;
  Value field(RecordRef record, FieldIndex field) const override;
  Value fact(RecordRef record, Fact fact) const override;
  std::string display(RecordRef record, FieldIndex field) const override;
  std::span<const Link> links(RecordRef record, SourceIndex source) const override;
  std::span<const RecordRef> same_number(RecordRef record, SourceIndex source) const override;
  NameRelation name_relation(RecordRef left, RecordRef right) const override;
  std::optional<bool> same_house(RecordRef left, RecordRef right) const override;
  std::span<const RecordRef> kin(RecordRef record, Kin kin) const override;
  std::span<const RecordRef> children_in(RecordRef record, SourceIndex source) const override;
  std::span<const RecordRef> parents_in(RecordRef record, SourceIndex source) const override;
  std::span<const HouseholdLink> splits(HouseholdRef household, Split split) const override;
  std::optional<HouseholdRef> household(RecordRef record) const override;
  std::string_view household_key(HouseholdRef household) const override;
  std::span<const RecordRef> members(HouseholdRef household) const override;
  std::span<const HouseholdLink> household_links(HouseholdRef household,
                                                 SourceIndex source) const override;

  // "source:key" of a record or household.
  std::string name_of(RecordRef record) const;
  std::string name_of(HouseholdRef household) const;

 private:
  struct Record {
    std::string key;
    std::optional<std::uint32_t> household;
    std::vector<Value> fields;
    std::map<Fact, Value> facts;
    std::map<SourceIndex, std::vector<Link>> links;
    std::map<SourceIndex, std::vector<RecordRef>> same_number;
  };
  struct Household {
    std::string key;
    std::vector<RecordRef> members;
    std::map<SourceIndex, std::vector<HouseholdLink>> links;
  };
  struct Source {
    SourceStatus status;
    std::vector<std::uint32_t> covers;
    std::vector<Record> records;
    std::vector<Household> households;
    Kinship kinship;
    NamedParents named_parents;
  };

  explicit CaseWorld(const std::vector<SourceType>& sources)
      : types_(sources), sources_(sources.size()) {}

  Status read_source(const JsonReader& reader, SourceIndex index);
  Status read_record(const JsonReader& reader, SourceIndex index);
  Status read_value(const JsonReader& reader, const std::string& name, SourceIndex index,
                    Record& record);
  void add_default_facts(SourceIndex index, Record& record);
  Status read_links(const JsonReader& reader);
  Status read_names(const JsonReader& reader);
  Result<RecordRef> find_record(const JsonReader& reader) const;
  void join_household(SourceIndex index, const std::string& key, Record& record);
  void add_link(RecordRef from, RecordRef to, LinkLevel level);
  void link_households();
  void find_same_numbers();
  void find_kin(SourceIndex index);
  std::uint64_t number_of(RecordRef record) const;  // identity of the ID number; 0: none
  Value own_text(std::string text);
  const Record& at(RecordRef record) const;

  const std::vector<SourceType>& types_;
  DayNumber today_ = 0;
  std::vector<Source> sources_;
  std::map<std::pair<RecordRef, RecordRef>, NameRelation> names_;
  std::vector<std::unique_ptr<std::string>> texts_;  // what values point to
};

// Field or fact value of a kind from JSON: dates are texts "2016-05". nullopt for another kind.
std::optional<Value> value_of_json(const boost::json::value& json, ValueKind kind);

}  // namespace bidui::rule
