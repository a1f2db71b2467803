// The kept models: read back as they were written, and changed by training only.
#include <fstream>
#include <gtest/gtest.h>

#include "tests/golden.h"
#include "tests/store/temporary_directory.h"
#include "tests/workspace/small_world.h"
#include "workspace/compare.h"
#include "workspace/train_models.h"

namespace bidui::workspace {
namespace {

class Models : public testing::Test {
 protected:
  std::filesystem::path file() const { return directory_.path() / "models.json"; }
  RunModels kept() {
    auto models = load_models(world_.workspace().store());
    EXPECT_TRUE(models) << models.error().describe();
    return models ? std::move(*models) : RunModels{};
  }

  store::TemporaryDirectory directory_;
  SmallWorld world_{directory_.path()};
};

TEST_F(Models, AreTrainedByTheFirstComparisonAndKept) {
  EXPECT_TRUE(kept().empty());
  world_.compare();
  const RunModels first = kept();
  ASSERT_NE(first.find("poverty"), nullptr);
  ASSERT_NE(first.find(kAmongSources), nullptr);
  ASSERT_NE(first.tables, nullptr);
  EXPECT_EQ(first.counted_on.size(), 4U);
  EXPECT_EQ(first.models.front().trained_on.size(), 2U);  // the source, and the civil registry
  world_.compare();
  EXPECT_EQ(models_json(kept()), models_json(first));
}

TEST_F(Models, TrainingOnTheSameDeliveriesGivesTheSame) {
  world_.compare();
  const std::string first = models_json(kept());
  const auto trained = train_models(world_.workspace(), "");
  ASSERT_TRUE(trained) << trained.error().describe();
  EXPECT_EQ(models_json(*trained), first);
  EXPECT_EQ(models_json(kept()), first);
}

TEST_F(Models, FilesGiveThemBack) {
  world_.compare();
  const RunModels models = kept();
  ASSERT_TRUE(write_models(file(), models));
  const auto read = read_models(file());
  ASSERT_TRUE(read) << read.error().describe();
  EXPECT_EQ(models_json(*read), models_json(models));
  EXPECT_EQ(link::encode_tables(*read->tables), link::encode_tables(*models.tables));
  std::filesystem::remove(file().string() + ".tables");
  EXPECT_EQ(read_models(file())->tables, nullptr);
}

TEST_F(Models, RefusesTablesOfAnotherModelAndWhatIsNoModel) {
  world_.compare();
  const RunModels models = kept();
  ASSERT_TRUE(write_models(file(), models));
  link::FrequencyTables other = *models.tables;
  other.key_cap = 7;
  std::ofstream(file().string() + ".tables", std::ios::binary) << link::encode_tables(other);
  EXPECT_EQ(read_models(file()).error().code, ErrorCode::kBadInput);
  for (const char* text : {"", "[]", "{\"poverty\":{}}", "{\"format\":1,\"models\":{\"x\":{}}}"}) {
    std::ofstream(file(), std::ios::trunc) << text;
    EXPECT_EQ(read_models(file()).error().code, ErrorCode::kBadInput) << text;
  }
  EXPECT_EQ(read_models(file().string() + ".none").error().code, ErrorCode::kNotFound);
}

TEST_F(Models, AFileIsUsedWhereNoneAreKeptAndReplacesThemOnlyWhenAsked) {
  world_.compare();
  RunModels given = kept();
  given.models.front().model.match_share *= 2;
  ASSERT_TRUE(write_models(file(), given));
  EXPECT_EQ(compare(world_.workspace(), {.model = file()}).error().code, ErrorCode::kConflict);
  ASSERT_TRUE(adopt_models(world_.workspace(), file()));
  EXPECT_EQ(models_hash(kept()), models_hash(given));
  const auto run = compare(world_.workspace(), {.model = file()});
  ASSERT_TRUE(run) << run.error().describe();
  EXPECT_EQ(models_hash(run->models), models_hash(given));
}

// Only the new source's model is trained; the others stay.
TEST_F(Models, ASourceThatIsNewGetsItsOwn) {
  world_.compare();
  RunModels without = kept();
  const std::string poverty = model::model_to_json(*without.find("poverty"));
  std::erase_if(without.models, [](const RunModel& m) { return m.name == "allowance"; });
  ASSERT_TRUE(save_models(world_.workspace().store(), without));
  world_.compare();
  const RunModels again = kept();
  EXPECT_NE(again.find("allowance"), nullptr);
  EXPECT_EQ(model::model_to_json(*again.find("poverty")), poverty);
  EXPECT_EQ(again.tables == nullptr, false);
  EXPECT_EQ(link::tables_hash(*again.tables), link::tables_hash(*without.tables));
}

TEST_F(Models, NothingDeliveredIsNothingToTrainOn) {
  const store::TemporaryDirectory empty;
  auto workspace = Workspace::create(empty.path() / "ws", {.division = "340826"});
  ASSERT_TRUE(workspace);
  EXPECT_EQ(train_models(*workspace, "").error().code, ErrorCode::kBadInput);
}

}  // namespace
}  // namespace bidui::workspace
