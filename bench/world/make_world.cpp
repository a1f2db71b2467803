#include "bench/world/make_world.h"

#include <algorithm>
#include <filesystem>

#include "bench/world/circumstances.h"
#include "bench/world/village_life.h"

namespace bidui::world {

Status make_directory(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return make_error(ErrorCode::kIo, "the directory cannot be made", path);
  return {};
}

Result<Stage> make_world(const WorldOptions& options) {
  auto names = NameTables::load(options.reference);
  if (!names) return names.error();
  auto confusions =
      Confusions::load(options.reference, options.division, names->common_characters());
  if (!confusions) return confusions.error();
  auto divisions = load_divisions(options.reference, options.division);
  if (!divisions) return divisions.error();
  Stage stage{std::move(*names), std::move(*confusions), {}, {}};
  World& world = stage.world;
  Rng rng(options.seed, 1);
  world.divisions = std::move(*divisions);
  world.today = day_of(2017, 12, 10);
  world.villages = world.divisions.choose_villages(options.people, rng);
  world.people.reserve(static_cast<std::size_t>(options.people) * 3 / 2);
  // Some of them will have moved away in the end (see settle_circumstances).
  const int wanted = options.people + options.people / 400;
  VillageLife life(world, stage.names, stage.confusions, stage.office, rng,
                   options.pair ? kPairLikeness : Likeness{});
  const auto villages = static_cast<int>(world.villages.size());
  for (int v = 0; v < villages; ++v) {
    const int missing = wanted - life.registered_people();
    const int usual = missing / (villages - v);
    const int size = v + 1 == villages ? missing : usual * rng.range(75, 125) / 100;
    life.settle(static_cast<std::size_t>(v), std::max(size, 1));
  }
  life.send_off_unmatched_brides();
  // Those who left are replaced, so that the registry has the people asked for.
  while (life.registered_people() < wanted) {
    life.fill_up(wanted - life.registered_people());
    life.send_off_unmatched_brides();
  }
  settle_circumstances(world, stage.names, stage.office, !options.pair, rng);
  return stage;
}

}  // namespace bidui::world
