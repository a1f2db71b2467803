#include "workspace/household_members.h"

#include <algorithm>
#include <map>
#include <set>

#include "matcher/compare/compare_id.h"
#include "matcher/compare/compare_name.h"
#include "matcher/text/relation.h"
#include "workspace/person_records.h"

namespace bidui::workspace {
namespace {

// Without a run: the same number and name, or without number the same name and birth date.
bool plainly_same(const record::PersonFeatures& a, const record::PersonFeatures& b) {
  const compare::NameLevel name = compare::compare_name(a, b);
  const bool like = name >= compare::NameLevel::kExact && name <= compare::NameLevel::kFormerName;
  const compare::IdLevel id = compare::compare_id(a, b);
  if (id == compare::IdLevel::kMissing) return like && a.birth != 0 && a.birth == b.birth;
  return like && id >= compare::IdLevel::kEqual && id <= compare::IdLevel::kTwoEdits;
}

class MemberSearch {
 public:
  MemberSearch(RecordReader& reader, const KeptRun* run, bool current,
               const HouseholdRequest& request)
      : reader_(reader), run_(run), current_(current), request_(request) {}

  Result<HouseholdMembers> gather() {
    members_.columns.resize(reader_.sources().size());
    asked_.insert(request_.records.begin(), request_.records.end());
    std::set<RecordPlace> members = asked_;
    for (const RecordPlace place : request_.records) {
      const std::string_view household = reader_.at(place).household();
      if (household.empty() || !members_.columns[place.source].empty()) continue;
      BIDUI_TRY(add_household(place.source, household, members));
    }
    BIDUI_TRY(add_persons(members));
    const std::vector<RecordPlace> base(members.begin(), members.end());
    for (std::size_t s = 0; s < members_.columns.size(); ++s) {
      if (!members_.columns[s].empty()) continue;
      const std::string household = commonest_household(s);
      if (!household.empty()) BIDUI_TRY(add_household(s, household, members));
    }
    if (members.size() != base.size()) BIDUI_TRY(add_persons(members));
    if (run_ == nullptr || !current_) join_unlinked();
    order_persons();
    return std::move(members_);
  }

 private:
  Status add_household(std::size_t source, std::string_view household,
                       std::set<RecordPlace>& members) {
    members_.columns[source] = household;
    Result<std::vector<RecordPlace>> own = reader_.members(source, household);
    BIDUI_TRY(own);
    if (own->size() > kMaxMembers) {
      own->resize(kMaxMembers);
      members_.cut = true;
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
      ShownPerson person{.records = records};
      for (const RecordPlace place : records) {
        person_of_[place] = members_.persons.size();
        person.asked = person.asked || (!request_.whole_household && asked_.contains(place));
      }
      members_.persons.push_back(std::move(person));
    }
    return {};
  }

  std::string commonest_household(std::size_t source) const {
    std::map<std::string, std::size_t> counts;
    for (const ShownPerson& person : members_.persons) {
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
    for (std::size_t p = 0; p < members_.persons.size(); ++p) {
      for (std::size_t q = p + 1; q < members_.persons.size();) {
        const record::PersonFeatures& a =
            reader_.at(members_.persons[p].records.front()).features();
        const record::PersonFeatures& b =
            reader_.at(members_.persons[q].records.front()).features();
        if (!plainly_same(a, b)) {
          ++q;
          continue;
        }
        auto& own = members_.persons[p].records;
        own.insert(own.end(), members_.persons[q].records.begin(),
                   members_.persons[q].records.end());
        std::ranges::sort(own);
        members_.persons[p].asked = members_.persons[p].asked || members_.persons[q].asked;
        members_.persons.erase(members_.persons.begin() + static_cast<std::ptrdiff_t>(q));
      }
    }
  }

  // The head first, then those of the first source in its order, then the others.
  void order_persons() {
    const auto rank = [&](const ShownPerson& person) {
      const RecordPlace first = person.records.front();
      const bool head = std::ranges::any_of(person.records, [&](RecordPlace place) {
        const ReadRecord& record = reader_.at(place);
        return record.household() == members_.columns[place.source] &&
               text::parse_relation(record.text("relation")).is_head;
      });
      return std::pair(!head, first);
    };
    std::ranges::stable_sort(members_.persons, {}, rank);
  }

  RecordReader& reader_;
  const KeptRun* run_;
  bool current_;
  const HouseholdRequest& request_;
  HouseholdMembers members_;
  std::set<RecordPlace> asked_;
  std::map<RecordPlace, std::size_t> person_of_;
};

}  // namespace

Result<HouseholdMembers> household_members(RecordReader& reader, const KeptRun* run, bool current,
                                           const HouseholdRequest& request) {
  return MemberSearch(reader, run, current, request).gather();
}

}  // namespace bidui::workspace
