// Runs compiled expressions over a view. Three-valued: what is missing or not delivered is unknown,
// and unknown spreads except where the other side settles the matter (unknown && false == false,
// unknown || true == true).
#pragma once

#include <cstdint>
#include <vector>

#include "matcher/rule/program.h"
#include "matcher/rule/recent_values.h"
#include "matcher/rule/scratch.h"
#include "matcher/rule/view.h"

namespace bidui::rule {

// One per thread; it and its values end with the view, the program, the scratch and what is recent.
class Evaluator {
 public:
  Evaluator(const View& view, const Program& program, Scratch& scratch, RecentValues& recent);

  // Sets a variable and forgets the definitions that may depend on it.
  void set_variable(std::uint16_t slot, const Value& value);

  // O(nodes) times the lengths of the lists that macros walk. Allocates only scratch.
  Value run(std::uint32_t root);

 private:
  Value child(const Node& node, std::size_t i) { return run(node.children[i]); }
  Value definition(const Node& node);
  Value operate(const Node& node);
  Value logic(const Node& node);
  Value list_function(const Node& node);
  Value quantify(const Node& node, const ListValue& list);
  Value exists_one(const Node& node, const ListValue& list);
  Value select(const Node& node, const ListValue& list);
  Value list_of(const Node& node);
  Value text_function(const Node& node);
  Value date_function(const Node& node);
  Value record_function(const Node& node);
  Value household_function(const Node& node);
  Value household_field(const Node& node);

  const View& view_;
  const Program& program_;
  Scratch& scratch_;
  RecentValues& recent_;  // of view_
  std::vector<Value> variables_;
  std::vector<Value> definitions_;
  std::vector<char> is_defined_;
};

}  // namespace bidui::rule
