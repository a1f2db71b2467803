// One rule against one subject after another.
#pragma once

#include <cstdint>
#include <vector>

#include "matcher/rule/evaluate.h"
#include "matcher/rule/evaluator.h"

namespace bidui::rule {

// Keeps the evaluator of a rule for a range of subjects. One thread; everything given must outlive
// it. The scratch is reset with each subject.
class SubjectTest {
 public:
  SubjectTest(const RuleSet& rules, std::uint16_t compiled, const View& view, Scratch& scratch,
              RecentValues& recent);

  // Tests row or household `subject` of the rule's source.
  void run(std::uint32_t subject, RuleCounts& counts, std::vector<Finding>& findings);

 private:
  bool is_covered(RecordRef record) const;
  void test(Finding subject, RuleCounts& counts, std::vector<Finding>& findings);
  bool is_excepted(Finding& finding, RuleCounts& counts);
  Severity severity();
  void show_evidence(Finding& finding);
  LinkLevel level_to(const Finding& finding, RecordRef shown) const;

  const CompiledRule& compiled_;
  const Rule& rule_;
  const View& view_;
  Scratch& scratch_;
  Evaluator evaluator_;
  std::uint16_t index_;
};

}  // namespace bidui::rule
