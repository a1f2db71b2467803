// A county of 60 households made in the test, imported and compared in a directory of its own.
// Generated people only.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/workspace/imported_world.h"

namespace bidui::workspace {

struct SmallPerson {
  std::string name;
  std::string id;     // 18 characters
  std::string birth;  // YYYYMMDD
};

// Person p of household h: p = 0 head, 1 spouse, 2 child.
SmallPerson small_person(int h, int p);

// Keys as the files have them: "P00003-0" in poverty, "C00003-0" in civil; households "H00003".
std::string poverty_key(int h, int p);
std::string civil_key(int h, int p);
std::string household_no(int h);

// All 60 households are in the civil registry, 0 to 29 in the poverty registry, 0 to 4 in the
// allowance registry. What differs in the poverty registry:
//   household 1: one digit of the head's number is wrong
//   household 2: the head's name is written with a homophone
//   household 3: the spouse died long ago; the death registry says so
//   household 4: the child is missing
class SmallWorld : public ImportedWorld {
 public:
  // Makes `directory`/workspace. Fails the test where it cannot.
  explicit SmallWorld(const std::filesystem::path& directory);

  void compare();
  // Another delivery of a source: the same rows, or `csv`.
  void import_again(const std::string& source, const std::string& as_of,
                    const std::string& csv = {});
};

}  // namespace bidui::workspace
