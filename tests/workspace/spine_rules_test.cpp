// Rules about records of the civil registry itself see every row of it, linked or not.
#include <gmock/gmock.h>

#include "tests/store/temporary_directory.h"
#include "tests/workspace/imported_world.h"
#include "workspace/compare.h"

namespace bidui::workspace {
namespace {

constexpr const char* kCivil =
    "人员编号,户号,姓名,性别,公民身份号码,出生日期,与户主关系\n"
    "C1,H1,王一,男,340826194912310014,19491231,户主\n"
    "C2,H2,李二,女,340826198001010019,19800101,户主\n"   // the number is a man's
    "C3,H3,张三,女,340826198502020012,19870303,户主\n"   // and of another birth date
    "C4,H4,赵四,男,34082619800101003,19800101,户主\n"    // a digit is missing
    "C5,H5,钱五,女,340826198001010027,19800101,户主\n";  // sound
constexpr const char* kPoverty =
    "户编号,人编号,姓名,性别,证件号码,出生日期,与户主关系,贫困户属性,脱贫属性,首次识别时间\n"
    "P1,P1-1,王一,男,340826194912310014,19491231,户主,一般贫困户,未脱贫,20140101\n";

class CivilWorld : public ImportedWorld {
 public:
  explicit CivilWorld(const std::filesystem::path& directory) : ImportedWorld(directory) {
    import("civil", "2017-12-31", kCivil);
    import("poverty", "2017-12-31", kPoverty);
  }
};

TEST(SpineRulesTest, RowsThatNothingIsLinkedWithAreFlaggedWithTheirText) {
  const store::TemporaryDirectory directory;
  CivilWorld world(directory.path());
  ASSERT_TRUE(world.made());
  const auto run = compare(world.workspace(), {.report = false});
  ASSERT_TRUE(run) << run.error().describe();
  std::vector<std::string> found;
  for (const FlagState& state : run->flags) {
    if (state.flag.source != "civil") continue;
    found.push_back(state.flag.rule + " " + state.flag.subject);
    EXPECT_THAT(state.flag.evidence, testing::HasSubstr("\"name\"")) << found.back();
    EXPECT_THAT(state.flag.evidence, testing::HasSubstr("*")) << found.back();  // a masked name
  }
  EXPECT_THAT(found, testing::UnorderedElementsAre("SEX_BIRTH_CONFLICT C2", "SEX_BIRTH_CONFLICT C3",
                                                   "ID_INVALID C4"));
}

}  // namespace
}  // namespace bidui::workspace
