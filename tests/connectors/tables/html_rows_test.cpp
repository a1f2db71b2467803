#include "connectors/tables/html_rows.h"

#include "tests/connectors/tables/testing.h"

namespace bidui::connectors {
namespace {

std::string read_page(std::string page, std::optional<FillDown> fill = {}) {
  auto file = open_tables_of(std::move(page), "名单.xls", known_columns);
  if (file && fill) {
    EXPECT_TRUE(file->tables.front()->fill_down(*fill));
  }
  return shown(std::move(file));
}

TEST(HtmlRows, ReadsWhatSystemsExport) {
  EXPECT_EQ(read_page("<html><head><meta charset=utf-8><style>td{a<b}</style>"
                      "<script>if (a < b) '<tr>';</script></head><body>\n<table border=1>"
                      "<TR><TD colspan=3>2017年名册</TD></TR>\n"
                      "<tr><th>姓名</th><th>住址</th><th>note</th></tr>"
                      "<tr><td>王&nbsp;伟</td><td>竹墩村<br>5 组</td><td>&#26446; &lt;&amp;&gt;"
                      "</td></tr>"
                      "<tr><td> 李\n  娜 </td><td></td><td><table><tr><td>x</td></tr></table></td>"
                      "<!-- <tr><td>no</td></tr> -->"
                      "<tr><td>赵<td>a < b<td>'1'</table></body></html>"),
            "名单.xls\n姓名|住址|note|\n1 skipped: \n"
            "3: 王\u00A0伟|竹墩村\n5 组|李 <&>|\n4: 李 娜||x|\n5: 赵|a < b|'1'|\n");
}

TEST(HtmlRows, CellsOverSeveralRowsAreMergedCells) {
  const std::string page =
      "<table><tr><td>户编号</td><td>姓名</td><td>住址</td></tr>"
      "<tr><td rowspan=2>1</td><td>甲</td><td rowspan=\"2\">竹墩</td></tr><tr><td>乙</td></tr>"
      "<tr><td>2</td><td "
      "rowspan=2>丙</td><td>白岭</td></tr><tr><td>2</td><td>凉泉</td></tr></table>";
  EXPECT_EQ(read_page(page, FillDown{.key_column = 0, .columns = {2}}),
            "名单.xls\n户编号|姓名|住址|\n2: 1|甲|竹墩|\n3: 1|乙|竹墩|\n4: 2|丙|白岭|\n"
            "5: 2||凉泉|\n");
}

TEST(HtmlRows, PiecesGiveTheSameAsTheWhole) {
  std::string page = "<table><tr><td>姓名</td><td>住址</td></tr>";
  for (int i = 0; i < 20'000; ++i)
    page += "<tr class='r'><td>王" + std::to_string(i) + "</td><td>竹墩&#26449;</td></tr>\n";
  auto file = open_tables_of(encode(page + "</table>", "gb18030"), "a.xls", known_columns);
  ASSERT_TRUE(file) << file.error().describe();
  EXPECT_EQ(file->tables.front()->format().encoding, Encoding::kGb18030);
  RowBatch batch;
  int next = 0;
  while (*file->tables.front()->read(batch)) {
    for (const Row& row : batch.rows()) {
      ASSERT_EQ(batch.cells(row)[0], "王" + std::to_string(next++));
      ASSERT_EQ(batch.cells(row)[1], "竹墩村");
    }
  }
  EXPECT_EQ(next, 20'000);
}

}  // namespace
}  // namespace bidui::connectors
