#include "connectors/delimited/row_kind.h"

#include <fstream>
#include <gtest/gtest.h>

#include "tests/reference/delimited_text.h"

namespace bidui::connectors {
namespace {

std::string name_of(SkipReason reason) {
  switch (reason) {
    case SkipReason::kNone:
      return "none";
    case SkipReason::kTitle:
      return "title";
    case SkipReason::kBlank:
      return "blank";
    case SkipReason::kRepeatedHeader:
      return "repeated_header";
    case SkipReason::kSubtotal:
      return "subtotal";
    case SkipReason::kSignature:
      return "signature";
  }
  return "?";
}

std::vector<std::string> cells_of(const std::string& text) {
  return reference::split_delimited(text, '|').rows.at(0);
}

TEST(RowKindTest, Cases) {
  const std::string path = BIDUI_SOURCE_DIR "/tests/cases/connectors/row_kind.tsv";
  std::ifstream file(path);
  ASSERT_TRUE(file.is_open());
  const HeaderRows header{cells_of("序号|姓名|身份证号|与户主关系|住址|备注")};
  std::string line;
  int number = 1;
  for (std::getline(file, line); std::getline(file, line);) {
    ++number;
    const auto fields = reference::split_delimited(line, '\t').rows.at(0);
    ASSERT_GE(fields.size(), 2u) << path << ":" << number;
    const auto cells = cells_of(fields[0]);
    const std::vector<std::string_view> views(cells.begin(), cells.end());
    EXPECT_EQ(name_of(skip_reason(views, header)), fields[1]) << path << ":" << number;
  }
  EXPECT_GT(number, 20);
}

}  // namespace
}  // namespace bidui::connectors
