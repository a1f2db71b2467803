#include "workspace/run_world.h"

#include <algorithm>
#include <array>

#include "matcher/rule/calendar.h"
#include "workspace/builtin_data.h"

namespace bidui::workspace {
namespace {

// Fields that look-ups and reports show, whatever the rules ask for.
constexpr std::array<std::string_view, 15> kAlwaysLoaded = {
    "name",   "former_name", "id_number", "birth", "sex",     "relation", "household_no", "phone",
    "county", "township",    "village",   "group", "address", "file_no",  "ethnicity"};

std::vector<rule::NamedText> builtin_rule_texts() {
  std::vector<rule::NamedText> texts;
  for (const std::string_view path : list_builtin_files("rules/")) {
    texts.push_back({std::string(path), std::string(*builtin_file(path))});
  }
  return texts;
}

// The fields of a schema that some rule may name: those whose id stands in a rule's text. Generous,
// never too few.
std::vector<std::size_t> fields_to_load(const schema::Schema& schema,
                                        std::span<const rule::NamedText> rules) {
  std::vector<std::size_t> fields;
  for (std::size_t f = 0; f < schema.fields.size(); ++f) {
    const std::string& id = schema.fields[f].id;
    const bool always = std::ranges::find(kAlwaysLoaded, id) != kAlwaysLoaded.end();
    const bool named = std::ranges::any_of(rules, [&](const rule::NamedText& rule) {
      return rule.text.find(id) != std::string::npos;
    });
    if (always || named) fields.push_back(f);
  }
  return fields;
}

// All rows of a source; of the spine those that are linked, live with linked people, or have an
// impossible number.
std::vector<std::uint32_t> rows_to_load(const RunWorld& world, std::size_t s) {
  const RunSource& source = world.sources[s];
  std::vector<std::uint32_t> rows;
  if (s != world.spine()) {
    rows.resize(source.rows());
    for (std::uint32_t row = 0; row < source.rows(); ++row) rows[row] = row;
    return rows;
  }
  std::vector<bool> wanted(source.rows());
  for (std::uint32_t row = 0; row < source.rows(); ++row) {
    if (source.features[row].id_class == record::IdClass::kInvalid) wanted[row] = true;
    if (world.links->links(world.records->number(s, row)).empty()) continue;
    wanted[row] = true;
    const std::uint32_t household = world.households->household_of(s, row);
    if (household == RunHouseholds::kNone) continue;
    for (const rule::RecordRef member : world.households->members(s, household))
      wanted[member.row] = true;
  }
  for (std::uint32_t row = 0; row < source.rows(); ++row) {
    if (wanted[row]) rows.push_back(row);
  }
  return rows;
}

Status load_texts(const Workspace& workspace, RunWorld& world, const Progress& progress) {
  const std::vector<rule::NamedText> rules = builtin_rule_texts();
  std::uint64_t done = 0;
  for (std::size_t s = 0; s < world.sources.size(); ++s) {
    const std::vector<std::uint32_t> rows = rows_to_load(world, s);
    const std::vector<std::size_t> fields = fields_to_load(*world.sources[s].schema, rules);
    Result<SourceTexts> texts =
        SourceTexts::load(workspace.store(), world.sources[s], rows, fields);
    BIDUI_TRY(texts);
    world.texts.push_back(std::move(*texts));
    done += rows.size();
    report(progress, {"records", "rows", done, 0});
  }
  return {};
}

}  // namespace

Result<rule::RuleSet> load_builtin_rules(std::span<const RunSource> sources) {
  return rule::load_rules(source_types(sources), builtin_rule_texts());
}

Result<std::unique_ptr<RunWorld>> build_world(const Workspace& workspace, const std::string& as_of,
                                              RunModels& models, const Progress& progress,
                                              std::shared_ptr<KeptCandidates> kept) {
  auto world = std::make_unique<RunWorld>();
  Result<std::vector<RunSource>> sources = load_sources(workspace, as_of, progress);
  BIDUI_TRY(sources);
  world->sources = std::move(*sources);
  for (const RunSource& source : world->sources)
    world->evaluation_date = std::max(world->evaluation_date, source.as_of());
  if (world->evaluation_date.empty()) {
    return make_error(ErrorCode::kBadInput,
                      "nothing to compare: import deliveries first (bidui import)");
  }
  if (!as_of.empty()) world->evaluation_date = as_of;
  const auto day = rule::parse_date_text(world->evaluation_date);
  if (!day || !day->is_full())
    return make_error(ErrorCode::kInvalidArgument, "--as-of must be YYYY-MM-DD");

  world->records = std::make_unique<RunRecords>(world->sources);
  world->linkage = link_persons(world->sources, models, progress, std::move(kept));
  world->links = std::make_unique<PersonLinks>(*world->records, world->linkage);
  world->households =
      std::make_unique<RunHouseholds>(world->sources, *world->records, *world->links);
  BIDUI_TRY(load_texts(workspace, *world, progress));
  Result<rule::RuleSet> rules = load_builtin_rules(world->sources);
  BIDUI_TRY(rules);
  world->rules = std::make_unique<rule::RuleSet>(std::move(*rules));
  world->view = std::make_unique<LinkedView>(ViewParts{.sources = world->sources,
                                                       .records = world->records.get(),
                                                       .links = world->links.get(),
                                                       .households = world->households.get(),
                                                       .texts = world->texts,
                                                       .evaluation_day = day->first});
  return world;
}

}  // namespace bidui::workspace
