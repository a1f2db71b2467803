#include <fmt/format.h>
#include <numeric>
#include <utility>

#include "bench/world/generate.h"
#include "bench/world/make_world.h"
#include "bench/world/observer.h"
#include "bench/world/table.h"

namespace bidui::world {
namespace {

const std::vector<std::string> kFields = {"姓名",     "性别", "身份证号",
                                          "出生日期", "住址", "联系电话"};

std::vector<std::string> header(std::string_view key) {
  std::vector<std::string> fields = {std::string(key)};
  fields.insert(fields.end(), kFields.begin(), kFields.end());
  return fields;
}

void shuffle(std::vector<PersonIndex>& items, Rng& rng) {
  for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[rng.index(i)]);
}

// Who stands in which file.
struct Draw {
  std::vector<PersonIndex> left;
  std::vector<PersonIndex> right;
  std::vector<bool> in_right;  // by person
};

// Whole households go into the left file; of its people one in ten is in no civil registry, most of
// them alone, and twins oftenest: their twin or sibling is there, and nobody to take his place.
Draw draw_people(const World& world, std::size_t right_rows, Rng& rng) {
  Draw draw;
  draw.in_right.assign(world.people.size(), false);
  std::vector<bool> absent(world.people.size());
  const std::size_t left_rows = right_rows / 5;
  std::vector<PersonIndex> homes(world.homes.size());
  std::iota(homes.begin(), homes.end(), 0U);
  shuffle(homes, rng);
  for (const HomeIndex home : homes) {
    const bool all_absent = rng.chance(0.02);
    for (const PersonIndex member : world.homes[home].members) {
      const Person& person = world.people[member];
      if (person.booklet == kNone || person.id == 0 || draw.left.size() == left_rows) continue;
      draw.left.push_back(member);
      absent[member] = all_absent || rng.chance(person.twin ? 0.4 : 0.073);
    }
  }
  for (const Booklet& booklet : world.booklets) {
    for (const PersonIndex member : booklet.members) {
      if (absent[member] || draw.right.size() == right_rows) continue;
      draw.right.push_back(member);
      draw.in_right[member] = true;
    }
  }
  shuffle(draw.left, rng);
  return draw;
}

}  // namespace

Result<std::vector<std::string>> generate_pair(const WorldOptions& options) {
  WorldOptions larger = options;
  larger.pair = true;
  larger.people = options.people + options.people / 45 + 50;
  auto stage = make_world(larger);
  if (!stage) return stage.error();
  const World& world = stage->world;
  BIDUI_TRY(make_directory(options.directory));
  Rng rng(options.seed, 3);
  const Draw draw = draw_people(world, static_cast<std::size_t>(options.people), rng);
  ErrorRates none = ErrorRates::of_the_pair_task();
  none.multiply(0);
  for (const auto* kept : {"phone_missing=0", "address_other=0"})
    BIDUI_TRY(none.override_with(kept));

  Observer left_clerk(world, stage->names, stage->confusions, options.rates,
                      {.source = Source::kPoverty}, options.seed);
  Observer right_clerk(world, stage->names, stage->confusions, none, {.source = Source::kCivil},
                       options.seed);
  Table left(options.directory + "/left.csv", {});
  Table right(options.directory + "/right.csv", {});
  Table truth(options.directory + "/truth.csv", {});
  left.add(header("人编号"));
  right.add(header("人员编号"));
  truth.add({"left_id", "right_id", "errors"});
  const auto right_key = [](PersonIndex person) { return fmt::format("C{:08}", person + 1); };
  const auto write_row = [&](Table& table, Observer& clerk, std::string key, PersonIndex index) {
    const Person& person = world.people[index];
    const HomeIndex address_home =
        person.home != kNone ? person.home : world.booklets[person.booklet].address;
    const ObservedPerson seen = clerk.observe(index, {});
    const ObservedAddress address = clerk.observe_address(address_home);
    table.add({std::move(key), seen.name, seen.sex, seen.id, seen.birth, address.full, seen.phone});
    return seen.errors | address.errors;
  };
  for (const PersonIndex person : draw.right) {
    write_row(right, right_clerk, right_key(person), person);
  }
  std::size_t matches = 0;
  for (std::size_t i = 0; i < draw.left.size(); ++i) {
    const PersonIndex person = draw.left[i];
    const std::string key = fmt::format("P{:08}", i + 1);
    const ErrorSet errors = write_row(left, left_clerk, key, person);
    if (!draw.in_right[person]) continue;
    ++matches;
    truth.add({key, right_key(person), error_names(errors)});
  }
  for (Table* table : {&left, &right, &truth}) BIDUI_TRY(table->write());
  return std::vector<std::string>{
      fmt::format("left.csv: {} rows, {} of them in right.csv", draw.left.size(), matches),
      fmt::format("right.csv: {} rows", draw.right.size())};
}

}  // namespace bidui::world
