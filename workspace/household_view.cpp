#include "workspace/household_view.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <set>

#include "matcher/compare/compare_birth.h"
#include "matcher/compare/compare_id.h"
#include "matcher/compare/compare_name.h"
#include "matcher/compare/compare_place.h"
#include "matcher/model/model.h"
#include "matcher/model/scorer.h"
#include "matcher/text/relation.h"
#include "workspace/household_facts.h"
#include "workspace/person_records.h"
#include "workspace/run_artefacts.h"

namespace bidui::workspace {
namespace {

using compare::Comparison;

// A person's records, and where the person stands in the view.
struct Person {
  std::vector<RecordPlace> records;
  bool asked = false;
};

// Without a run: the same number and name, or without number the same name and birth date.
bool plainly_same(const record::PersonFeatures& a, const record::PersonFeatures& b) {
  const compare::NameLevel name = compare::compare_name(a, b);
  const bool like = name >= compare::NameLevel::kExact && name <= compare::NameLevel::kFormerName;
  const compare::IdLevel id = compare::compare_id(a, b);
  if (id == compare::IdLevel::kMissing) return like && a.birth != 0 && a.birth == b.birth;
  return like && id >= compare::IdLevel::kEqual && id <= compare::IdLevel::kTwoEdits;
}

class Builder {
 public:
  Builder(const Workspace& workspace, RecordReader& reader, const KeptRun* run,
          const HouseholdRequest& request)
      : workspace_(workspace), reader_(reader), run_(run), request_(request) {}

  Result<HouseholdView> build() {
    columns_.resize(reader_.sources().size());
    note_run();
    BIDUI_TRY(gather());
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
  // The households: those of the records asked for; in the other sources the one that shares most
  // members with them. Their members, and all records of these people.
  Status gather() {
    asked_.insert(request_.records.begin(), request_.records.end());
    std::set<RecordPlace> members = asked_;
    for (const RecordPlace place : request_.records) {
      const std::string_view household = reader_.at(place).household();
      if (household.empty() || !columns_[place.source].empty()) continue;
      BIDUI_TRY(add_household(place.source, household, members));
    }
    BIDUI_TRY(add_persons(members));
    const std::vector<RecordPlace> base(members.begin(), members.end());
    for (std::size_t s = 0; s < columns_.size(); ++s) {
      if (!columns_[s].empty()) continue;
      const std::string household = commonest_household(s);
      if (!household.empty()) BIDUI_TRY(add_household(s, household, members));
    }
    if (members.size() != base.size()) BIDUI_TRY(add_persons(members));
    if (run_ == nullptr || !view_.current) join_unlinked();
    order_persons();
    return {};
  }

  Status add_household(std::size_t source, std::string_view household,
                       std::set<RecordPlace>& members) {
    columns_[source] = household;
    Result<std::vector<RecordPlace>> own = reader_.members(source, household);
    BIDUI_TRY(own);
    if (own->size() > kMaxMembers) {
      own->resize(kMaxMembers);
      view_.cut = true;
    }
    members.insert(own->begin(), own->end());
    return {};
  }

  // All records of the people who have one of `members`.
  Status add_persons(const std::set<RecordPlace>& members) {
    std::vector<RecordPlace> fresh;
    for (const RecordPlace place : members) {
      if (!person_of_.contains(place)) fresh.push_back(place);
    }
    const auto found = persons_of(reader_, run_, fresh);
    BIDUI_TRY(found);
    for (const std::vector<RecordPlace>& records : *found) {
      if (person_of_.contains(records.front())) continue;
      Person person{.records = records};
      for (const RecordPlace place : records) {
        person_of_[place] = persons_.size();
        person.asked = person.asked || (!request_.whole_household && asked_.contains(place));
      }
      persons_.push_back(std::move(person));
    }
    return {};
  }

  std::string commonest_household(std::size_t source) const {
    std::map<std::string, std::size_t> counts;
    for (const Person& person : persons_) {
      for (const RecordPlace place : person.records) {
        const std::string_view household = reader_.at(place).household();
        if (place.source == source && !household.empty()) ++counts[std::string(household)];
      }
    }
    const auto best = std::ranges::max_element(
        counts, [](const auto& a, const auto& b) { return a.second < b.second; });
    return best == counts.end() ? std::string() : best->first;
  }

  // People whom no run has linked yet.
  void join_unlinked() {
    for (std::size_t p = 0; p < persons_.size(); ++p) {
      for (std::size_t q = p + 1; q < persons_.size();) {
        const record::PersonFeatures& a = reader_.at(persons_[p].records.front()).features();
        const record::PersonFeatures& b = reader_.at(persons_[q].records.front()).features();
        if (!plainly_same(a, b)) {
          ++q;
          continue;
        }
        auto& own = persons_[p].records;
        own.insert(own.end(), persons_[q].records.begin(), persons_[q].records.end());
        std::ranges::sort(own);
        persons_[p].asked = persons_[p].asked || persons_[q].asked;
        persons_.erase(persons_.begin() + static_cast<std::ptrdiff_t>(q));
      }
    }
  }

  // The head first, then those of the first source in its order, then the others.
  void order_persons() {
    const auto rank = [&](const Person& person) {
      const RecordPlace first = person.records.front();
      const bool head = std::ranges::any_of(person.records, [&](RecordPlace place) {
        const ReadRecord& record = reader_.at(place);
        return record.household() == columns_[place.source] &&
               text::parse_relation(record.text("relation")).is_head;
      });
      return std::pair(!head, first);
    };
    std::ranges::stable_sort(persons_, {}, rank);
  }

  void describe_sources() {
    for (std::size_t s = 0; s < columns_.size(); ++s) {
      const RunSource& source = reader_.sources()[s];
      SourceSide side{.instance = source.instance,
                      .title = source.schema->title,
                      .as_of = source.as_of(),
                      .delivered = source.delivered(),
                      .household = columns_[s]};
      std::vector<const ReadRecord*> records;
      for (const Person& person : persons_) {
        for (const RecordPlace place : person.records) {
          const ReadRecord& record = reader_.at(place);
          if (place.source != s || (!columns_[s].empty() && record.household() != columns_[s]))
            continue;
          records.push_back(&record);
        }
      }
      side.records = records.size();
      for (const ReadRecord* record : records) {
        if (side.address.empty()) side.address = masked_address(*record);
      }
      side.facts = household_facts(records, request_.all_facts);
      view_.sources.push_back(std::move(side));
    }
  }

  // The civil registry's record, else the first with a sound number, else the first.
  RecordPlace reference_of(const Person& person) const {
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
    for (const Person& person : persons_) {
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
    m.name = record.masked("name");
    m.id_number = record.masked("id_number");
    m.id_state = id_state_title(record.features());
    m.id_state_en = id_state_title(record.features(), false);
    m.birth = date_text(record.features().birth);
    m.relation = record.masked("relation");
    m.household = record.household();
    m.other_household = !m.household.empty() && m.household != columns_[m.source];
    m.reference = &record == &reference;
    if (m.reference) return m;
    m.level = level_between(record.features(), reference.features());
    add_differences(record, reference, m.differences);
    return m;
  }

  static void add_differences(const ReadRecord& record, const ReadRecord& reference,
                              std::vector<Difference>& differences) {
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
    add(Comparison::kName, static_cast<int>(compare::compare_name(a, b)), 1, record.masked("name"));
    add(Comparison::kId, static_cast<int>(compare::compare_id(a, b)), 2,
        record.masked("id_number"));
    // A date without its day says nothing against the whole one.
    const compare::BirthLevel birth = compare::compare_birth(a.birth, b.birth);
    if (birth != compare::BirthLevel::kPartial)
      add(Comparison::kBirth, static_cast<int>(birth), 1, date_text(a.birth));
    add(Comparison::kSex, static_cast<int>(compare::compare_sex(a.sex, b.sex)), 1,
        record.masked("sex"));
  }

  // What changed of which one of the members' records has to do with.
  Status add_lineage() {
    Result<Lineage> all = load_lineage(workspace_.store(), run_->id());
    BIDUI_TRY(all);
    std::set<std::string> shown;
    for (const auto& [place, person] : person_of_) shown.insert(reader_.at(place).name());
    std::erase_if(all->rows, [&](const LineageRow& row) {
      return std::ranges::none_of(row.records,
                                  [&](const std::string& r) { return shown.contains(r); });
    });
    view_.lineage = std::move(*all);
    return {};
  }

  Status add_possible() {
    std::vector<std::uint32_t> numbers;
    for (const auto& [place, person] : person_of_) {
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
    for (const Person& person : persons_) {
      for (const RecordPlace place : person.records)
        hashes.push_back(flag_record_hash(reader_.at(place).name()));
    }
    const Result<std::vector<std::string>> ids = run_->flags_of(hashes);
    BIDUI_TRY(ids);
    FlagReader flags;
    for (const std::string& id : *ids) {
      const auto text = workspace_.store().flag(id);
      BIDUI_TRY(text);
      if (!*text) continue;
      Result<FlagState> state = decode_flag_state(id, **text);
      BIDUI_TRY(state);
      if (state->flag.status != flag::Status::kGone)
        view_.flags.push_back(flags.describe(std::move(*state)));
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

  const Workspace& workspace_;
  RecordReader& reader_;
  const KeptRun* run_;
  const HouseholdRequest& request_;
  HouseholdView view_;
  std::vector<std::string> columns_;  // the household shown of each source
  std::set<RecordPlace> asked_;
  std::vector<Person> persons_;
  std::map<RecordPlace, std::size_t> person_of_;
};

}  // namespace

Result<HouseholdView> view_household(const Workspace& workspace, RecordReader& reader,
                                     const KeptRun* run, const HouseholdRequest& request) {
  return Builder(workspace, reader, run, request).build();
}

std::string date_text(std::uint32_t packed) {
  const std::uint32_t year = packed / 10000;
  const std::uint32_t month = packed / 100 % 100;
  if (year == 0) return {};
  if (month == 0) return fmt::format("{:04}", year);
  if (packed % 100 == 0) return fmt::format("{:04}-{:02}", year, month);
  return fmt::format("{:04}-{:02}-{:02}", year, month, packed % 100);
}

std::string id_state_title(const record::PersonFeatures& person, bool chinese) {
  switch (person.id_class) {
    case record::IdClass::kMissing:
      return chinese ? "无证号" : "no number";
    case record::IdClass::kUnverified:
      return chinese ? "证号未校验" : "number without check digit";
    case record::IdClass::kInvalid:
      return chinese ? "证号无效" : "number cannot be right";
    case record::IdClass::kPrefix:
      return chinese ? "证号被截断" : "number cut off";
    case record::IdClass::kValid:
      break;
  }
  return {};
}

}  // namespace bidui::workspace
