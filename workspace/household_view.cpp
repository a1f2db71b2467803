#include "workspace/household_view.h"

#include <algorithm>
#include <array>
#include <set>

#include "matcher/compare/compare_birth.h"
#include "matcher/compare/compare_id.h"
#include "matcher/compare/compare_name.h"
#include "matcher/compare/compare_place.h"
#include "matcher/model/model.h"
#include "matcher/model/scorer.h"
#include "workspace/household_facts.h"
#include "workspace/id_state_words.h"
#include "workspace/person_records.h"
#include "workspace/record_words.h"
#include "workspace/reveal_evidence.h"
#include "workspace/run_artefacts.h"

namespace bidui::workspace {
namespace {

using compare::Comparison;

class Builder {
 public:
  Builder(const LookupSnapshot& snapshot, RecordReader& reader, const HouseholdRequest& request)
      : snapshot_(snapshot),
        store_(snapshot.workspace().store()),
        reader_(reader),
        run_(snapshot.run()),
        request_(request) {}

  Result<HouseholdView> build() {
    view_.values = request_.values;
    note_run();
    Result<HouseholdMembers> members = household_members(reader_, run_, view_.current, request_);
    BIDUI_TRY(members);
    columns_ = std::move(members->columns);
    persons_ = std::move(members->persons);
    view_.cut = members->cut;
    for (const ShownPerson& person : persons_)
      shown_.insert(person.records.begin(), person.records.end());
    std::set<std::string> divisions;
    for (const RecordPlace place : shown_)
      divisions.insert(division_code(reader_.at(place).features()));
    divisions.erase("");
    view_.divisions.assign(divisions.begin(), divisions.end());
    describe_sources();
    describe_members();
    if (run_ != nullptr) {
      BIDUI_TRY(add_possible());
      BIDUI_TRY(add_lineage());
      BIDUI_TRY(add_flags());
    }
    return std::move(view_);
  }

 private:
  void describe_sources() {
    for (std::size_t s = 0; s < columns_.size(); ++s) {
      const RunSource& source = reader_.sources()[s];
      SourceSide side{.instance = source.instance,
                      .title = source.title(),
                      .title_en = source.title(Locale::kEnglish),
                      .as_of = source.as_of(),
                      .delivered = source.delivered(),
                      .household = columns_[s]};
      std::vector<const ReadRecord*> records;
      for (const ShownPerson& person : persons_) {
        for (const RecordPlace place : person.records) {
          const ReadRecord& record = reader_.at(place);
          if (place.source != s || (!columns_[s].empty() && record.household() != columns_[s]))
            continue;
          records.push_back(&record);
        }
      }
      side.records = records.size();
      for (const ReadRecord* record : records) {
        if (side.address.empty()) side.address = place_words(*record, request_.values);
      }
      side.facts = household_facts(records, request_.all_facts, request_.values);
      view_.sources.push_back(std::move(side));
    }
  }

  // The civil registry's record, else the first with a sound number, else the first.
  RecordPlace reference_of(const ShownPerson& person) const {
    const std::size_t spine = reader_.sources().size() - 1;
    for (const RecordPlace place : person.records) {
      if (place.source == spine) return place;
    }
    for (const RecordPlace place : person.records) {
      if (reader_.at(place).features().id_class == record::IdClass::kValid) return place;
    }
    return person.records.front();
  }

  void describe_members() {
    for (const ShownPerson& person : persons_) {
      Member member{.asked = person.asked};
      const RecordPlace reference = reference_of(person);
      for (const RecordPlace place : person.records)
        member.records.push_back(describe(reader_.at(place), reader_.at(reference)));
      view_.members.push_back(std::move(member));
    }
  }

  MemberRecord describe(const ReadRecord& record, const ReadRecord& reference) const {
    MemberRecord m;
    m.source = record.place().source;
    m.record = record.name();
    if (record.stored().file() < record.delivery().files.size())
      m.file = record.delivery().files[record.stored().file()];
    m.row = record.stored().row();
    m.name = record.shown("name", request_.values);
    m.id_number = record.shown("id_number", request_.values);
    m.id_state = id_state_title(record.features());
    m.id_state_en = id_state_title(record.features(), false);
    m.birth = birth_text(record.features().birth, request_.values);
    m.relation = record.masked("relation");
    m.household = record.household();
    m.other_household = !m.household.empty() && m.household != columns_[m.source];
    m.reference = &record == &reference;
    if (m.reference) return m;
    m.level = level_between(record.features(), reference.features());
    add_differences(record, reference, m.differences);
    return m;
  }

  void add_differences(const ReadRecord& record, const ReadRecord& reference,
                       std::vector<Difference>& differences) const {
    const record::PersonFeatures& a = record.features();
    const record::PersonFeatures& b = reference.features();
    const auto add = [&](Comparison comparison, int level, int agreed, std::string value) {
      const int c = static_cast<int>(comparison);
      if (level <= agreed) return;
      differences.push_back({.field = std::string(model::comparison_name(c)),
                             .title = std::string(model::comparison_title(c)),
                             .level = std::string(model::level_name(c, level)),
                             .level_title = std::string(model::level_title(c, level)),
                             .value = std::move(value)});
    };
    add(Comparison::kName, static_cast<int>(compare::compare_name(a, b)), 1,
        record.shown("name", request_.values));
    add(Comparison::kId, static_cast<int>(compare::compare_id(a, b)), 2,
        record.shown("id_number", request_.values));
    // A date without its day says nothing against the whole one.
    const compare::BirthLevel birth = compare::compare_birth(a.birth, b.birth);
    if (birth != compare::BirthLevel::kPartial)
      add(Comparison::kBirth, static_cast<int>(birth), 1, birth_text(a.birth, request_.values));
    add(Comparison::kSex, static_cast<int>(compare::compare_sex(a.sex, b.sex)), 1,
        record.masked("sex"));
  }

  // What changed of which one of the members' records has to do with.
  Status add_lineage() {
    Result<Lineage> all = snapshot_.lineage();
    BIDUI_TRY(all);
    std::set<std::string> shown;
    for (const RecordPlace place : shown_) shown.insert(reader_.at(place).name());
    std::erase_if(all->rows, [&](const LineageRow& row) {
      return std::ranges::none_of(row.records,
                                  [&](const std::string& r) { return shown.contains(r); });
    });
    view_.lineage = std::move(*all);
    return {};
  }

  Status add_possible() {
    std::vector<std::uint32_t> numbers;
    for (const RecordPlace place : shown_) {
      if (const auto number = number_of(reader_, *run_, place)) numbers.push_back(*number);
    }
    const Result<std::vector<KeptLink>> links = run_->links_of(numbers);
    BIDUI_TRY(links);
    for (const KeptLink& link : *links) {
      const auto a = place_of(reader_, *run_, link.a);
      const auto b = place_of(reader_, *run_, link.b);
      if (link.decided || !a || !b) continue;
      const std::array places = {*a, *b};
      BIDUI_TRY(reader_.load(places));
      view_.possible.push_back({.left = reader_.at(*a).name(),
                                .right = reader_.at(*b).name(),
                                .weight = link.weight,
                                .probability = model::probability_of(link.weight)});
    }
    return {};
  }

  Status add_flags() {
    std::vector<std::uint64_t> hashes;
    for (std::size_t s = 0; s < columns_.size(); ++s) {
      if (!columns_[s].empty())
        hashes.push_back(flag_household_hash(view_.sources[s].instance + ":" + columns_[s]));
    }
    for (const ShownPerson& person : persons_) {
      for (const RecordPlace place : person.records)
        hashes.push_back(flag_record_hash(reader_.at(place).name()));
    }
    const Result<std::vector<std::string>> ids = run_->flags_of(hashes);
    BIDUI_TRY(ids);
    FlagReader flags = snapshot_.flag_reader();
    for (const std::string& id : *ids) {
      const auto text = store_.flag(id);
      BIDUI_TRY(text);
      if (!*text) continue;
      Result<FlagState> state = decode_flag_state(id, **text);
      BIDUI_TRY(state);
      if (state->flag.status == flag::Status::kGone) continue;
      const Result<std::vector<KeptStep>> steps = load_steps(store_, id);
      BIDUI_TRY(steps);
      view_.flags.push_back(flags.describe(std::move(*state)));
      if (request_.values == Values::kFull) BIDUI_TRY(reveal_evidence(reader_, view_.flags.back()));
      view_.flags.back().done = fold_steps(*steps);
    }
    std::ranges::sort(view_.flags, flag::ranks_before,
                      [](const ShownFlag& shown) -> const flag::Flag& { return shown.state.flag; });
    return {};
  }

  void note_run() {
    if (run_ == nullptr) return;
    std::vector<store::DeliveryInfo> current;
    for (const RunSource& source : reader_.sources())
      current.insert(current.end(), source.deliveries.begin(), source.deliveries.end());
    view_.run = run_->id();
    view_.current = run_->saw(current);
  }

  const LookupSnapshot& snapshot_;
  const store::Store& store_;
  RecordReader& reader_;
  const KeptRun* run_;
  const HouseholdRequest& request_;
  HouseholdView view_;
  std::vector<std::string> columns_;  // the household shown of each source
  std::vector<ShownPerson> persons_;
  std::set<RecordPlace> shown_;  // their records
};

}  // namespace

Result<HouseholdView> view_household(const LookupSnapshot& snapshot, RecordReader& reader,
                                     const HouseholdRequest& request) {
  return Builder(snapshot, reader, request).build();
}

}  // namespace bidui::workspace
