#include "cli/record_argument.h"

#include <gmock/gmock.h>

namespace bidui::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(RecordArgument, TakesSourceAndKey) {
  EXPECT_FALSE(record_argument_problem("poverty:34082600000000101"));
  EXPECT_FALSE(record_argument_problem("housing@county:H1"));
  EXPECT_FALSE(record_argument_problem(record_argument("poverty：34082600000000101")));
}

TEST(RecordArgument, SaysHowToFindTheKeyAndRepeatsNothing) {
  for (const char* const text :
       {"340826195001011234", "王伟", "0123456789ab", "poverty", "poverty:", ":1", ""}) {
    const auto problem = record_argument_problem(text);
    ASSERT_TRUE(problem) << text;
    EXPECT_THAT(*problem, HasSubstr("bidui lookup")) << text;
  }
  EXPECT_THAT(*record_argument_problem("340826195001011234"), Not(HasSubstr("340826195001011234")));
  EXPECT_THAT(*record_argument_problem("王伟"), Not(HasSubstr("王伟")));
}

}  // namespace
}  // namespace bidui::cli
