#include "workspace/workspace.h"

#include <fstream>
#include <gtest/gtest.h>

#include "tests/store/temporary_directory.h"

namespace bidui::workspace {
namespace {

namespace fs = std::filesystem;
using store::Access;

TEST(WorkspaceDirectoryTest, OpensWhatWasMade) {
  const store::TemporaryDirectory place;
  const fs::path directory = place.path() / "ws";
  ASSERT_TRUE(Workspace::create(directory, {.division = "340826"}));
  const auto opened = Workspace::open(directory, Access::kReadOnly);
  ASSERT_TRUE(opened) << opened.error().describe();
  EXPECT_EQ(opened->config().division, "340826");
  EXPECT_EQ(opened->county_code(), 340826u);
  EXPECT_TRUE(fs::is_directory(opened->reports()));
}

TEST(WorkspaceDirectoryTest, TheKeyLiesBesideTheDirectoryAndIsTheOwnersOnly) {
  const store::TemporaryDirectory place;
  const fs::path directory = place.path() / "ws";
  ASSERT_TRUE(Workspace::create(directory, {}));
  EXPECT_EQ(store::default_key_file(directory), place.path() / "ws.key");
  EXPECT_EQ(store::default_key_file(directory / ""), place.path() / "ws.key");
  const fs::perms mode = fs::status(place.path() / "ws.key").permissions();
  EXPECT_EQ(mode, fs::perms::owner_read | fs::perms::owner_write);
  fs::remove(place.path() / "ws.key");
  EXPECT_EQ(Workspace::open(directory, Access::kReadOnly).error().code, ErrorCode::kNotFound);
}

TEST(WorkspaceDirectoryTest, TheKeyMayLieElsewhere) {
  const store::TemporaryDirectory place;
  const fs::path key = place.path() / "elsewhere.key";
  ASSERT_TRUE(Workspace::create(place.path() / "ws", {}, key));
  EXPECT_FALSE(fs::exists(place.path() / "ws.key"));
  EXPECT_TRUE(Workspace::open(place.path() / "ws", Access::kReadOnly, key));
}

TEST(WorkspaceDirectoryTest, LeavesADirectoryAloneThatIsNotEmpty) {
  const store::TemporaryDirectory place;
  std::ofstream(place.path() / "letter.txt") << "mine";
  EXPECT_EQ(Workspace::create(place.path(), {}).error().code, ErrorCode::kConflict);
  EXPECT_FALSE(fs::exists(place.path() / "store"));
}

TEST(WorkspaceDirectoryTest, SaysWhereThereIsNone) {
  const store::TemporaryDirectory place;
  EXPECT_EQ(Workspace::open(place.path(), Access::kReadOnly).error().code, ErrorCode::kNotFound);
}

TEST(WorkspaceDirectoryTest, ADamagedConfigurationIsRefused) {
  const store::TemporaryDirectory place;
  const fs::path directory = place.path() / "ws";
  ASSERT_TRUE(Workspace::create(directory, {.division = "340826"}));
  std::ofstream(directory / "bidui.json", std::ios::trunc) << "{\"division\":";
  EXPECT_EQ(Workspace::open(directory, Access::kReadOnly).error().code, ErrorCode::kBadInput);
}

TEST(WorkspaceDirectoryTest, AnInstanceHasItsSourcesSchema) {
  const auto schemas = builtin_schemas();
  ASSERT_TRUE(schemas) << schemas.error().describe();
  EXPECT_EQ((*find_schema(*schemas, "housing@county"))->source, "housing");
  const auto unknown = find_schema(*schemas, "pov");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::kNotFound);
  EXPECT_NE(unknown.error().message.find("poverty"), std::string::npos);
}

}  // namespace
}  // namespace bidui::workspace
