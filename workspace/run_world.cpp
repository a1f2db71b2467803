#include "workspace/run_world.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <tbb/parallel_for.h>
#include <tbb/parallel_invoke.h>

#include "matcher/rule/calendar.h"
#include "workspace/key_account.h"
#include "workspace/run_kinship.h"

namespace bidui::workspace {
namespace {

// Fields that look-ups and reports show, whatever the rules ask for.
constexpr std::array<std::string_view, 15> kAlwaysLoaded = {
    "name",   "former_name", "id_number", "birth", "sex",     "relation", "household_no", "phone",
    "county", "township",    "village",   "group", "address", "file_no",  "ethnicity"};

// The fields of a schema that some rule may name: those whose id stands in a rule's text. Generous,
// never too few. Those that name households and kin, too.
std::vector<std::size_t> fields_to_load(const schema::Schema& schema,
                                        std::span<const rule::NamedText> rules) {
  std::vector<std::size_t> asked = HouseholdNames::fields(schema);
  std::ranges::copy(kin_fields(schema), std::back_inserter(asked));
  std::vector<std::size_t> fields;
  for (std::size_t f = 0; f < schema.fields.size(); ++f) {
    const std::string& id = schema.fields[f].id;
    const bool always = std::ranges::find(kAlwaysLoaded, id) != kAlwaysLoaded.end();
    const bool named = std::ranges::any_of(rules, [&](const rule::NamedText& rule) {
      return rule.text.find(id) != std::string::npos;
    });
    if (always || named || std::ranges::find(asked, f) != asked.end()) fields.push_back(f);
  }
  return fields;
}

Status load_texts(const store::Store& store, RunWorld& world) {
  world.texts.resize(world.sources.size());
  std::vector<Status> results(world.sources.size());
  tbb::parallel_for(std::size_t{0}, world.sources.size(), [&](std::size_t s) {
    const std::vector<std::size_t> fields =
        fields_to_load(*world.sources[s].schema, world.rule_files.rules);
    Result<SourceTexts> texts = SourceTexts::load(store, world.sources[s], fields);
    if (texts) {
      world.texts[s] = std::move(*texts);
    } else {
      results[s] = texts.error();
    }
  });
  for (const Status& status : results) BIDUI_TRY(status);
  return {};
}

// What is known of the records one by one, and of those that are linked.
Status add_records(const Workspace& workspace, RunWorld& world) {
  Status loaded;
  tbb::parallel_invoke(
      [&] { loaded = load_texts(workspace.store(), world); },
      [&] { world.links = std::make_unique<PersonLinks>(*world.records, world.linkage); },
      [&] {
        if (world.linkage.search.incremental)
          world.linkage.stats.keys = account_keys(world.sources, world.linkage);
      },
      [&] { world.households = std::make_unique<RunHouseholds>(world.sources); },
      [&] { world.same_numbers = std::make_unique<SameNumbers>(world.sources, *world.records); });
  return loaded;
}

// The records with a valid number that nobody bears in the spine.
std::vector<rule::NamedParents::Bearer> not_in_spine(const RunWorld& world) {
  std::vector<rule::NamedParents::Bearer> records;
  const auto spine = static_cast<rule::SourceIndex>(world.spine());
  for (std::size_t s = 0; s < world.spine(); ++s) {
    for (std::uint32_t row = 0; row < world.sources[s].rows(); ++row) {
      const record::PersonFeatures& p = world.sources[s].features[row];
      if (p.id_class == record::IdClass::kValid &&
          world.same_numbers->of(world.records->number(s, row), spine).empty())
        records.push_back({p.id_digits, {static_cast<rule::SourceIndex>(s), row}});
    }
  }
  return records;
}

void add_families(RunWorld& world) {
  const std::size_t spine = world.spine();
  tbb::parallel_invoke([&] { world.households->link(*world.records, *world.links); },
                       [&] {
                         world.kin = make_kin(spine, world.sources[spine], world.texts[spine],
                                              *world.households, not_in_spine(world));
                       });
}

}  // namespace

Result<std::unique_ptr<RunWorld>> build_world(const Workspace& workspace, const std::string& as_of,
                                              RunModels& models, const Progress& progress,
                                              PhaseClock* clock,
                                              std::shared_ptr<KeptCandidates> kept,
                                              RuleFiles files) {
  const auto end_phase = [&](const char* phase) {
    if (clock != nullptr) clock->end(phase);
  };
  auto world = std::make_unique<RunWorld>();
  Result<std::vector<RunSource>> sources = load_sources(workspace, as_of, progress);
  BIDUI_TRY(sources);
  world->sources = std::move(*sources);
  for (const RunSource& source : world->sources)
    world->evaluation_date = std::max(world->evaluation_date, source.as_of());
  if (!as_of.empty()) world->evaluation_date = as_of;
  // Before the linking: a rule that cannot be read costs nobody a minute.
  if (files.rules.empty()) files.rules = shipped_rules();
  BIDUI_TRY(
      add_instances(workspace, named_instances(files.rules, workspace.schemas()), world->sources));
  world->rule_files = std::move(files);
  Result<rule::RuleSet> rules = load_rule_set(source_types(world->sources), world->rule_files);
  BIDUI_TRY(rules);
  world->rules = std::make_unique<rule::RuleSet>(std::move(*rules));
  end_phase("load");

  world->records = std::make_unique<RunRecords>(world->sources);
  Result<RunConstraints> constraints = place_constraints(workspace.store(), world->sources);
  BIDUI_TRY(constraints);
  world->constraints = std::move(*constraints);
  world->linkage =
      link_persons(world->sources, world->constraints.pairs, models, progress, std::move(kept));
  end_phase("link");
  BIDUI_TRY(add_records(workspace, *world));
  end_phase("texts");
  add_families(*world);
  end_phase("households");
  const auto day = rule::parse_date_text(world->evaluation_date);
  world->view = std::make_unique<LinkedView>(ViewParts{.sources = world->sources,
                                                       .records = world->records.get(),
                                                       .links = world->links.get(),
                                                       .households = world->households.get(),
                                                       .same_numbers = world->same_numbers.get(),
                                                       .kinship = &world->kin.kinship,
                                                       .named_parents = &world->kin.named_parents,
                                                       .texts = world->texts,
                                                       .evaluation_day = day->first});
  end_phase("view");
  return world;
}

}  // namespace bidui::workspace
