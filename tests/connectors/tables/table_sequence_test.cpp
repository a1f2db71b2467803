#include "connectors/tables/table_sequence.h"

#include "tests/connectors/tables/testing.h"

namespace bidui::connectors {
namespace {

TEST(TableSequence, SheetsOfTheSameColumnsAreOneTable) {
  const auto path =
      HandMade("villages.xlsx")
          .sheets(R"(<x:sheet name="说明" r:id="s1"/><x:sheet name="一村" r:id="s2"/>)"
                  R"(<x:sheet name="二村" r:id="s3"/>)")
          .sheet(text_rows("name|id\nx|y"))
          .sheet(text_rows("户编号|姓名|住址\n1|王伟|竹墩"), "two")
          .sheet(text_rows("二村名册\n姓名|住址|户编号\n李娜|白岭|2\n赵||"), "three")
          .write();
  auto file = open_tables(path, known_columns);
  ASSERT_TRUE(file) << file.error().describe();
  const auto table = TableSequence::join(*file);
  ASSERT_TRUE(table->fill_down({.key_column = 0, .columns = {2}}));
  EXPECT_EQ(
      shown(*table),
      "villages.xlsx[一村]\n户编号|姓名|住址|\n2: 1|王伟|竹墩|\n1 skipped: \n3: 2|李娜|白岭|\n"
      "4: 2|赵|白岭|\n");
  EXPECT_EQ(table->counts().loaded, 3u);
  EXPECT_EQ(table->parts().size(), 2u);
  ASSERT_EQ(file->left_out.size(), 1u);
  EXPECT_EQ(file->left_out[0].name, "villages.xlsx[说明]");
  EXPECT_EQ(table->bytes_read(), table->bytes_total());
}

}  // namespace
}  // namespace bidui::connectors
