// A workbook made part by part, as any program, or none, would.
#pragma once

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <map>
#include <string>
#include <zip.h>

namespace bidui::connectors {

// An archive of these entries, by name.
inline void write_zip(const std::filesystem::path& path,
                      const std::map<std::string, std::string>& entries) {
  std::filesystem::remove(path);
  int error = 0;
  zip_t* const zip = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
  for (const auto& [name, text] : entries)
    zip_file_add(zip, name.c_str(), zip_source_buffer(zip, text.data(), text.size(), 0),
                 ZIP_FL_ENC_GUESS);
  EXPECT_EQ(zip_close(zip), 0);
}

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// One sheet 甲 and two shared strings, unless told otherwise.
class HandMade {
 public:
  explicit HandMade(const std::string& name)
      : path_(std::filesystem::path(testing::TempDir()) / name) {
    part(
        "_rels/.rels",
        R"(<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="/book/wb.xml"/></Relationships>)");
    part("book/_rels/wb.xml.rels",
         R"(<Relationships><Relationship Id="s1" Type="x/worksheet" Target="one.xml"/>)"
         R"(<Relationship Id="s2" Type="x/worksheet" Target="two.xml"/>)"
         R"(<Relationship Id="s3" Type="x/worksheet" Target="three.xml"/>)"
         R"(<Relationship Id="y1" Type="x/styles" Target="styles.xml"/>)"
         R"(<Relationship Id="t1" Type="x/sharedStrings" Target="strings.xml"/></Relationships>)");
    part(
        "book/strings.xml",
        R"(<sst><si><t>一</t></si><si><r><t>二</t></r><rPh><t>er</t></rPh><r><t>二</t></r></si></sst>)");
    part(
        "book/styles.xml",
        R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>)"
        R"(<numFmt numFmtId="165" formatCode="000000"/></numFmts><cellXfs><xf numFmtId="0"/>)"
        R"(<xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>)");
    sheets(R"(<x:sheet name="甲" r:id="s1"/>)");
  }
  HandMade& part(const std::string& name, const std::string& text) {
    parts_[name] = text;
    return *this;
  }
  // `list`: of <x:sheet/>, with relations s1 to s3; `properties` of the workbook.
  HandMade& sheets(const std::string& list, const std::string& properties = "") {
    return part("book/wb.xml", R"(<x:workbook xmlns:x="urn:x" xmlns:r="urn:r">)" + properties +
                                   "<x:sheets>" + list + "</x:sheets></x:workbook>");
  }
  // `before` and `behind` the rows: columns, merges.
  HandMade& sheet(const std::string& rows, const std::string& file = "one",
                  const std::string& before = "", const std::string& behind = "") {
    return part("book/" + file + ".xml", "<worksheet>" + before + "<sheetData>" + rows +
                                             "</sheetData>" + behind + "</worksheet>");
  }
  std::filesystem::path write() const {
    write_zip(path_, parts_);
    return path_;
  }
  std::string bytes() const { return bytes_of(write()); }

 private:
  std::filesystem::path path_;
  std::map<std::string, std::string> parts_;
};

// Rows of inline strings: cells apart by |, rows by line ends; an empty cell is left out.
inline std::string text_rows(const std::string& text) {
  std::string rows;
  int number = 1;
  std::string row;
  char column = 'A';
  std::string cell;
  const auto end_cell = [&] {
    const std::string place = column + std::to_string(number);
    if (!cell.empty())
      row += "<c r=\"" + place + "\" t=\"inlineStr\"><is><t>" + cell + "</t></is></c>";
    cell.clear();
    ++column;
  };
  for (const char c : text + "\n") {
    if (c == '|') {
      end_cell();
    } else if (c == '\n') {
      end_cell();
      rows += "<row r=\"" + std::to_string(number) + "\">" + row + "</row>";
      row.clear();
      column = 'A';
      ++number;
    } else {
      cell += c;
    }
  }
  return rows;
}

}  // namespace bidui::connectors
