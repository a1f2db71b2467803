#include "workspace/listed_source.h"

#include <algorithm>

#include "matcher/base/bilingual_error.h"
#include "matcher/text/mask.h"
#include "workspace/field_value.h"
#include "workspace/place_names.h"

namespace bidui::workspace {
namespace {

constexpr std::uint32_t kNone = link::PairedItem::kNone;

Result<std::optional<std::size_t>> field_of(const schema::Schema& schema, const std::string& id,
                                            std::optional<std::size_t> otherwise) {
  if (id.empty()) return otherwise;
  if (const auto field = schema.find_field(id)) return field;
  std::string known;
  for (const schema::Field& field : schema.fields) known += (known.empty() ? "" : ", ") + field.id;
  return bilingual_error(ErrorCode::kInvalidArgument, schema.title + "没有这个字段；有：" + known,
                         schema.source + " has no such field; it has: " + known, id);
}

const schema::CodeValue* code_of(const schema::Field& field, std::string_view text) {
  const rule::Value value = field_value(field, text);
  if (value.kind != rule::ValueKind::kText) return nullptr;
  const auto at = std::ranges::find(field.codes, value.text, &schema::CodeValue::code);
  return at == field.codes.end() ? nullptr : &*at;
}

bool has_value(const schema::Field& field, std::string_view text, const std::string& wanted) {
  const schema::CodeValue* const code =
      field.type == schema::SemanticType::kCode ? code_of(field, text) : nullptr;
  if (code != nullptr) return code->code == wanted || code->title == wanted;
  return text == wanted || list_value(field, text) == wanted;
}

std::string place_of(std::uint64_t division, std::string_view township, std::string_view village) {
  PlaceNames names;
  if (division != 0) names = place_names(std::to_string(division));
  if (names.township.empty()) names.township = township;
  if (names.village.empty()) names.village = village_name(village);
  return names.township + '\t' + names.village;
}

}  // namespace

std::string list_value(const schema::Field& field, std::string_view text) {
  if (field.type == schema::SemanticType::kCode) {
    if (const schema::CodeValue* const code = code_of(field, text)) return code->title;
  }
  if (field.type == schema::SemanticType::kYear) {
    const rule::Value year = field_value(field, text);
    if (year.kind == rule::ValueKind::kNumber) return std::to_string(static_cast<int>(year.number));
  }
  return masked_text(field, text);
}

std::string_view ListValues::township(std::uint32_t place) const {
  const std::string_view text = places.text(place);
  return text.substr(0, text.find('\t'));
}

std::string_view ListValues::village(std::uint32_t place) const {
  const std::string_view text = places.text(place);
  return text.substr(text.find('\t') + 1);
}

Result<RunSource> source_of_run(const store::Store& store, const KeptRun& run,
                                const schema::Schema& schema, std::string_view instance) {
  RunSource source{.instance = std::string(instance), .schema = &schema};
  std::string known;
  for (const KeptRun::SeenDelivery& seen : run.deliveries()) {
    if (known.find(seen.instance) == std::string::npos)
      known += (known.empty() ? "" : ", ") + seen.instance;
    if (seen.instance != instance) continue;
    if (!seen.id)
      return bilingual_error(
          ErrorCode::kNotFound, "这次比对用的数据后来撤回或替换了，请重新运行 bidui compare",
          "what the run saw was withdrawn or replaced: run bidui compare again", source.instance);
    Result<store::DeliveryInfo> delivery = store.delivery(*seen.id);
    BIDUI_TRY(delivery);
    source.deliveries.push_back(std::move(*delivery));
  }
  if (source.deliveries.empty())
    return bilingual_error(ErrorCode::kNotFound, "这次比对没有这个来源；有：" + known,
                           "the run has no such source; it has: " + known, source.instance);
  BIDUI_TRY(load_features(store, source));
  return source;
}

Result<ListedSource> ListedSource::load(const store::Store& store, const KeptRun& run,
                                        const schema::Schema& schema,
                                        std::span<const std::uint32_t> entities,
                                        const ListOptions& options, ListValues& values) {
  ListedSource list;
  Result<RunSource> source = source_of_run(store, run, schema, options.instance);
  BIDUI_TRY(source);
  list.source_ = std::move(*source);
  for (const KeptRun::SeenDelivery& seen : run.deliveries()) {
    if (seen.instance != options.instance) continue;
    list.first_record_ = seen.first;
    break;
  }
  auto kind = field_of(schema, options.kind, schema.kind);
  BIDUI_TRY(kind);
  list.kind_ = *kind;
  auto since = field_of(schema, options.since, schema.since);
  BIDUI_TRY(since);
  list.since_ = *since;
  auto group = field_of(schema, options.group, std::nullopt);
  BIDUI_TRY(group);
  list.group_ = *group;
  for (const RowFilter& filter : options.only) {
    const auto field = field_of(schema, filter.field, std::nullopt);
    BIDUI_TRY(field);
    list.only_.emplace_back(**field, filter.value);
  }
  list.by_household_ = options.unit == ListUnit::kHousehold && schema.household.has_value();

  std::vector<std::size_t> fields;
  const auto want = [&](std::optional<std::size_t> field) {
    if (field && std::ranges::find(fields, *field) == fields.end()) fields.push_back(*field);
  };
  for (const std::string_view id : {"name", "township", "village", "group", "address", "area"})
    want(schema.find_field(id));
  for (const std::string_view id : options.fields) want(schema.find_field(id));
  for (const std::size_t field : HouseholdNames::fields(schema)) want(field);
  want(list.kind_);
  want(list.since_);
  want(list.group_);
  for (const auto& [field, value] : list.only_) want(field);
  Result<SourceTexts> texts = SourceTexts::load(store, list.source_, fields);
  BIDUI_TRY(texts);
  list.texts_ = std::move(*texts);
  list.household_names_ = HouseholdNames(schema, list.texts_);
  list.make_items(options, entities, values);
  return list;
}

bool ListedSource::passes(std::uint32_t row,
                          const std::vector<std::pair<std::size_t, std::string>>& only) const {
  return std::ranges::all_of(only, [&](const auto& filter) {
    return has_value(source_.schema->fields[filter.first], texts_.field(row, filter.first),
                     filter.second);
  });
}

void ListedSource::make_items(const ListOptions& options, std::span<const std::uint32_t> entities,
                              ListValues& values) {
  const schema::Schema& schema = *source_.schema;
  const auto township = schema.find_field("township");
  const auto village = schema.find_field("village");
  // Rows of each household behind its first row.
  std::unordered_map<std::string_view, std::uint32_t> by_name;
  std::vector<std::vector<std::uint32_t>> members;
  item_of_row_.assign(source_.rows(), kNone);
  for (std::uint32_t row = 0; row < source_.rows(); ++row) {
    if (!options.only.empty() && !passes(row, only_)) continue;
    std::uint32_t item = static_cast<std::uint32_t>(members.size());
    if (by_household_) {
      const std::string_view name = household_names_.of(texts_, row);
      if (!name.empty()) item = by_name.try_emplace(name, item).first->second;
    }
    if (item == members.size()) members.emplace_back();
    members[item].push_back(row);
    item_of_row_[row] = item;
  }
  const auto value = [&](std::optional<std::size_t> field, std::span<const std::uint32_t> rows) {
    if (!field) return std::string();
    for (const std::uint32_t row : rows) {
      const std::string_view text = texts_.field(row, *field);
      if (!text.empty()) return list_value(schema.fields[*field], text);
    }
    return std::string();
  };
  const auto written = [&](std::optional<std::size_t> field, std::uint32_t row) {
    return field ? texts_.field(row, *field) : std::string_view{};
  };
  std::vector<std::uint32_t> persons;
  for (const std::vector<std::uint32_t>& rows : members) {
    const std::uint32_t row = rows.front();
    items_.push_back(
        {.row = row,
         .members = static_cast<std::uint32_t>(rows.size()),
         .place = values.places.number(place_of(source_.features[row].division,
                                                written(township, row), written(village, row))),
         .kind = values.kinds.number(value(kind_, rows)),
         .since = values.sinces.number(value(since_, rows)),
         .group = values.groups.number(value(group_, rows))});
    persons.clear();
    for (const std::uint32_t member : rows) persons.push_back(entities[record(member)]);
    persons_.add(persons);
    rows_.insert(rows_.end(), rows.begin(), rows.end());
    offsets_.push_back(static_cast<std::uint32_t>(rows_.size()));
  }
}

std::optional<std::uint32_t> ListedSource::item_of(std::uint32_t row) const {
  if (item_of_row_[row] == kNone) return std::nullopt;
  return item_of_row_[row];
}

std::string_view ListedSource::key(std::uint32_t item) const {
  const std::uint32_t row = items_[item].row;
  if (!by_household_) return texts_.key(row);
  const std::string_view name = household_names_.of(texts_, row);
  return name.empty() ? texts_.key(row) : name;
}

std::string ListedSource::masked_name(std::uint32_t item) const {
  const auto name = source_.schema->find_field("name");
  if (!name) return {};
  return masked_text(source_.schema->fields[*name], texts_.field(items_[item].row, *name));
}

std::string_view ListedSource::text(std::uint32_t row, std::string_view field) const {
  const auto at = source_.schema->find_field(field);
  return at ? texts_.field(row, *at) : std::string_view{};
}

}  // namespace bidui::workspace
