#include "workspace/source_changes.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "matcher/base/bilingual_error.h"
#include "workspace/as_of.h"
#include "workspace/field_value.h"
#include "workspace/household_names.h"
#include "workspace/place_names.h"
#include "workspace/run_source.h"
#include "workspace/source_texts.h"
#include "workspace/stored_record.h"

namespace bidui::workspace {
namespace {

constexpr std::uint32_t kNone = 0xFFFFFFFF;

// A list as of a day.
struct Edition {
  RunSource source{};
  SourceTexts texts{};
  HouseholdNames names{};
  std::vector<bool> present{};                 // of each row: not struck off
  std::vector<std::string_view> households{};  // of each row, "" if none
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> members{};
};

std::vector<std::string> dates_of(const store::Store& store, const std::string& instance) {
  std::set<std::string> dates;
  for (const store::DeliveryInfo& delivery : store.deliveries()) {
    if (delivery.instance == instance) dates.insert(delivery.as_of);
  }
  return {dates.begin(), dates.end()};
}

std::string_view code_of(const schema::Schema& schema, std::string_view field,
                         std::string_view text) {
  const auto at = schema.find_field(field);
  if (!at) return {};
  const rule::Value value = field_value(schema.fields[*at], text);
  return value.kind == rule::ValueKind::kText ? value.text : std::string_view{};
}

// What a person is found again by, where the key is another.
std::uint64_t number_of(const record::PersonFeatures& f) {
  const bool whole =
      f.id_class == record::IdClass::kValid || f.id_class == record::IdClass::kUnverified;
  return whole ? f.id_digits : 0;
}
std::uint64_t name_and_birth(const record::PersonFeatures& f) {
  if (f.name_hash == 0 || f.birth == 0) return 0;
  return (std::uint64_t{f.name_hash} << 32) | f.birth;
}

class ChangeFinder {
 public:
  ChangeFinder(const Workspace& workspace, const schema::Schema& schema)
      : workspace_(workspace), schema_(schema) {}

  Result<SourceChanges> run(const std::string& instance, const std::string& before,
                            const std::string& after) {
    result_.instance = instance;
    result_.before = before;
    result_.after = after;
    BIDUI_TRY(load(instance, before, before_));
    BIDUI_TRY(load(instance, after, after_));
    result_.title = after_.source.title();
    match();
    BIDUI_TRY(load_facts());
    count_persons();
    count_households();
    sum_up();
    return std::move(result_);
  }

 private:
  Status load(const std::string& instance, const std::string& day, Edition& edition) {
    std::vector<store::DeliveryInfo> usable;
    for (store::DeliveryInfo& delivery : workspace_.store().deliveries()) {
      if (delivery.instance == instance && delivery.as_of <= day)
        usable.push_back(std::move(delivery));
    }
    edition.source = {.instance = instance, .schema = &schema_};
    edition.source.deliveries = store::newest_deliveries(usable);
    BIDUI_TRY(load_features(workspace_.store(), edition.source));
    std::vector<std::size_t> fields;
    for (const std::string_view id : {"name", "birth", "township", "village", "cancelled"}) {
      if (const auto field = schema_.find_field(id)) fields.push_back(*field);
    }
    std::ranges::copy(HouseholdNames::fields(schema_), std::back_inserter(fields));
    Result<SourceTexts> texts = SourceTexts::load(workspace_.store(), edition.source, fields);
    BIDUI_TRY(texts);
    edition.texts = std::move(*texts);
    edition.names = HouseholdNames(schema_, edition.texts);
    edition.present.assign(edition.source.rows(), true);
    edition.households.resize(edition.source.rows());
    const auto cancelled = schema_.find_field("cancelled");
    std::unordered_map<std::string_view, bool> struck;
    for (std::uint32_t row = 0; row < edition.source.rows(); ++row) {
      if (cancelled) {
        const std::string_view text = edition.texts.field(row, *cancelled);
        const auto [at, added] = struck.try_emplace(text, false);
        if (added) {
          const std::string_view code = code_of(schema_, "cancelled", text);
          at->second = code == "cancelled" || code == "moved_out";
        }
        edition.present[row] = !at->second;
      }
      if (!schema_.household) continue;
      edition.households[row] = edition.names.of(edition.texts, row);
      if (edition.present[row] && !edition.households[row].empty())
        edition.members[edition.households[row]].push_back(row);
    }
    return {};
  }

  // Rows of the two editions that are one person: by key, then by number, then by name and birth;
  // each row once. Struck-off rows are matched too, so that their persons are known to be the same.
  void match() {
    later_.assign(before_.source.rows(), kNone);
    earlier_.assign(after_.source.rows(), kNone);
    std::unordered_map<std::string_view, std::uint32_t> keys;
    for (std::uint32_t row = 0; row < after_.source.rows(); ++row)
      keys.emplace(after_.texts.key(row), row);
    for (std::uint32_t row = 0; row < before_.source.rows(); ++row) {
      const auto at = keys.find(before_.texts.key(row));
      if (at != keys.end()) take(row, at->second);
    }
    match_by(number_of);
    match_by(name_and_birth);
  }

  void take(std::uint32_t before, std::uint32_t after) {
    if (later_[before] != kNone || earlier_[after] != kNone) return;
    later_[before] = after;
    earlier_[after] = before;
  }

  void match_by(std::uint64_t (*value_of)(const record::PersonFeatures&)) {
    std::unordered_map<std::uint64_t, std::uint32_t> rows;
    for (std::uint32_t row = 0; row < after_.source.rows(); ++row) {
      const std::uint64_t value = value_of(after_.source.features[row]);
      if (earlier_[row] == kNone && value != 0) rows.emplace(value, row);
    }
    for (std::uint32_t row = 0; row < before_.source.rows(); ++row) {
      const std::uint64_t value = value_of(before_.source.features[row]);
      if (later_[row] != kNone || value == 0) continue;
      const auto at = rows.find(value);
      if (at != rows.end()) take(row, at->second);
    }
  }

  // Whether the person of an earlier row stands in the later list, and the other way round.
  bool stays(std::uint32_t before) const {
    return later_[before] != kNone && after_.present[later_[before]];
  }
  bool was_there(std::uint32_t after) const {
    return earlier_[after] != kNone && before_.present[earlier_[after]];
  }

  // What the registries know of those who joined or left, by number.
  Status load_facts() {
    std::unordered_set<std::uint64_t> wanted;
    for (std::uint32_t row = 0; row < before_.source.rows(); ++row) {
      if (before_.present[row] && !stays(row))
        wanted.insert(number_of(before_.source.features[row]));
    }
    for (std::uint32_t row = 0; row < after_.source.rows(); ++row) {
      if (after_.present[row] && !was_there(row))
        wanted.insert(number_of(after_.source.features[row]));
    }
    wanted.erase(0);
    const std::vector<store::DeliveryInfo> all = workspace_.store().deliveries();
    for (const store::DeliveryInfo& delivery : store::newest_deliveries(all)) {
      if (delivery.source == "civil" || delivery.source == "death")
        BIDUI_TRY(read_facts(delivery, wanted));
    }
    return {};
  }

  Status read_facts(const store::DeliveryInfo& delivery,
                    const std::unordered_set<std::uint64_t>& wanted) {
    std::vector<std::uint32_t> rows;
    std::vector<std::uint64_t> numbers;
    BIDUI_TRY(workspace_.store().scan_features(delivery.id, [&](std::uint32_t first,
                                                                std::span<const std::byte> bytes) {
      const auto* const features = reinterpret_cast<const record::PersonFeatures*>(bytes.data());
      for (std::size_t i = 0; i < bytes.size() / sizeof(record::PersonFeatures); ++i) {
        const std::uint64_t number = number_of(features[i]);
        if (number == 0 || !wanted.contains(number)) continue;
        rows.push_back(first + static_cast<std::uint32_t>(i));
        numbers.push_back(number);
      }
    }));
    const Result<const schema::Schema*> schema = workspace_.schema_of(delivery.instance);
    BIDUI_TRY(schema);
    std::size_t next = 0;
    StoredRecord record;
    return workspace_.store().read_records(
        delivery.id, rows, [&](std::uint32_t, std::string_view bytes) {
          const std::uint64_t number = numbers[next++];
          PersonFacts& facts = facts_[number];
          if (delivery.source == "death") {
            facts.dead = true;
            return;
          }
          if (!record.decode(bytes)) return;
          const auto text = [&](std::string_view field) {
            const auto at = (*schema)->find_field(field);
            return at ? record.field(*at) : std::string_view{};
          };
          facts.change_reason = code_of(**schema, "change_reason", text("change_reason"));
          facts.cancelled = code_of(**schema, "cancelled", text("cancelled"));
          if (const auto at = (*schema)->find_field("change_date"))
            facts.change_date = masked_text((*schema)->fields[*at], record.field(*at));
        });
  }

  PersonFacts facts_of(const record::PersonFeatures& person) const {
    const auto at = facts_.find(number_of(person));
    return at == facts_.end() ? PersonFacts{} : at->second;
  }

  // Each division is named once.
  const PlaceNames& names_of(std::uint64_t division) {
    const auto [at, added] = names_.try_emplace(division);
    if (added && division != 0) at->second = place_names(std::to_string(division));
    return at->second;
  }

  PlaceNames place_of(const Edition& edition, std::uint32_t row) {
    PlaceNames names = names_of(edition.source.features[row].division);
    const auto written = [&](std::string_view field) {
      const auto at = schema_.find_field(field);
      return at ? edition.texts.field(row, *at) : std::string_view{};
    };
    if (names.township.empty()) names.township = written("township");
    if (names.village.empty()) names.village = village_name(written("village"));
    return names;
  }

  void note(MemberChange change, const Edition& edition, std::uint32_t row, std::string other) {
    PlaceNames place = place_of(edition, row);
    ++townships_[place.township].changes[static_cast<std::size_t>(change)];
    const auto masked = [&](std::string_view field) {
      const auto at = schema_.find_field(field);
      return at ? masked_text(schema_.fields[*at], edition.texts.field(row, *at)) : std::string();
    };
    result_.persons.push_back({.change = change,
                               .township = std::move(place.township),
                               .village = std::move(place.village),
                               .record = std::string(edition.texts.key(row)),
                               .household = std::string(edition.households[row]),
                               .name = masked("name"),
                               .birth = masked("birth"),
                               .other = std::move(other)});
  }

  void count_persons() {
    for (std::uint32_t row = 0; row < before_.source.rows(); ++row) {
      if (!before_.present[row]) continue;
      const std::string township = place_of(before_, row).township;
      ++townships_[township].before;
      if (!stays(row)) {
        note(reason_left(facts_of(before_.source.features[row])), before_, row, {});
      } else if (place_of(after_, later_[row]).township != township) {
        note(MemberChange::kToHousehold, before_, row, std::string(after_.households[later_[row]]));
      }
    }
    for (std::uint32_t row = 0; row < after_.source.rows(); ++row) {
      if (!after_.present[row]) continue;
      const std::string township = place_of(after_, row).township;
      ++townships_[township].after;
      if (!was_there(row)) {
        const record::PersonFeatures& person = after_.source.features[row];
        note(reason_joined(facts_of(person), person.birth, result_.before), after_, row, {});
      } else if (place_of(before_, earlier_[row]).township != township) {
        note(MemberChange::kFromHousehold, after_, row,
             std::string(before_.households[earlier_[row]]));
      }
    }
  }

  void count_households() {
    for (const auto& [household, rows] : after_.members) {
      TownshipChange& township = townships_[place_of(after_, rows.front()).township];
      ++township.households_after;
      if (before_.members.contains(household)) continue;
      bool known = false;
      bool goes_on = false;
      for (const std::uint32_t row : rows) {
        if (!was_there(row)) continue;
        known = true;
        goes_on = goes_on || after_.members.contains(before_.households[earlier_[row]]);
      }
      township.new_households += known ? 0 : 1;
      township.split += goes_on ? 1 : 0;
    }
    for (const auto& [household, rows] : before_.members) {
      TownshipChange& township = townships_[place_of(before_, rows.front()).township];
      ++township.households_before;
      if (after_.members.contains(household)) continue;
      bool known = false;
      bool was_before = false;
      for (const std::uint32_t row : rows) {
        if (!stays(row)) continue;
        known = true;
        was_before = was_before || before_.members.contains(after_.households[later_[row]]);
      }
      township.gone_households += known ? 0 : 1;
      township.merged += was_before ? 1 : 0;
    }
  }

  void sum_up() {
    for (auto& [name, township] : townships_) {
      township.township = name;
      TownshipChange& all = result_.all;
      all.before += township.before;
      all.after += township.after;
      for (std::size_t c = 0; c < kMemberChanges; ++c) all.changes[c] += township.changes[c];
      all.households_before += township.households_before;
      all.households_after += township.households_after;
      all.new_households += township.new_households;
      all.split += township.split;
      all.merged += township.merged;
      all.gone_households += township.gone_households;
      result_.townships.push_back(std::move(township));
    }
    std::ranges::sort(result_.persons, [](const ChangedPerson& a, const ChangedPerson& b) {
      return std::tie(a.change, a.township, a.village, a.record) <
             std::tie(b.change, b.township, b.village, b.record);
    });
  }

  const Workspace& workspace_;
  const schema::Schema& schema_;
  Edition before_;
  Edition after_;
  std::vector<std::uint32_t> later_;    // of each earlier row
  std::vector<std::uint32_t> earlier_;  // of each later row
  std::unordered_map<std::uint64_t, PersonFacts> facts_;
  std::unordered_map<std::uint64_t, PlaceNames> names_;  // by division
  std::map<std::string, TownshipChange> townships_;
  SourceChanges result_;
};

}  // namespace

bool TownshipChange::closes() const {
  const auto sum = [&](std::size_t from, std::size_t to) {
    return std::accumulate(changes.begin() + static_cast<std::ptrdiff_t>(from),
                           changes.begin() + static_cast<std::ptrdiff_t>(to), std::uint64_t{0});
  };
  return before + sum(0, kJoinChanges) == after + sum(kJoinChanges, kMemberChanges);
}

Result<SourceChanges> source_changes(const Workspace& workspace, const ChangeOptions& options) {
  const Result<const schema::Schema*> schema = workspace.schema_of(options.instance);
  BIDUI_TRY(schema);
  const std::vector<std::string> dates = dates_of(workspace.store(), options.instance);
  for (const std::string* day : {&options.from, &options.to}) {
    if (day->empty() || check_as_of(*day)) continue;
    return bilingual_error(ErrorCode::kInvalidArgument,
                           "--from、--to 须是日期，写作 年-月-日，例如 2017-11-20",
                           "--from and --to are dates YYYY-MM-DD, for example 2017-11-20", *day);
  }
  // The newest delivery's date up to a day, "" if there is none.
  const auto newest_until = [&](const std::string& day, bool before) {
    std::string newest;
    for (const std::string& date : dates) {
      if (day.empty() || (before ? date < day : date <= day)) newest = date;
    }
    return newest;
  };
  const std::string after = newest_until(options.to, false);
  const std::string before =
      options.from.empty() ? newest_until(after, true) : newest_until(options.from, false);
  if (after.empty() || before.empty() || before >= after) {
    std::string known;
    for (const std::string& date : dates) known += (known.empty() ? "" : ", ") + date;
    return bilingual_error(
        ErrorCode::kNotFound,
        "要有两个日期的数据才能看增减；现有：" + (known.empty() ? "无" : known),
        "deliveries of two dates are needed; there are: " + (known.empty() ? "none" : known),
        options.instance);
  }
  return ChangeFinder(workspace, **schema).run(options.instance, before, after);
}

}  // namespace bidui::workspace
