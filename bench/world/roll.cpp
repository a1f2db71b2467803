#include "bench/world/roll.h"

namespace bidui::world {

Roll::Roll(const WriterInput& input, const Form& first, const ObserverOptions& options)
    : input_(input),
      source_(options.source),
      observer_(input.world, input.names, input.confusions, input.rates, options, input.seed,
                input.hand()),
      form_(form_of(input.profile, source_, first)),
      table_(input.directory + "/" + form_.file, form_.table) {}

ObservedPerson Roll::see(const std::string& key, PersonIndex person) {
  observer_.begin(key);
  address_errors_ = 0;
  const HomeIndex home = input_.world.people[person].home;
  const std::vector<PersonIndex> relatives =
      home == kNone ? std::vector<PersonIndex>()
                    : others_than(input_.world.homes[home].members, person);
  return observer_.observe(person, relatives);
}

std::string Roll::address_of(PersonIndex person) {
  const HomeIndex home = input_.world.people[person].home;
  if (home == kNone) return {};
  const ObservedAddress address = observer_.observe_address(home);
  address_errors_ = address.errors;
  return address.full;
}

void Roll::add_title(std::string text) {
  std::vector<std::string> fields(form_.header.size());
  fields[0] = std::move(text);
  table_.add(fields);
}

void Roll::add(const std::string& key, PersonIndex person, const ObservedPerson& seen,
               const std::vector<std::string>& fields) {
  const std::size_t number = table_.add(fields);
  add_record(truth_, {source_, key, number, person, input_.world.people[person].home,
                      seen.errors | address_errors_, ""});
  note_row_errors(input_, source_, key, person, seen, truth_);
}

Result<SourceTruth> Roll::finish(Day as_of) {
  BIDUI_TRY(table_.write());
  add_delivery(truth_, source_, form_.file, as_of, input_.world.divisions.home.current_code);
  return std::move(truth_);
}

}  // namespace bidui::world
