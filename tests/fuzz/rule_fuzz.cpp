// The rule language: expressions evaluated in a small world, rule files, profiles.
#include <memory>

#include "matcher/rule/case_world.h"
#include "matcher/rule/compiler.h"
#include "matcher/rule/evaluator.h"
#include "matcher/rule/rule_set.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/matcher/rule/rule_files.h"

namespace bidui::fuzz {
namespace {

using namespace rule;

// Of tests/cases/rule, read once.
struct SmallWorld {
  std::vector<SourceType> sources = test_sources();
  std::unique_ptr<JsonFile> file =
      parse_json_file("world", read_text(source_path("tests/cases/rule/world.json"))).value();
  std::unique_ptr<CaseWorld> world = CaseWorld::build(sources, JsonReader(*file)).value();
};

const SmallWorld& small_world() {
  static const SmallWorld world;
  return world;
}

}  // namespace

std::string check_expression(std::string_view bytes) {
  const SmallWorld& small = small_world();
  Compiler compiler(small.sources);
  compiler.add_variable("r", Type::record(0));
  compiler.add_variable("h", Type::household(0));
  const auto compiled = compiler.compile(ExpressionText(std::string(bytes)));
  if (!compiled) return compiled.error().describe().empty() ? "an error without words" : "";
  const Program program = compiler.take_program();
  ValueKind kinds[2];
  for (ValueKind& kind : kinds) {
    Scratch scratch;
    RecentValues recent(*small.world);
    Evaluator evaluator(*small.world, program, scratch, recent);
    evaluator.set_variable(0, Value::of_record({0, 0}));
    evaluator.set_variable(1, Value::of_household({0, 0}));
    kind = evaluator.run(compiled->node).kind;
  }
  return kinds[0] == kinds[1] ? "" : "another kind the second time";
}

std::string check_rule(std::string_view bytes) {
  const std::vector<std::string_view> parts = split(bytes, '\0');
  const NamedText file{.name = "rule.json", .text = std::string(parts[0])};
  std::vector<NamedText> layers;
  if (parts.size() > 1) layers.push_back({.name = "profile.json", .text = std::string(parts[1])});
  const auto profile = Profile::parse(layers);
  if (!profile) return "";
  const auto rules = load_rules(small_world().sources, {&file, 1}, *profile);
  if (!rules) return rules.error().describe().empty() ? "an error without words" : "";
  for (const CompiledRule& compiled : rules->compiled())
    if (compiled.rule >= rules->rules().size()) return "a compiled rule without its rule";
  return "";
}

}  // namespace bidui::fuzz
