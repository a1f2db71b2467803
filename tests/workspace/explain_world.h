// A small world in which every reason occurs for which two records are, or are not, one person.
// Generated people only; the model is fixed (tests/cases/explain/model.json), so that explanations
// change only where the code changes what it says.
#pragma once

#include <filesystem>
#include <string>

#include "tests/workspace/imported_world.h"

namespace bidui::workspace {

// Records, by what they are there for:
//   poverty:P01-1 … P30-1 and civil:C01 … C30   thirty people who are in both
//     02 is written with a homophone, 03 has one digit of the number wrong
//   civil:TWIN      the twin of 04; the poverty registry has only 04
//   civil:OTHER     the namesake of 05 in another township, much younger
//   civil:SISTER    born on the day of 06, of the same surname, else unlike
//   poverty:W001-1 … W110-1, civil:WEI   王伟 of one village: keys too common
//   housing:H1, H2  two houses of 07, with the number; in H2 one digit of it is wrong
//   housing:H3      a house of one of two namesakes, civil:NA and civil:NB
//   civil:TWICE     01 registered again under the same number
//   allowance:D11-1 … D25-1   11 to 25
//   allowance:D1-1  has no number; its namesake civil:VB, born on the same day, has its telephone;
//                   poverty:V-1 and civil:VA, who is written with a homophone, are another
class ExplainWorld : public ImportedWorld {
 public:
  // Makes `directory`/workspace. Fails the test where it cannot.
  explicit ExplainWorld(const std::filesystem::path& directory);

  void compare();
  // A delivery that comes after the comparison: relocation:L1, who is 08.
  void import_later();
  // links.csv of the newest run.
  std::filesystem::path links() const { return path() / "reports/R0001/links.csv"; }
};

}  // namespace bidui::workspace
