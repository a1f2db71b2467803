#include "bench/world/generate.h"

#include <array>
#include <fmt/format.h>
#include <future>

#include "bench/world/advance.h"
#include "bench/world/findings.h"
#include "bench/world/make_world.h"
#include "bench/world/truth_files.h"
#include "bench/world/writers.h"

namespace bidui::world {
namespace {

// One round of deliveries with the truth of its date.
Result<std::vector<std::string>> write_round(const WriterInput& input) {
  BIDUI_TRY(make_directory(input.directory));
  // The civil registry is as much work as all the others together; each has its own stream of
  // chance, so the bytes do not depend on the threads.
  auto civil = std::async(std::launch::async, [&] { return write_civil(input); });
  using Writer = Result<SourceTruth> (*)(const WriterInput&);
  std::vector<Writer> others = {write_poverty, write_allowance, write_housing, write_relocation,
                                write_death};
  if (input.all_offices) {
    others.insert(others.end(), {write_next_county, write_vehicle, write_business, write_payroll,
                                 write_disability, write_marriage, write_real_estate});
  }
  std::vector<Result<SourceTruth>> results;
  for (const Writer writer : others) results.push_back(writer(input));
  results.push_back(civil.get());
  std::vector<SourceTruth> truths;
  for (auto& result : results) {
    if (!result) return result.error();
    truths.push_back(std::move(*result));
  }
  BIDUI_TRY(write_truth(input.world, input.registers, truths, input.directory));
  std::vector<std::string> report;
  std::size_t contradictions = input.registers.contradictions.size();
  for (const SourceTruth& truth : truths) {
    contradictions += truth.contradictions.size();
    for (const std::string& delivery : truth.deliveries) report.push_back(delivery);
    report.push_back(fmt::format("  {} rows", truth.rows));
  }
  report.push_back(
      fmt::format("{} households in the poverty registry, {} in all; {} truths of rules",
                  input.registers.poverty.size(), input.world.homes.size(), contradictions));
  return report;
}

}  // namespace

Result<std::vector<std::string>> generate_world(const WorldOptions& options) {
  auto stage = make_world(options);
  if (!stage) return stage.error();
  Registers registers;
  ErrorRates rates = options.rates;
  rates.multiply(options.profile.errors);
  Office office{.world = stage->world,
                .names = stage->names,
                .id_office = stage->office,
                .rates = rates,
                .profile = options.profile,
                .registers = registers,
                .rng = Rng(options.seed, 2)};
  decide_registers(office);
  if (options.all_offices) {
    decide_further(office, options.seed);
    find_contradictions(office);
  }
  std::vector<std::string> report;
  for (int round = 0; round < options.deliveries; ++round) {
    if (round > 0) {
      advance(office, options.seed, round);
      find_contradictions(office);
    }
    const std::string directory = options.deliveries > 1
                                      ? fmt::format("{}/{}", options.directory, round + 1)
                                      : options.directory;
    auto written = write_round({.world = stage->world,
                                .registers = registers,
                                .names = stage->names,
                                .confusions = stage->confusions,
                                .rates = rates,
                                .directory = directory,
                                .seed = options.seed,
                                .profile = options.profile,
                                .all_offices = options.all_offices,
                                .round = round});
    if (!written) return written.error();
    report.insert(report.end(), written->begin(), written->end());
  }
  return report;
}

}  // namespace bidui::world
