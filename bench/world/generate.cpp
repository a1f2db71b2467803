#include "bench/world/generate.h"

#include <array>
#include <fmt/format.h>
#include <future>

#include "bench/world/make_world.h"
#include "bench/world/registers.h"
#include "bench/world/truth_files.h"
#include "bench/world/writers.h"

namespace bidui::world {

Result<std::vector<std::string>> generate_world(const WorldOptions& options) {
  auto stage = make_world(options);
  if (!stage) return stage.error();
  World& world = stage->world;
  BIDUI_TRY(make_directory(options.directory));
  const Registers registers =
      decide_registers(world, stage->names, stage->office, options.rates, options.seed);
  const WriterInput input{world,         registers,         stage->names, stage->confusions,
                          options.rates, options.directory, options.seed};
  // The civil registry is as much work as all the others together; each has its own stream of
  // chance, so the bytes do not depend on the threads.
  auto civil = std::async(std::launch::async, [&] { return write_civil(input); });
  using Writer = Result<SourceTruth> (*)(const WriterInput&);
  std::array<Writer, 5> others = {write_poverty, write_allowance, write_housing, write_relocation,
                                  write_death};
  std::vector<Result<SourceTruth>> results;
  for (const Writer writer : others) results.push_back(writer(input));
  results.push_back(civil.get());
  std::vector<SourceTruth> truths;
  for (auto& result : results) {
    if (!result) return result.error();
    truths.push_back(std::move(*result));
  }
  BIDUI_TRY(write_truth(world, registers, truths, options.directory));
  std::vector<std::string> report;
  std::size_t contradictions = registers.contradictions.size();
  for (const SourceTruth& truth : truths) {
    contradictions += truth.contradictions.size();
    for (const std::string& delivery : truth.deliveries) report.push_back(delivery);
    report.push_back(fmt::format("  {} rows", truth.rows));
  }
  report.push_back(
      fmt::format("{} households in the poverty registry, {} in all; {} truths of rules",
                  registers.poverty.size(), world.homes.size(), contradictions));
  return report;
}

}  // namespace bidui::world
