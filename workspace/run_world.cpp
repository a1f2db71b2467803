#include "workspace/run_world.h"

#include <algorithm>
#include <array>
#include <tbb/parallel_invoke.h>

#include "matcher/rule/calendar.h"
#include "workspace/key_account.h"

namespace bidui::workspace {
namespace {

// Fields that look-ups and reports show, whatever the rules ask for.
constexpr std::array<std::string_view, 15> kAlwaysLoaded = {
    "name",   "former_name", "id_number", "birth", "sex",     "relation", "household_no", "phone",
    "county", "township",    "village",   "group", "address", "file_no",  "ethnicity"};

// The fields of a schema that some rule may name: those whose id stands in a rule's text. Generous,
// never too few.
std::vector<std::size_t> fields_to_load(const schema::Schema& schema,
                                        std::span<const rule::NamedText> rules) {
  const std::vector<std::size_t> names = HouseholdNames::fields(schema);
  std::vector<std::size_t> fields;
  for (std::size_t f = 0; f < schema.fields.size(); ++f) {
    const std::string& id = schema.fields[f].id;
    const bool always = std::ranges::find(kAlwaysLoaded, id) != kAlwaysLoaded.end();
    const bool named = std::ranges::any_of(rules, [&](const rule::NamedText& rule) {
      return rule.text.find(id) != std::string::npos;
    });
    const bool of_name = std::ranges::find(names, f) != names.end();
    if (always || named || of_name) fields.push_back(f);
  }
  return fields;
}

// All members of the households, once.
class HouseholdRows {
 public:
  HouseholdRows(const RunWorld& world, std::vector<bool>& wanted)
      : world_(world), wanted_(wanted), seen_(world.households->count(world.spine())) {}

  // False where it was added before, or is none.
  bool add(std::uint32_t household) {
    if (household == RunHouseholds::kNone || seen_[household]) return false;
    seen_[household] = true;
    for (const rule::RecordRef member : world_.households->members(world_.spine(), household))
      wanted_[member.row] = true;
    return true;
  }

  void add_of(std::uint32_t row) {
    wanted_[row] = true;
    add(world_.households->household_of(world_.spine(), row));
  }

 private:
  const RunWorld& world_;
  std::vector<bool>& wanted_;
  std::vector<bool> seen_;
};

// The household of a linked row; with its kin's, and those that split from it or it from them.
void want_family(const RunWorld& world, std::uint32_t row, HouseholdRows& rows) {
  rows.add_of(row);
  for (const rule::Kin kin : {rule::Kin::kChildren, rule::Kin::kParents}) {
    for (const rule::RecordRef relative : world.kinship.kin(row, kin)) rows.add_of(relative.row);
  }
  const std::uint32_t household = world.households->household_of(world.spine(), row);
  if (household == RunHouseholds::kNone) return;
  for (const rule::Split split : {rule::Split::kFrom, rule::Split::kOff}) {
    for (const rule::HouseholdLink& link : world.kinship.splits(household, split))
      rows.add(link.household.household);
  }
}

// All rows of a source; of the spine those that are linked or nearly, their families, and those
// that have an impossible number.
std::vector<std::uint32_t> rows_to_load(const RunWorld& world, std::size_t s) {
  const RunSource& source = world.sources[s];
  std::vector<std::uint32_t> rows;
  if (s != world.spine()) {
    rows.resize(source.rows());
    for (std::uint32_t row = 0; row < source.rows(); ++row) rows[row] = row;
    return rows;
  }
  std::vector<bool> wanted(source.rows());
  HouseholdRows families(world, wanted);
  for (std::uint32_t row = 0; row < source.rows(); ++row) {
    const std::uint32_t record = world.records->number(s, row);
    if (source.features[row].id_class == record::IdClass::kInvalid ||
        !world.same_numbers->of(record, static_cast<rule::SourceIndex>(s)).empty())
      wanted[row] = true;
    if (!world.links->links(record).empty()) want_family(world, row, families);
  }
  for (const rule::RecordRef child : world.named_parents.all_children()) families.add_of(child.row);
  for (const PersonLink& pair : world.linkage.non_links) {  // the error sheet asks whose they are
    if (world.records->source_of(pair.b) == s) wanted[world.records->row_of(pair.b)] = true;
  }
  for (std::uint32_t row = 0; row < source.rows(); ++row) {
    if (wanted[row]) rows.push_back(row);
  }
  return rows;
}

Status load_texts(const Workspace& workspace, std::span<const rule::NamedText> rules,
                  std::size_t source, RunWorld& world) {
  const std::vector<std::uint32_t> rows = rows_to_load(world, source);
  const std::vector<std::size_t> fields = fields_to_load(*world.sources[source].schema, rules);
  Result<SourceTexts> texts =
      SourceTexts::load(workspace.store(), world.sources[source], rows, fields);
  BIDUI_TRY(texts);
  world.texts[source] = std::move(*texts);
  return {};
}

// The valid numbers that nobody bears in the spine.
std::vector<std::uint64_t> numbers_not_in_spine(const RunWorld& world) {
  std::vector<std::uint64_t> numbers;
  const auto spine = static_cast<rule::SourceIndex>(world.spine());
  for (std::size_t s = 0; s < world.spine(); ++s) {
    for (std::uint32_t row = 0; row < world.sources[s].rows(); ++row) {
      const record::PersonFeatures& p = world.sources[s].features[row];
      if (p.id_class == record::IdClass::kValid &&
          world.same_numbers->of(world.records->number(s, row), spine).empty())
        numbers.push_back(p.id_digits);
    }
  }
  return numbers;
}

// What needs no links.
Status prepare(const Workspace& workspace, std::span<const rule::NamedText> rules,
               RunWorld& world) {
  world.households = std::make_unique<RunHouseholds>(world.sources);
  world.same_numbers = std::make_unique<SameNumbers>(world.sources, *world.records);
  Result<SpineKin> kin =
      load_kinship(workspace.store(), world.spine(), world.sources[world.spine()],
                   *world.households, numbers_not_in_spine(world));
  BIDUI_TRY(kin);
  world.kinship = std::move(kin->kinship);
  world.named_parents = std::move(kin->named_parents);
  world.texts.resize(world.sources.size());
  for (std::size_t s = 0; s < world.spine(); ++s) BIDUI_TRY(load_texts(workspace, rules, s, world));
  return {};
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
  Status prepared;
  tbb::parallel_invoke(
      [&] { world->links = std::make_unique<PersonLinks>(*world->records, world->linkage); },
      [&] {
        if (world->linkage.search.incremental)
          world->linkage.stats.keys = account_keys(world->sources, world->linkage);
      },
      [&] { prepared = prepare(workspace, world->rule_files.rules, *world); });
  BIDUI_TRY(prepared);
  world->households->link(*world->records, *world->links);
  end_phase("households");
  BIDUI_TRY(load_texts(workspace, world->rule_files.rules, world->spine(), *world));
  end_phase("texts");
  const auto day = rule::parse_date_text(world->evaluation_date);
  world->view = std::make_unique<LinkedView>(ViewParts{.sources = world->sources,
                                                       .records = world->records.get(),
                                                       .links = world->links.get(),
                                                       .households = world->households.get(),
                                                       .same_numbers = world->same_numbers.get(),
                                                       .kinship = &world->kinship,
                                                       .named_parents = &world->named_parents,
                                                       .texts = world->texts,
                                                       .evaluation_day = day->first});
  end_phase("view");
  return world;
}

}  // namespace bidui::workspace
