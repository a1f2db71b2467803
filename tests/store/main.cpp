// Runs the tests; or, as the child of store_crash_test.cpp, imports until it is killed.
#include <gtest/gtest.h>
#include <string_view>

#include "store_crash_test.h"

int main(int argc, char** argv) {
  if (argc == 5 && std::string_view(argv[1]) == bidui::store::kImportUntilKilled) {
    return bidui::store::import_until_killed(argv[2], std::stoi(argv[3]),
                                             static_cast<std::uint32_t>(std::stoul(argv[4])));
  }
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
