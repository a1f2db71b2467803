#include "workspace/household_history.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <set>

#include "matcher/flag/disposition_words.h"
#include "matcher/key/fuzzy_key.h"
#include "matcher/rule/calendar.h"
#include "workspace/field_value.h"
#include "workspace/household_facts.h"
#include "workspace/record_words.h"
#include "workspace/shown_flag.h"

namespace bidui::workspace {
namespace {

constexpr std::array<std::string_view, 13> kKindNames = {
    "listed", "joined", "left", "split",     "split_from", "merged_from", "merged_into",
    "gone",   "fact",   "flag", "flag_gone", "step",       "persons"};

bool same_person(const ReadRecord& a, const ReadRecord& b) {
  const std::string_view key = a.stored().key();
  if (key == b.stored().key() && !key.starts_with('#')) return true;
  const record::PersonFeatures& x = a.features();
  const record::PersonFeatures& y = b.features();
  if (x.id_digits != 0 && x.id_digits == y.id_digits && x.id_class == y.id_class) return true;
  return x.name_hash != 0 && x.name_hash == y.name_hash && x.birth != 0 && x.birth == y.birth &&
         (x.id_digits == 0 || y.id_digits == 0);
}

class HistoryBuilder {
 public:
  HistoryBuilder(const Workspace& workspace, RecordReader& reader, const HouseholdView& view)
      : workspace_(workspace), reader_(reader), view_(view) {}

  Result<HouseholdHistory> build() {
    for (const SourceSide& side : view_.sources) {
      if (side.household.empty()) continue;
      const auto source = reader_.find_source(side.instance);
      if (source) BIDUI_TRY(follow(*source, side.household));
    }
    if (history_.deliveries.empty()) BIDUI_TRY(follow_records());
    BIDUI_TRY(add_flags());
    BIDUI_TRY(add_lineage());
    std::ranges::stable_sort(history_.events, {}, &HistoryEvent::date);
    return std::move(history_);
  }

 private:
  using Places = std::vector<RecordPlace>;

  void add(std::string date, EventKind kind, const std::string& source, std::string zh,
           std::string en) {
    history_.events.push_back(
        {std::move(date), kind, source, title_of(source), std::move(zh), std::move(en)});
  }

  std::string title_of(const std::string& instance) const {
    const auto source = instance.empty() ? std::nullopt : reader_.find_source(instance);
    return source ? reader_.sources()[*source].title() : std::string();
  }

  const store::DeliveryInfo& delivery(std::size_t source, std::size_t d) const {
    return reader_.sources()[source].deliveries[d];
  }

  static Places of_delivery(const Places& places, std::size_t d) {
    Places own;
    std::ranges::copy_if(places, std::back_inserter(own),
                         [d](RecordPlace p) { return p.delivery == d; });
    return own;
  }

  // A household's records in one delivery.
  Result<Places> members_in(std::size_t source, std::size_t d, std::string_view household) {
    const Result<Places> all = reader_.members(source, household);
    BIDUI_TRY(all);
    return of_delivery(*all, d);
  }

  // The person's record in a delivery of the source, in any household.
  Result<std::optional<RecordPlace>> find_in(const ReadRecord& person, std::size_t source,
                                             std::optional<std::size_t> d) {
    std::vector<std::uint64_t> hashes = {reader_.keys().record_key(person.stored().key())};
    key::KeyList keys;
    key::append_person_keys(person.features(), keys);
    for (const key::FuzzyKey& key : keys.keys()) {
      if (key.kind == key::KeyKind::kId) hashes.push_back(reader_.keys().keyed(key.hash));
    }
    const Result<Places> places = reader_.find(hashes, source);
    BIDUI_TRY(places);
    const Places own = d ? of_delivery(*places, *d) : newest_only(source, *places);
    BIDUI_TRY(reader_.load(own));
    for (const RecordPlace place : own) {
      if (same_person(reader_.at(place), person)) return std::optional(place);
    }
    return std::optional<RecordPlace>{};
  }

  // Of the deliveries that count now.
  Places newest_only(std::size_t source, const Places& places) const {
    const auto newest = store::newest_deliveries(reader_.sources()[source].deliveries);
    Places own;
    for (const RecordPlace place : places) {
      const store::DeliveryId id = delivery(source, place.delivery).id;
      if (std::ranges::find(newest, id, &store::DeliveryInfo::id) != newest.end())
        own.push_back(place);
    }
    return own;
  }

  static std::string_view code_of(const ReadRecord& record, std::string_view field) {
    const auto at = record.schema().find_field(field);
    if (!at) return {};
    const rule::Value value = field_value(record.schema().fields[*at], record.stored().field(*at));
    return value.kind == rule::ValueKind::kText ? value.text : std::string_view{};
  }

  // What the registries know of the person today.
  Result<PersonFacts> facts_of(const ReadRecord& person) {
    PersonFacts facts;
    for (std::size_t s = 0; s < reader_.sources().size(); ++s) {
      const std::string& base = reader_.sources()[s].schema->source;
      if (base != "civil" && base != "death") continue;
      if (person.place().source == s && base == "death") continue;
      const auto place = find_in(person, s, std::nullopt);
      BIDUI_TRY(place);
      if (!*place) continue;
      if (base == "death") {
        facts.dead = true;
        continue;
      }
      const ReadRecord& record = reader_.at(**place);
      facts.change_reason = code_of(record, "change_reason");
      facts.cancelled = code_of(record, "cancelled");
      facts.change_date = record.masked("change_date");
    }
    return facts;
  }

  // Records that count as members: of the civil registry those that are not struck off.
  bool is_member(RecordPlace place) {
    const ReadRecord& record = reader_.at(place);
    const std::string_view state = code_of(record, "cancelled");
    return state != "cancelled" && state != "moved_out";
  }

  Status follow(std::size_t source, const std::string& household) {
    Result<Places> all = reader_.members(source, household);
    BIDUI_TRY(all);
    std::erase_if(*all, [&](RecordPlace p) { return !is_member(p); });
    std::map<std::string, std::vector<std::size_t>> by_coverage;
    const RunSource& own = reader_.sources()[source];
    for (std::size_t d = 0; d < own.deliveries.size(); ++d)
      by_coverage[own.deliveries[d].coverage].push_back(d);
    for (const auto& [coverage, deliveries] : by_coverage) {
      const bool here = std::ranges::any_of(
          deliveries, [&](std::size_t d) { return !of_delivery(*all, d).empty(); });
      if (!here) continue;
      std::optional<std::size_t> before;
      for (const std::size_t d : deliveries) {
        const Places members = of_delivery(*all, d);
        history_.deliveries.push_back({own.instance, own.title(), own.deliveries[d].as_of,
                                       household, static_cast<std::uint32_t>(members.size())});
        const Places earlier = before ? of_delivery(*all, *before) : Places{};
        if (before) {
          BIDUI_TRY(compare({source, *before, d, household}, earlier, members));
        } else if (!members.empty()) {
          note_listed(source, d, members);
        }
        before = d;
      }
    }
    return {};
  }

  // Of people who belong to no household: which deliveries have them.
  Status follow_records() {
    for (const Member& member : view_.members) {
      for (const MemberRecord& record : member.records) {
        const auto now = reader_.find_record(record.record);
        if (!now) continue;  // on several rows of its deliveries
        const ReadRecord& person = reader_.at(*now);
        const RunSource& own = person.source();
        for (std::size_t d = 0; d < own.deliveries.size(); ++d) {
          const auto there = find_in(person, now->source, d);
          BIDUI_TRY(there);
          if (*there)
            history_.deliveries.push_back(
                {own.instance, own.title(), own.deliveries[d].as_of, "", 1});
        }
      }
    }
    return {};
  }

  struct Span {
    std::size_t source;
    std::size_t before;
    std::size_t after;
    const std::string& household;
  };

  void note_listed(std::size_t source, std::size_t d, const Places& members) {
    std::string names;
    for (const RecordPlace place : members)
      names += (names.empty() ? "" : "、") + reader_.at(place).masked("name");
    add(delivery(source, d).as_of, EventKind::kListed, reader_.sources()[source].instance,
        fmt::format("首批数据 {} 人：{}", members.size(), names),
        fmt::format("first delivery, {}: {}", members.size(), names));
  }

  // Who is in `some` and not in `others`.
  Places only_in(const Places& some, const Places& others) const {
    Places only;
    std::ranges::copy_if(some, std::back_inserter(only), [&](RecordPlace p) {
      return std::ranges::none_of(
          others, [&](RecordPlace o) { return same_person(reader_.at(p), reader_.at(o)); });
    });
    return only;
  }

  // The name of the household that the person was of in another delivery, "" if of none; nothing
  // where the person was not in force there.
  Result<std::optional<std::string>> household_in(const ReadRecord& person, std::size_t source,
                                                  std::size_t delivery) {
    const auto found = find_in(person, source, delivery);
    BIDUI_TRY(found);
    if (!*found || !is_member(**found)) return std::optional<std::string>();
    return std::optional<std::string>(reader_.at(**found).household_name());
  }

  Status compare(const Span& span, const Places& earlier, const Places& members) {
    const std::string& date = delivery(span.source, span.after).as_of;
    const std::string& instance = reader_.sources()[span.source].instance;
    std::set<std::string> from;  // households
    std::set<std::string> to;
    for (const RecordPlace place : only_in(members, earlier)) {
      const ReadRecord& person = reader_.at(place);
      const auto before = household_in(person, span.source, span.before);
      BIDUI_TRY(before);
      const Result<PersonFacts> facts = facts_of(person);
      BIDUI_TRY(facts);
      const MemberChange change = *before ? MemberChange::kFromHousehold
                                          : reason_joined(*facts, person.features().birth,
                                                          delivery(span.source, span.before).as_of);
      const std::string other = before->value_or("");
      if (!other.empty()) from.insert(other);
      note_member(date, instance, EventKind::kJoined, person, change, other);
    }
    for (const RecordPlace place : only_in(earlier, members)) {
      const ReadRecord& person = reader_.at(place);
      const auto after = household_in(person, span.source, span.after);
      BIDUI_TRY(after);
      const Result<PersonFacts> facts = facts_of(person);
      BIDUI_TRY(facts);
      const MemberChange change = *after ? MemberChange::kToHousehold : reason_left(*facts);
      const std::string other = after->value_or("");
      if (!other.empty()) to.insert(other);
      note_member(date, instance, EventKind::kLeft, person, change, other);
    }
    BIDUI_TRY(note_households(span, earlier.empty(), members.empty(), from, to));
    if (!earlier.empty() && !members.empty()) note_facts(span, earlier, members);
    return {};
  }

  void note_member(const std::string& date, const std::string& instance, EventKind kind,
                   const ReadRecord& person, MemberChange change, const std::string& other) {
    const std::string name = person.masked("name");
    const std::string born = person.masked("birth");
    const std::string who = born.empty() ? name : name + "（" + born + "）";
    const bool joined = kind == EventKind::kJoined;
    add(date, kind, instance,
        fmt::format("{}{}：{}{}", joined ? "增加 " : "减少 ", who,
                    member_change_title(change, true), other.empty() ? "" : " " + other),
        fmt::format("{} {}: {}{}", joined ? "joined" : "left", who,
                    member_change_title(change, false), other.empty() ? "" : " " + other));
  }

  Status note_households(const Span& span, bool is_new, bool is_gone,
                         const std::set<std::string>& from, const std::set<std::string>& to) {
    const std::string& date = delivery(span.source, span.after).as_of;
    const std::string& instance = reader_.sources()[span.source].instance;
    for (const std::string& other : from) {
      const auto goes_on = members_in(span.source, span.after, other);
      BIDUI_TRY(goes_on);
      if (is_new && !goes_on->empty())
        add(date, EventKind::kSplitFrom, instance, "由 " + other + " 分户而来",
            "split from " + other);
      if (goes_on->empty())
        add(date, EventKind::kMergedFrom, instance, "并入了 " + other + "（该户不再存在）",
            "took in " + other + ", which is no more");
    }
    for (const std::string& other : to) {
      const auto was = members_in(span.source, span.before, other);
      BIDUI_TRY(was);
      if (was->empty())
        add(date, EventKind::kSplit, instance, "分出新户 " + other, "split off " + other);
      if (is_gone && !was->empty())
        add(date, EventKind::kMergedInto, instance, "并入 " + other, "merged into " + other);
    }
    if (is_gone)
      add(date, EventKind::kGone, instance, "这批数据中已没有这一户",
          "the household is in this delivery no more");
    return {};
  }

  std::map<std::string, Fact> shared_facts(const Places& places) const {
    std::vector<const ReadRecord*> records;
    for (const RecordPlace place : places) records.push_back(&reader_.at(place));
    std::map<std::string, Fact> facts;
    for (Fact& fact : household_facts(records, false)) {
      const std::string field = fact.field;
      if (fact.record.empty()) facts.emplace(field, std::move(fact));
    }
    return facts;
  }

  void note_facts(const Span& span, const Places& earlier, const Places& members) {
    const auto before = shared_facts(earlier);
    for (const auto& [field, fact] : shared_facts(members)) {
      const auto was = before.find(field);
      if (was != before.end() && was->second.value == fact.value) continue;
      const std::string old = was == before.end() ? "" : was->second.value;
      add(delivery(span.source, span.after).as_of, EventKind::kFact,
          reader_.sources()[span.source].instance,
          fmt::format("{}：{} → {}", fact.title, old.empty() ? "（空）" : old, fact.value),
          fmt::format("{}: {} -> {}", fact.field, old.empty() ? "(empty)" : old, fact.value));
    }
  }

  std::string date_of_run(const std::string& id) {
    const auto known = run_dates_.find(id);
    if (known != run_dates_.end()) return known->second;
    const Result<KeptRun> run = KeptRun::find(workspace_.store(), id);
    return run_dates_.emplace(id, run ? run->evaluation_date() : std::string()).first->second;
  }

  std::set<std::string> record_names() const {
    std::set<std::string> names;
    for (const Member& member : view_.members) {
      for (const MemberRecord& record : member.records) names.insert(record.record);
    }
    return names;
  }

  Status add_flags() {
    const Result<std::vector<FlagState>> states = load_flag_states(workspace_.store());
    BIDUI_TRY(states);
    std::set<std::string> subjects = record_names();
    for (const SourceSide& side : view_.sources) {
      if (!side.household.empty()) subjects.insert(side.instance + ":" + side.household);
    }
    FlagReader reader(workspace_.store());
    for (const FlagState& state : *states) {
      if (!subjects.contains(state.flag.source + ":" + state.flag.subject) &&
          !subjects.contains(state.household))
        continue;
      BIDUI_TRY(add_flag(reader.describe(state)));
    }
    return {};
  }

  Status add_flag(const ShownFlag& shown) {
    const FlagState& state = shown.state;
    const auto note = [&](const std::string& date, EventKind kind, const std::string& zh,
                          const std::string& en) {
      add(date, kind, {}, shown.title + " " + state.flag.flag_id + "：" + zh,
          shown.title_en + " " + state.flag.flag_id + ": " + en);
    };
    note(date_of_run(state.first_run), EventKind::kFlagRaised, "提出（" + state.first_run + "）",
         "raised in " + state.first_run);
    if (state.flag.status == flag::Status::kGone)
      note(date_of_run(state.last_run), EventKind::kFlagGone, "消失（" + state.last_run + "）",
           "gone in " + state.last_run);
    const Result<std::vector<KeptStep>> steps = load_steps(workspace_.store(), state.flag.flag_id);
    BIDUI_TRY(steps);
    for (const KeptStep& step : *steps) {
      const flag::Word& action = flag::word_of(step.taken.step.action);
      const flag::Word& to = flag::word_of(step.taken.to);
      const rule::DayNumber on = step.taken.step.on;
      note(rule::format_date({on, on}), EventKind::kStep,
           fmt::format("{} → {}（{}）", action.zh, to.zh, step.taken.step.by),
           fmt::format("{} -> {} ({})", action.en, to.en, step.taken.step.by));
    }
    return {};
  }

  Status add_lineage() {
    const Result<std::vector<store::RunInfo>> runs = workspace_.store().runs();
    BIDUI_TRY(runs);
    const std::set<std::string> names = record_names();
    for (const store::RunInfo& run : *runs) {
      const Result<Lineage> lineage = load_lineage(workspace_.store(), run.id);
      BIDUI_TRY(lineage);
      for (const LineageRow& row : lineage->rows) {
        const bool ours = std::ranges::any_of(
            row.records, [&](const std::string& r) { return names.contains(r); });
        if (!ours || row.change == EntityChange::kRenamed) continue;
        const bool merged = row.change == EntityChange::kMerged;
        const std::string what =
            row.before == row.after ? row.after : row.before + " → " + row.after;
        add(date_of_run(run.id), EventKind::kPersons, {},
            fmt::format("{}：{} {}", run.id, merged ? "归并为一人" : "不再是一人", what),
            fmt::format("{}: {} {}", run.id, entity_change_name(row.change), what));
      }
    }
    return {};
  }

  const Workspace& workspace_;
  RecordReader& reader_;
  const HouseholdView& view_;
  std::map<std::string, std::string> run_dates_;
  HouseholdHistory history_;
};

}  // namespace

std::string_view event_kind_name(EventKind kind) {
  return kKindNames[static_cast<std::size_t>(kind)];
}

Result<HouseholdHistory> household_history(const Workspace& workspace, const HouseholdView& view) {
  Result<RecordReader> reader = RecordReader::open_history(workspace);
  BIDUI_TRY(reader);
  return HistoryBuilder(workspace, *reader, view).build();
}

}  // namespace bidui::workspace
