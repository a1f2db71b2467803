#include "tests/workspace/imported_world.h"

#include <fstream>
#include <gtest/gtest.h>

#include "workspace/import.h"

namespace bidui::workspace {

ImportedWorld::ImportedWorld(const std::filesystem::path& directory) : directory_(directory) {
  auto made = Workspace::create(path(), {.division = "340826"});
  if (!made) {
    ADD_FAILURE() << made.error().describe();
    return;
  }
  workspace_ = std::make_unique<Workspace>(std::move(*made));
}

void ImportedWorld::import(const std::string& source, const std::string& as_of,
                           const std::string& csv) {
  const std::filesystem::path file = directory_ / (source + ".csv");
  std::ofstream(file, std::ios::binary) << csv;
  const auto report =
      import_delivery(*workspace_, {.instance = source, .as_of = as_of, .files = {file}});
  ASSERT_TRUE(report) << report.error().describe();
  ASSERT_EQ(report->rejects.size(), 0U) << source;
}

}  // namespace bidui::workspace
