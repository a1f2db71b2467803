#include "matcher/rule/case_world.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <utility>

#include "matcher/base/hash.h"
#include "matcher/rule/calendar.h"
#include "matcher/rule/facts.h"
#include "matcher/rule/suggest.h"
#include "matcher/rule/type.h"

namespace bidui::rule {

std::optional<Value> value_of_json(const boost::json::value& json, ValueKind kind) {
  if (kind == ValueKind::kBoolean && json.is_bool()) return Value::of_boolean(json.get_bool());
  if (kind == ValueKind::kNumber && json.is_number()) {
    return Value::of_number(json.to_number<double>());
  }
  if (!json.is_string()) return std::nullopt;
  const std::string_view text(json.get_string().data(), json.get_string().size());
  if (kind == ValueKind::kText) return Value::of_text(text);
  if (kind != ValueKind::kDate) return std::nullopt;
  const auto range = parse_date_text(text);
  if (!range) return std::nullopt;
  return Value::of_date(*range);
}

Result<std::unique_ptr<CaseWorld>> CaseWorld::build(const std::vector<SourceType>& sources,
                                                    const JsonReader& world) {
  std::unique_ptr<CaseWorld> made(new CaseWorld(sources));
  const auto today = world.member("today");
  if (!today) return today.error();
  const auto day = value_of_json(today->value(), ValueKind::kDate);
  if (!day || !day->date.is_full())
    return today->error({"这里应是完整的日期", "a full date should stand here"});
  made->today_ = day->date.first;
  const auto given = world.member("sources");
  if (!given) return given.error();
  const auto members = given->members();
  if (!members) return members.error();
  for (const auto& [name, reader] : *members) {
    const int index = find_source(sources, name);
    if (index < 0) return reader.error({"没有来源“" + name + "”", "unknown source '" + name + "'"});
    BIDUI_TRY(made->read_source(reader, static_cast<SourceIndex>(index)));
  }
  if (world.has("links")) BIDUI_TRY(made->read_links(*world.member("links")));
  if (world.has("names")) BIDUI_TRY(made->read_names(*world.member("names")));
  made->link_households();
  made->find_same_numbers();
  for (std::size_t s = 0; s < sources.size(); ++s) made->find_kin(static_cast<SourceIndex>(s));
  return made;
}

Status CaseWorld::read_source(const JsonReader& reader, SourceIndex index) {
  BIDUI_TRY(reader.allow_keys({"as_of", "covers", "records"}));
  Source& source = sources_[index];
  source.status = {.delivered = true, .as_of = today_};
  if (reader.has("as_of")) {
    const auto as_of = reader.member("as_of");
    const auto day = value_of_json(as_of->value(), ValueKind::kDate);
    if (!day) return as_of->error({"这里应是日期", "a date should stand here"});
    source.status.as_of = day->date.first;
  }
  if (reader.has("covers")) {
    const auto regions = reader.member("covers")->items();
    if (!regions) return regions.error();
    for (const JsonReader& region : *regions) {
      const auto code = region.whole_number();
      if (!code) return code.error();
      source.covers.push_back(static_cast<std::uint32_t>(*code));
    }
  }
  const auto records = reader.member("records");
  if (!records) return records.error();
  const auto items = records->items();
  if (!items) return items.error();
  for (const JsonReader& item : *items) BIDUI_TRY(read_record(item, index));
  return {};
}

Status CaseWorld::read_record(const JsonReader& reader, SourceIndex index) {
  Record record;
  record.fields.resize(types_[index].fields.size());
  const auto key = reader.member("key");
  if (!key) return key.error();
  record.key = key->text_or_empty();
  record.facts[Fact::kKey] = own_text(record.key);
  const auto members = reader.members();
  if (!members) return members.error();
  for (const auto& [name, value] : *members) {
    if (name == "key") continue;
    if (name == "household") {
      join_household(index, value.text_or_empty(), record);
      continue;
    }
    BIDUI_TRY(read_value(value, name, index, record));
  }
  add_default_facts(index, record);
  sources_[index].records.push_back(std::move(record));
  return {};
}

Status CaseWorld::read_value(const JsonReader& reader, const std::string& name, SourceIndex index,
                             Record& record) {
  const int field = find_field(types_[index], name);
  const FactType* fact = find_fact(name);
  if (field < 0 && fact == nullptr) {
    std::vector<std::string> names;
    for (const Field& known : types_[index].fields) names.push_back(known.name);
    return reader.error(Bilingual{fmt::format("{} 没有字段“{}”", types_[index].name, name),
                                  fmt::format("{} has no field '{}'", types_[index].name, name)} +
                        suggestion(name, names));
  }
  const ValueKind kind =
      field < 0 ? fact->kind
                : value_kind(types_[index].fields[static_cast<std::size_t>(field)].type);
  auto value = value_of_json(reader.value(), kind);
  if (!value) {
    const Bilingual wanted = type_name(Type::of(kind), types_);
    return reader.error({"这里应是" + wanted.zh, "a " + wanted.en + " should stand here"});
  }
  if (value->kind == ValueKind::kText) value = own_text(std::string(value->text));
  if (field < 0) {
    record.facts[fact->fact] = *value;
  } else {
    record.fields[static_cast<std::size_t>(field)] = *value;
  }
  return {};
}

void CaseWorld::add_default_facts(SourceIndex index, Record& record) {
  const int field = find_field(types_[index], "id_number");
  const Value number = field < 0 ? Value() : record.fields[static_cast<std::size_t>(field)];
  const bool has_number = number.kind == ValueKind::kText;
  record.facts.try_emplace(Fact::kIdState, own_text(has_number ? "valid" : "missing"));
  std::uint32_t region = 0;
  if (has_number && number.text.size() >= 6) {
    std::from_chars(number.text.data(), number.text.data() + 6, region);
    record.facts.try_emplace(Fact::kIdRegion, Value::of_number(region));
  }
  if (const auto division = record.facts.find(Fact::kDivision);
      division != record.facts.end() && division->second.text.size() >= 6) {
    const std::string_view digits = division->second.text;
    std::from_chars(digits.data(), digits.data() + 6, region);
    record.facts.try_emplace(Fact::kCountyCode, Value::of_number(region));
    record.facts.try_emplace(Fact::kListedBy, Value::of_number(region));
  }
  const bool is_first =
      record.household && sources_[index].households[*record.household].members.size() == 1;
  record.facts.try_emplace(Fact::kIsHead, Value::of_boolean(is_first));
}

void CaseWorld::join_household(SourceIndex index, const std::string& key, Record& record) {
  Source& source = sources_[index];
  auto found = std::find_if(source.households.begin(), source.households.end(),
                            [&key](const Household& h) { return h.key == key; });
  if (found == source.households.end()) {
    found = source.households.insert(found, {.key = key, .members = {}, .links = {}});
  }
  record.household = static_cast<std::uint32_t>(found - source.households.begin());
  found->members.push_back({index, static_cast<std::uint32_t>(source.records.size())});
}

Result<RecordRef> CaseWorld::find_record(const JsonReader& reader) const {
  const auto name = reader.text();
  if (!name) return name.error();
  for (std::size_t s = 0; s < sources_.size(); ++s) {
    for (std::size_t row = 0; row < sources_[s].records.size(); ++row) {
      const RecordRef record{static_cast<SourceIndex>(s), static_cast<std::uint32_t>(row)};
      if (name_of(record) == *name) return record;
    }
  }
  return reader.error({"没有记录 " + *name, "there is no record " + *name});
}

Status CaseWorld::read_links(const JsonReader& reader) {
  const auto links = reader.items();
  if (!links) return links.error();
  for (const JsonReader& link : *links) {
    const auto parts = link.items();
    if (!parts || parts->size() != 3)
      return link.error({"链接写作 [记录, 记录, 级别]", "a link is [RECORD, RECORD, LEVEL]"});
    const auto left = find_record((*parts)[0]);
    if (!left) return left.error();
    const auto right = find_record((*parts)[1]);
    if (!right) return right.error();
    const std::string name = (*parts)[2].text_or_empty();
    LinkLevel level = LinkLevel::kNone;
    for (const LinkLevel known : {LinkLevel::kL1, LinkLevel::kL2, LinkLevel::kL3}) {
      if (name == level_name(known)) level = known;
    }
    if (level == LinkLevel::kNone)
      return (*parts)[2].error({"级别取 L1、L2、L3 之一", "level is one of L1, L2, L3"});
    add_link(*left, *right, level);
    add_link(*right, *left, level);
  }
  return {};
}

Status CaseWorld::read_names(const JsonReader& reader) {
  const auto pairs = reader.items();
  if (!pairs) return pairs.error();
  for (const JsonReader& pair : *pairs) {
    const auto parts = pair.items();
    if (!parts || parts->size() != 3)
      return pair.error({"一行写作 [记录, 记录, 关系]", "a line is [RECORD, RECORD, RELATION]"});
    const auto left = find_record((*parts)[0]);
    if (!left) return left.error();
    const auto right = find_record((*parts)[1]);
    if (!right) return right.error();
    const std::string code = (*parts)[2].text_or_empty();
    const auto codes = name_relation_codes();
    const auto found = std::find(codes.begin(), codes.end(), code);
    if (found == codes.end())
      return (*parts)[2].error({"不认识的姓名关系", "unknown name relation"});
    const auto relation = static_cast<NameRelation>(found - codes.begin() + 1);
    names_[{*left, *right}] = relation;
    names_[{*right, *left}] = relation;
  }
  return {};
}

void CaseWorld::add_link(RecordRef from, RecordRef to, LinkLevel level) {
  std::vector<Link>& links = sources_[from.source].records[from.row].links[to.source];
  links.push_back({to, level});
  std::sort(links.begin(), links.end(), [](const Link& a, const Link& b) {
    return a.level != b.level ? a.level > b.level : a.record < b.record;
  });
}

// Households are linked as strongly as the strongest link between their members.
void CaseWorld::link_households() {
  for (Source& source : sources_) {
    for (Household& household : source.households) {
      std::map<HouseholdRef, LinkLevel> strongest;
      for (const RecordRef member : household.members) {
        for (const auto& [other, links] : at(member).links) {
          for (const Link& link : links) {
            const auto theirs = this->household(link.record);
            if (!theirs) continue;
            LinkLevel& level = strongest[*theirs];
            level = std::max(level, link.level);
          }
        }
      }
      for (const auto& [theirs, level] : strongest) {
        household.links[theirs.source].push_back({theirs, level});
      }
      for (auto& [other, links] : household.links) {
        std::stable_sort(links.begin(), links.end(),
                         [](const auto& a, const auto& b) { return a.level > b.level; });
      }
    }
  }
}

void CaseWorld::find_same_numbers() {
  std::map<std::string_view, std::vector<RecordRef>> by_number;
  for (std::size_t s = 0; s < sources_.size(); ++s) {
    const int field = find_field(types_[s], "id_number");
    for (std::size_t row = 0; field >= 0 && row < sources_[s].records.size(); ++row) {
      const RecordRef record{static_cast<SourceIndex>(s), static_cast<std::uint32_t>(row)};
      const Value number = this->field(record, static_cast<FieldIndex>(field));
      if (number.is_unknown() || fact(record, Fact::kIdState).text != "valid") continue;
      by_number[number.text].push_back(record);
    }
  }
  for (const auto& [number, records] : by_number) {
    for (const RecordRef from : records) {
      for (const RecordRef to : records) {
        if (from == to) continue;
        sources_[from.source].records[from.row].same_number[to.source].push_back(to);
      }
    }
  }
}

void CaseWorld::find_kin(SourceIndex index) {
  Source& source = sources_[index];
  const auto text_of = [&](RecordRef record, std::string_view name) -> std::string_view {
    const int field = find_field(types_[index], name);
    const Value value = field < 0 ? Value() : this->field(record, static_cast<FieldIndex>(field));
    return value.is_unknown() ? std::string_view() : value.text;
  };
  const auto number = [&](RecordRef record, std::string_view name) {
    const std::string_view text = text_of(record, name);
    return text.empty() ? 0 : hash_bytes(text);
  };
  std::vector<KinRow> rows;
  for (std::uint32_t row = 0; row < source.records.size(); ++row) {
    const RecordRef record{index, row};
    const std::string_view former = text_of(record, "previous_household_no");
    const auto from = std::ranges::find(source.households, former, &Household::key);
    rows.push_back(
        {.number = number(record, "id_number"),
         .father = number(record, "father_id"),
         .mother = number(record, "mother_id"),
         .household = source.records[row].household.value_or(KinRow::kNone),
         .former_household = former.empty() || from == source.households.end()
                                 ? KinRow::kNone
                                 : static_cast<std::uint32_t>(from - source.households.begin()),
         .role = kin_role(text::parse_relation(text_of(record, "relation")))});
  }
  source.kinship = Kinship(index, rows, static_cast<std::uint32_t>(source.households.size()));
  std::vector<NamedParents::Bearer> others;
  for (std::size_t s = 0; s < sources_.size(); ++s) {
    for (std::uint32_t row = 0; s != index && row < sources_[s].records.size(); ++row) {
      const RecordRef record{static_cast<SourceIndex>(s), row};
      const std::uint64_t own = number_of(record);
      if (own != 0 && std::ranges::find(rows, own, &KinRow::number) == rows.end())
        others.push_back({own, record});
    }
  }
  source.named_parents = NamedParents(index, rows, std::move(others));
}

std::uint64_t CaseWorld::number_of(RecordRef record) const {
  const int field = find_field(types_[record.source], "id_number");
  const Value value = field < 0 ? Value() : this->field(record, static_cast<FieldIndex>(field));
  return value.is_unknown() ? 0 : hash_bytes(value.text);
}

Value CaseWorld::own_text(std::string text) {
  return Value::of_text(*texts_.emplace_back(std::make_unique<std::string>(std::move(text))));
}

const CaseWorld::Record& CaseWorld::at(RecordRef record) const {
  return sources_[record.source].records[record.row];
}

SourceStatus CaseWorld::status(SourceIndex source) const { return sources_[source].status; }

bool CaseWorld::covers_region(SourceIndex source, std::uint32_t region) const {
  const auto& covered = sources_[source].covers;
  return covered.empty() || std::find(covered.begin(), covered.end(), region) != covered.end();
}

bool CaseWorld::covers(SourceIndex source, RecordRef record) const {
  const Value division = fact(record, Fact::kDivision);
  if (division.is_unknown() || division.text.size() < 6) return true;
  std::uint32_t region = 0;
  std::from_chars(division.text.data(), division.text.data() + 6, region);
  return covers_region(source, region);
}

std::uint32_t CaseWorld::record_count(SourceIndex source) const {
  return static_cast<std::uint32_t>(sources_[source].records.size());
}

std::uint32_t CaseWorld::household_count(SourceIndex source) const {
  return static_cast<std::uint32_t>(sources_[source].households.size());
}

Value CaseWorld::field(RecordRef record, FieldIndex field) const {
  return at(record).fields[field];
}

Value CaseWorld::fact(RecordRef record, Fact fact) const {
  const auto& facts = at(record).facts;
  const auto found = facts.find(fact);
  return found == facts.end() ? Value::unknown() : found->second;
}

std::string CaseWorld::display(RecordRef record, FieldIndex field) const {
  const Value value = this->field(record, field);
  if (types_[record.source].fields[field].personal && !value.is_unknown()) return "*";
  return display_value(value);
}

std::span<const Link> CaseWorld::links(RecordRef record, SourceIndex source) const {
  const auto& links = at(record).links;
  const auto found = links.find(source);
  return found == links.end() ? std::span<const Link>() : found->second;
}

std::span<const RecordRef> CaseWorld::same_number(RecordRef record, SourceIndex source) const {
  const auto& same = at(record).same_number;
  const auto found = same.find(source);
  return found == same.end() ? std::span<const RecordRef>() : found->second;
}

NameRelation CaseWorld::name_relation(RecordRef left, RecordRef right) const {
  if (const auto given = names_.find({left, right}); given != names_.end()) return given->second;
  const auto name = [this](RecordRef record) {
    const int field = find_field(types_[record.source], "name");
    return field < 0 ? Value() : this->field(record, static_cast<FieldIndex>(field));
  };
  const Value a = name(left);
  const Value b = name(right);
  if (a.is_unknown() || b.is_unknown()) return NameRelation::kUnknown;
  return a.text == b.text ? NameRelation::kEqual : NameRelation::kDifferent;
}

std::optional<bool> CaseWorld::same_house(RecordRef left, RecordRef right) const {
  const auto address = [this](RecordRef record) {
    const int field = find_field(types_[record.source], "address");
    return field < 0 ? Value() : this->field(record, static_cast<FieldIndex>(field));
  };
  const Value a = address(left);
  const Value b = address(right);
  if (a.is_unknown() || b.is_unknown()) return std::nullopt;
  return a.text == b.text;
}

std::span<const RecordRef> CaseWorld::kin(RecordRef record, Kin kin) const {
  return sources_[record.source].kinship.kin(record.row, kin);
}

std::span<const RecordRef> CaseWorld::children_in(RecordRef record, SourceIndex source) const {
  const std::uint64_t number = number_of(record);
  if (record.source == source || number == 0 || !same_number(record, source).empty()) return {};
  return sources_[source].named_parents.children(number);
}

std::span<const RecordRef> CaseWorld::parents_in(RecordRef record, SourceIndex source) const {
  return sources_[record.source].named_parents.parents(record.row, source);
}

std::span<const HouseholdLink> CaseWorld::splits(HouseholdRef household, Split split) const {
  return sources_[household.source].kinship.splits(household.household, split);
}

std::optional<HouseholdRef> CaseWorld::household(RecordRef record) const {
  const auto household = at(record).household;
  if (!household) return std::nullopt;
  return HouseholdRef{record.source, *household};
}

std::string_view CaseWorld::household_key(HouseholdRef household) const {
  return sources_[household.source].households[household.household].key;
}

std::span<const RecordRef> CaseWorld::members(HouseholdRef household) const {
  return sources_[household.source].households[household.household].members;
}

std::span<const HouseholdLink> CaseWorld::household_links(HouseholdRef household,
                                                          SourceIndex source) const {
  const auto& links = sources_[household.source].households[household.household].links;
  const auto found = links.find(source);
  return found == links.end() ? std::span<const HouseholdLink>() : found->second;
}

std::string CaseWorld::name_of(RecordRef record) const {
  return types_[record.source].name + ":" + at(record).key;
}

std::string CaseWorld::name_of(HouseholdRef household) const {
  return types_[household.source].name + ":" + std::string(household_key(household));
}

}  // namespace bidui::rule
