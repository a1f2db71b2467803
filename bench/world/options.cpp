#include "bench/world/options.h"

#include <boost/program_options.hpp>
#include <cstdio>
#include <filesystem>
#include <fmt/format.h>

namespace bidui::world {
namespace {

namespace po = boost::program_options;

po::options_description describe_options(WorldOptions& options) {
  po::options_description description("bidui-world --people N --seed S --out DIR");
  auto add = description.add_options();
  add("people", po::value(&options.people)->default_value(100000),
      "people in the civil registry (with --pair: rows of right.csv), 1000 to 20000000");
  add("seed", po::value(&options.seed)->default_value(1), "the same seed gives the same bytes");
  add("out", po::value(&options.directory), "directory for the files, made if it is not there");
  add("division", po::value(&options.division)->default_value(options.division),
      "code of the county");
  add("reference", po::value(&options.reference)->default_value(options.reference),
      "directory of the reference tables");
  add("errors", po::value<double>()->default_value(1.0),
      "multiplies the identity, name and birth errors; 4 is the hard task");
  add("error", po::value<std::vector<std::string>>()->composing(),
      "[SOURCE:]CLASS=RATE sets the rate of one class, repeatable");
  add("pair",
      "two files to link (left.csv, right.csv, truth.csv) instead of a county's registries");
  add("offices", po::value<std::string>()->default_value("six"),
      "six, or all: with vehicles, businesses, payroll, disability, marriages, real estate, the "
      "neighbouring county's poverty registry, and what the rules are to find in them");
  add("profile", po::value<std::string>()->default_value("first"),
      "first, or second: other rates and other habits of the offices (implies --offices all)");
  add("deliveries", po::value(&options.deliveries)->default_value(1),
      "rounds of deliveries, three months apart, in OUT/1, OUT/2, … (above 1: --offices all)");
  add("list-errors", "print the error classes with their rates and stop");
  add("help", "print this and stop");
  return description;
}

Status check(const CommandLine& line) {
  if (line.action != Action::kGenerate) return {};
  if (line.options.directory.empty()) {
    return make_error(ErrorCode::kInvalidArgument, "--out DIR is missing");
  }
  if (line.options.people < 1000 || line.options.people > 20000000) {
    return make_error(ErrorCode::kInvalidArgument, "--people wants 1000 to 20000000");
  }
  if (line.options.deliveries < 1 || line.options.deliveries > 12) {
    return make_error(ErrorCode::kInvalidArgument, "--deliveries wants 1 to 12");
  }
  return {};
}

// Which offices deliver, and how they are.
Status read_offices(const po::variables_map& values, WorldOptions& options) {
  const std::string& offices = values["offices"].as<std::string>();
  if (offices != "six" && offices != "all") {
    return make_error(ErrorCode::kInvalidArgument, "--offices wants six or all");
  }
  auto profile = profile_named(values["profile"].as<std::string>());
  if (!profile) return profile.error();
  options.profile = *profile;
  options.all_offices = offices == "all" || options.profile.second || options.deliveries > 1;
  return {};
}

}  // namespace

std::string help_text() {
  WorldOptions options;
  std::ostringstream text;
  text << describe_options(options)
       << "\nThe registries of one simulated county, as its offices would deliver them, with the "
          "truth beside\nthem: see docs/world.md.\n";
  return text.str();
}

Result<CommandLine> parse_command_line(int argc, const char* const* argv) {
  CommandLine line;
  line.options.reference = BIDUI_REFERENCE_DIR;
  po::variables_map values;
  try {
    const auto description = describe_options(line.options);
    po::store(po::parse_command_line(argc, argv, description), values);
    po::notify(values);
  } catch (const po::error& error) {
    return make_error(ErrorCode::kInvalidArgument, error.what());
  }
  line.options.pair = values.contains("pair");
  BIDUI_TRY(read_offices(values, line.options));
  if (line.options.pair) line.options.rates = ErrorRates::of_the_pair_task();
  const double factor = values["errors"].as<double>();
  if (factor < 0 || factor > 10) {
    return make_error(ErrorCode::kInvalidArgument, "--errors wants a factor from 0 to 10");
  }
  line.options.rates.multiply(factor);
  if (values.contains("error")) {
    for (const std::string& setting : values["error"].as<std::vector<std::string>>()) {
      BIDUI_TRY(line.options.rates.override_with(setting));
    }
  }
  if (values.contains("list-errors")) line.action = Action::kListErrors;
  if (values.contains("help")) line.action = Action::kHelp;
  BIDUI_TRY(check(line));
  return line;
}

int run(int argc, const char* const* argv) {
  const auto line = parse_command_line(argc, argv);
  if (!line) {
    fmt::print(stderr, "bidui-world: {}\n", line.error().describe());
    return 2;
  }
  if (line->action == Action::kHelp) {
    fmt::print("{}", help_text());
    return 0;
  }
  if (line->action == Action::kListErrors) {
    fmt::print("{}", line->options.rates.describe());
    return 0;
  }
  const auto report =
      line->options.pair ? generate_pair(line->options) : generate_world(line->options);
  if (!report) {
    fmt::print(stderr, "bidui-world: {}\n", report.error().describe());
    return 3;
  }
  for (const std::string& text : *report) fmt::print("{}\n", text);
  return 0;
}

}  // namespace bidui::world
