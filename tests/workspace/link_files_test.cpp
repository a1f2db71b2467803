#include "workspace/link_files.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <gtest/gtest.h>
#include <set>
#include <sstream>

#include "matcher/text/id_number.h"
#include "tests/golden.h"
#include "tests/store/temporary_directory.h"
#include "workspace/date_parts.h"
#include "workspace/link_schema.h"
#include "workspace/split_name.h"
#include "workspace/workspace.h"

namespace bidui::workspace {
namespace {

constexpr std::size_t kThings = 300;
constexpr std::size_t kShared = 200;  // the last of the left file are the first of the right one

// A made-up word for every number.
std::string word(std::size_t n) {
  std::string text;
  for (std::size_t i = 0; i < 3; ++i, n /= 16) {
    text += "bdfghklmnprstvwz"[n % 16];
    text += "aeiou"[(n + i) % 5];
  }
  return text + "ton";
}

std::string two_digits(std::size_t n) { return (n < 10 ? "0" : "") + std::to_string(n); }

struct Person {
  std::string given, family, street;
  std::size_t year, month, day;
};

Person person(std::size_t n) {
  return {.given = word(n * 7919 % 97),
          .family = word(1000 + n * 104729 % 211),
          .street = std::to_string(n * 13 % 200 + 1) + " " + word(n * 31 % 83) + " road",
          .year = 1940 + n * 7 % 60,
          .month = n * 5 % 12 + 1,
          .day = n * 11 % 28 + 1};
}

class LinkFilesTest : public testing::Test {
 protected:
  using MakeRow = std::function<std::string(std::size_t)>;

  // Things `first` to `first` + kThings - 1, in an order of their own.
  std::string write(const std::string& name, const std::string& header, std::size_t first,
                    const MakeRow& row) const {
    const std::string path = (place_.path() / name).string();
    std::ofstream out(path, std::ios::binary);
    out << header << "\n";
    for (std::size_t i = 0; i < kThings; ++i) out << row(first + i * 7 % kThings) << "\n";
    return path;
  }
  std::string left(const std::string& header, const MakeRow& row) const {
    return write("left.csv", header, 0, row);
  }
  std::string right(const std::string& header, const MakeRow& row) const {
    return write("right.csv", header, kThings - kShared, row);
  }

  Result<LinkFilesReport> link(const std::string& left, const std::string& right,
                               const std::string& key = {}) const {
    return link_files({.left = left, .right = right, .out = out(), .key_column = key});
  }
  std::filesystem::path out() const { return place_.path() / "links.csv"; }

  // Rows of links.csv, and how many of them join equal keys.
  std::pair<std::size_t, std::size_t> found() const {
    std::ifstream in(out());
    std::string line;
    std::getline(in, line);
    std::size_t all = 0, right = 0;
    while (std::getline(in, line)) {
      std::istringstream cells(line);
      std::string a, b;
      std::getline(cells, a, ',');
      std::getline(cells, b, ',');
      ++all;
      right += a == b ? 1 : 0;
    }
    return {all, right};
  }
  void expect_all_found() const {
    const auto [all, right] = found();
    EXPECT_EQ(all, right) << "false pairs";
    EXPECT_GE(right, kShared * 95 / 100);
  }

  store::TemporaryDirectory place_;
};

const ColumnReport* find_column(const LinkFilesReport& report, const std::string& left) {
  const auto at = std::ranges::find(report.columns, left, &ColumnReport::left_header);
  return at == report.columns.end() ? nullptr : &*at;
}

TEST_F(LinkFilesTest, FullNameAndDateMeetTheirParts) {
  const auto report = link(
      left("id,Full Name,DOB,Address",
           [](std::size_t n) {
             const Person p = person(n);
             return std::to_string(n) + "," + p.given + " " + p.family + "," +
                    std::to_string(p.year) + "-" + two_digits(p.month) + "-" + two_digits(p.day) +
                    "," + p.street;
           }),
      right("id,Surname,Given Name,Birth Year,Birth Month,Birth Day,Address", [](std::size_t n) {
        const Person p = person(n);
        return std::to_string(n) + "," + p.family + "," + p.given + "," + std::to_string(p.year) +
               "," + std::to_string(p.month) + "," + std::to_string(p.day) + "," + p.street;
      }));
  ASSERT_TRUE(report) << report.error().describe();
  expect_all_found();
  const ColumnReport* const name = find_column(*report, "Full Name");
  ASSERT_NE(name, nullptr);
  EXPECT_EQ(name->right_header, "Surname + Given Name");
  EXPECT_TRUE(name->used);
  const ColumnReport* const birth = find_column(*report, "DOB");
  ASSERT_NE(birth, nullptr);
  EXPECT_EQ(birth->right_header, "Birth Year + Birth Month + Birth Day");
}

// Two Chinese addresses: where one is registered and where one lives. The second pair of columns
// must not take the first one's place.
TEST_F(LinkFilesTest, ASecondAddressIsComparedToo) {
  const auto row = [](bool moved) {
    return [moved](std::size_t n) {
      const Person p = person(n);
      const std::string home = "泾川县高平镇长湖村" + std::to_string(n * 13 % 97 + 1) + "号";
      const std::string now =
          "城关镇安定路" + std::to_string((moved ? n + 41 : n) * 31 % 89 + 1) + "号";
      constexpr std::array<const char*, 7> kNames = {"王建国", "李秀英", "张玉兰", "刘长根",
                                                     "陈桂花", "赵大山", "周小红"};
      return std::to_string(n) + "," + kNames[n * 5 % 7] + "," + std::to_string(p.year) + "-" +
             two_digits(p.month) + "-" + two_digits(p.day) + "," + home + "," + now;
    };
  };
  const std::string header = "编号,姓名,出生日期,户籍地址,现住地址";
  const auto report = link(left(header, row(false)), right(header, row(true)));
  ASSERT_TRUE(report) << report.error().describe();
  EXPECT_GE(found().second, kShared * 95 / 100);
  for (const char* const name : {"户籍地址", "现住地址"}) {
    const ColumnReport* const column = find_column(*report, name);
    ASSERT_NE(column, nullptr);
    EXPECT_EQ(column->right_header, name);
    EXPECT_TRUE(column->used) << name;
  }
}

// A list of 200 and a register of 300, with an address that names no county in one of them.
TEST_F(LinkFilesTest, SwappedFilesSwapTheLinks) {
  const auto row = [](std::size_t n, bool in_list) {
    static constexpr std::array<std::string_view, 6> kSurnames = {"王", "李", "程",
                                                                  "尉", "石", "汪"};
    static constexpr std::array<std::string_view, 8> kGiven = {"建国", "秀英", "志强", "桂兰",
                                                               "国庆", "小明", "玉珍", "文斌"};
    std::string birth = std::to_string(1940 + n * 7 % 60) + two_digits(n * 5 % 12 + 1) +
                        two_digits(n * 11 % 28 + 1);
    std::string digits = "340826" + birth + std::to_string(100 + n * 17 % 900);
    const std::uint8_t check = text::id_check_digit(std::stoull(digits));
    digits += check == 10 ? "X" : std::to_string(check);
    return std::string(in_list ? "P" : "C") + std::to_string(n) + "," +
           std::string(kSurnames[n % 6]) + std::string(kGiven[n * 3 % 8]) + "," +
           (in_list && n % 3 == 0 ? "" : digits) + "," + birth + "," +
           (in_list ? "" : "安徽省宿松县") + "千岭乡竹墩村" + std::to_string(n % 9 + 1) + "组" +
           std::to_string(n % 40 + 1) + "号\n";
  };
  const std::string header = "编号,姓名,身份证号,出生日期,住址\n";
  std::string list = header, registry = header;
  for (std::size_t n = 0; n < 200; ++n) list += row(n * 7 % 200, true);
  for (std::size_t n = 0; n < 300; ++n) registry += row(50 + n * 11 % 300, false);
  const auto write_all = [&](const std::string& name, const std::string& text) {
    const std::string path = (place_.path() / name).string();
    std::ofstream(path, std::ios::binary) << text;
    return path;
  };
  const std::string a = write_all("a.csv", list), b = write_all("b.csv", registry);
  // Each link by its two keys, with what else the line says.
  const auto links = [&](bool turned) {
    std::set<std::string> lines;
    std::ifstream in(out());
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
      const std::size_t first = line.find(','), second = line.find(',', first + 1);
      const std::string x = line.substr(0, first);
      const std::string y = line.substr(first + 1, second - first - 1);
      lines.insert((turned ? y + "," + x : x + "," + y) + line.substr(second));
    }
    return lines;
  };
  ASSERT_TRUE(link(a, b));
  const std::set<std::string> straight = links(false);
  ASSERT_TRUE(link(b, a));
  EXPECT_EQ(links(true), straight);
  EXPECT_GT(straight.size(), 120U);
}

TEST_F(LinkFilesTest, PartsMayStandInTheLeftFile) {
  const auto report = link(
      left("id,last_name,first_name,dob",
           [](std::size_t n) {
             const Person p = person(n);
             return std::to_string(n) + "," + p.family + "," + p.given + "," +
                    std::to_string(p.year) + two_digits(p.month) + two_digits(p.day);
           }),
      right("id,name,by,bm,bd", [](std::size_t n) {
        const Person p = person(n);
        return std::to_string(n) + ",\"" + p.family + ", " + p.given + "\"," +
               std::to_string(p.year) + "," + std::to_string(p.month) + "," + std::to_string(p.day);
      }));
  ASSERT_TRUE(report) << report.error().describe();
  expect_all_found();
}

TEST_F(LinkFilesTest, UnknownHeadersOfCodesArePaired) {
  const auto row = [](std::size_t n) {
    return std::to_string(n) + "," + word(n) + std::to_string(20000 + n * 37) + ",grade " +
           std::to_string(n % 3);
  };
  const auto report =
      link(left("id,licence_code,quality", row), right("id,code_of_shop,level", row));
  ASSERT_TRUE(report) << report.error().describe();
  EXPECT_TRUE(find_column(*report, "licence_code")->used);
  expect_all_found();
}

TEST_F(LinkFilesTest, AKeyPerFile) {
  const auto row = [](std::size_t n) {
    const Person p = person(n);
    return std::to_string(5000 + n) + "," + p.given + " " + p.family + "," +
           std::to_string(p.year) + "-" + two_digits(p.month) + "-" + two_digits(p.day) + "," +
           p.street;
  };
  const std::string a = left("this,name,dob,address", row);
  const std::string b = right("that,name,dob,address", row);
  const auto report = link(a, b, "this,that");
  ASSERT_TRUE(report) << report.error().describe();
  EXPECT_EQ(report->left_key, "this");
  EXPECT_EQ(report->right_key, "that");
  expect_all_found();
  EXPECT_EQ(link(a, b, "this")->right_key, "");
  const auto none = link(a, b, "neither");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::kInvalidArgument);
  EXPECT_NE(none.error().describe_zh().find("没有列“neither”"), std::string::npos);
}

TEST_F(LinkFilesTest, SaysWhyItCannotProceed) {
  const auto message = [&](const std::string& text) {
    const std::string path = (place_.path() / "bad.csv").string();
    std::ofstream(path) << text;
    const auto report = link(path, {});
    return report ? std::string("done") : report.error().describe();
  };
  EXPECT_NE(message("name,phone\n").find("no rows of data"), std::string::npos);
  EXPECT_NE(message("id,name\n1,Ann Lee\n2,Ann Lee\n").find("tells the records apart"),
            std::string::npos);
  EXPECT_NE(message("ann,1967-07-21\nbob,1968-01-02\n").find("put a row with the columns' names"),
            std::string::npos);
}

TEST_F(LinkFilesTest, RejectedRowsAreNumbered) {
  std::size_t row_number = 0;
  const auto report = link(left("id,name,dob",
                                [&](std::size_t n) {
                                  const Person p = person(n);
                                  const std::string more = ++row_number == 3 ? ",x" : "";
                                  return std::to_string(n) + "," + p.given + " " + p.family + "," +
                                         std::to_string(p.year) + "-01-02" + more;
                                }),
                           {});
  ASSERT_TRUE(report) << report.error().describe();
  ASSERT_EQ(report->left_rejects.size(), 1u);
  EXPECT_EQ(report->left_rejects.front().row, 4u);
  EXPECT_EQ(report->left_rejects.front().reason, connectors::RejectReason::kWrongFieldCount);
}

TEST_F(LinkFilesTest, CannotLinksAreNeverLinked) {
  const auto row = [](std::size_t n) {
    const Person p = person(n);
    return std::to_string(n) + "," + p.given + " " + p.family + "," + std::to_string(p.year) + "-" +
           two_digits(p.month) + "-" + two_digits(p.day) + "," + p.street;
  };
  const std::string a = left("id,name,dob,address", row);
  const std::string b = right("id,name,dob,address", row);
  ASSERT_TRUE(link(a, b));
  const std::size_t before = found().second;
  const std::string file = (place_.path() / "cannot.csv").string();
  std::ofstream(file) << "left_id,right_id,why\n150,150,two people\n151,151,\n1,999999,\n";
  const auto report = link_files({.left = a, .right = b, .out = out(), .cannot_links = file});
  ASSERT_TRUE(report) << report.error().describe();
  EXPECT_EQ(report->cannot_links, 3u);
  EXPECT_EQ(report->cannot_links_not_found, 1u);
  EXPECT_EQ(found().second, before - 2);
  std::ofstream(file) << "left,right\n150,150\n";
  EXPECT_EQ(link_files({.left = a, .right = b, .out = out(), .cannot_links = file}).error().code,
            ErrorCode::kBadInput);
}

TEST_F(LinkFilesTest, ADuplicateThatIsNoneIsKeptApart) {
  const auto row = [](std::size_t n) {
    const Person p = person(n / 2);
    return std::to_string(n) + "," + p.given + " " + p.family + "," + std::to_string(p.year) + "-" +
           two_digits(p.month) + "-" + two_digits(p.day) + "," + p.street;
  };
  const std::string one = left("id,name,dob,address", row);
  ASSERT_TRUE(link(one, {}));
  const std::size_t before = found().first;
  ASSERT_GE(before, kThings * 45 / 100);
  const std::string file = (place_.path() / "cannot.csv").string();
  std::ofstream(file) << "left_id,right_id\n41,40\n";  // either way round
  ASSERT_TRUE(link_files({.left = one, .out = out(), .cannot_links = file}));
  EXPECT_EQ(found().first, before - 1);
}

// A number with the check digit that it must have.
std::string citizen_number(std::size_t n) {
  const Person p = person(n);
  std::string digits = "340826" + std::to_string(p.year) + two_digits(p.month) + two_digits(p.day) +
                       std::to_string(100 + n % 900);
  const int check = text::id_check_digit(std::stoull(digits));
  return digits + (check == 10 ? "X" : std::to_string(check));
}

std::string chinese_name(std::size_t n) {
  constexpr const char* kCharacters[] = {"明", "国", "英", "兰", "强",
                                         "燕", "博", "梅", "荣", "珍"};
  return std::string(n % 2 == 0 ? "王" : "李") + kCharacters[n / 2 % 10] + kCharacters[n / 20 % 10];
}

TEST_F(LinkFilesTest, ASchemaTellsTheColumns) {
  const auto registry = [](std::size_t n) {
    return std::to_string(n) + ",H" + std::to_string(n / 3) + "," +
           (n == 7 ? "" : chinese_name(n)) + "," + citizen_number(n);
  };
  const std::string a = left("人编号,户编号,姓名,证件号码", registry);
  const std::string b = right("人员编号,户号,姓名,公民身份号码", registry);
  const auto schemas = builtin_schemas();
  ASSERT_TRUE(schemas);
  const auto report = link_files({.left = a,
                                  .right = b,
                                  .out = out(),
                                  .left_schema = *find_schema(*schemas, "poverty"),
                                  .right_schema = *find_schema(*schemas, "civil")});
  ASSERT_TRUE(report) << report.error().describe();
  EXPECT_EQ(report->left_key, "人编号");
  EXPECT_EQ(report->right_key, "人员编号");
  EXPECT_EQ(report->left_rows, kThings - 1);
  ASSERT_EQ(report->left_rejects.size(), 1u) << "a row without its name";
  EXPECT_EQ(report->left_rejects.front().reason, connectors::RejectReason::kRequiredMissing);
  EXPECT_NE(find_column(*report, "姓名")->reason_zh.find("（name）"), std::string::npos);
  expect_all_found();
}

TEST_F(LinkFilesTest, ASchemaFileOfAnyRegistry) {
  const std::string file = (place_.path() / "voters.json").string();
  std::ofstream(file) << R"({"source": "voters", "title": "选民", "title_en": "Voters",
    "unit": "person", "key": ["no"], "fields": [
      {"id": "no", "title": "号", "type": "identifier", "headers": ["voter"]},
      {"id": "name", "title": "姓名", "type": "person_name", "headers": ["who"]},
      {"id": "birth", "title": "生日", "type": "birth_date", "headers": ["when"]},
      {"id": "address", "title": "住址", "type": "address", "headers": ["where"]}]})";
  const auto schema = load_link_schema(file);
  ASSERT_TRUE(schema) << schema.error().describe();
  const auto row = [](std::size_t n) {
    const Person p = person(n);
    return std::to_string(n) + "," + p.given + " " + p.family + "," + std::to_string(p.year) + "-" +
           two_digits(p.month) + "-" + two_digits(p.day) + "," + p.street;
  };
  const auto report = link_files({.left = left("voter,who,when,where", row),
                                  .right = right("voter,who,when,where", row),
                                  .out = out(),
                                  .left_schema = &*schema,
                                  .right_schema = &*schema});
  ASSERT_TRUE(report) << report.error().describe();
  expect_all_found();
  EXPECT_EQ(load_link_schema("no_such").error().code, ErrorCode::kNotFound);
  const auto lacking =
      link_files({.left = left("voter,when", row), .out = out(), .left_schema = &*schema});
  EXPECT_EQ(lacking.error().code, ErrorCode::kBadInput);
}

// A kept model gives the links that its training gave, with its frequency tables beside it.
TEST_F(LinkFilesTest, AKeptModelAndItsTablesGiveTheSameLinks) {
  const auto row = [](std::size_t n) {
    const Person p = person(n);
    return std::to_string(n) + "," + p.given + "," + p.family + "," + std::to_string(p.year) +
           two_digits(p.month) + two_digits(p.day);
  };
  const std::string a = left("id,first_name,last_name,dob", row);
  const std::string b = right("id,first_name,last_name,dob", row);
  const std::filesystem::path model = place_.path() / "model.json";
  ASSERT_TRUE(link_files({.left = a, .right = b, .out = out(), .save_model = model}));
  const std::string trained = read_bytes(out());
  EXPECT_TRUE(std::filesystem::exists(model.string() + ".tables"));
  const auto again = link_files({.left = a, .right = b, .out = out(), .model = model});
  ASSERT_TRUE(again) << again.error().describe();
  EXPECT_EQ(read_bytes(out()), trained);
  const auto one = link_files({.left = a, .out = out(), .model = model});
  ASSERT_TRUE(one) << one.error().describe();
  EXPECT_EQ(link_files({.left = a, .right = b, .out = out(), .model = a}).error().code,
            ErrorCode::kBadInput);
}

TEST_F(LinkFilesTest, ForeignHeadersDatesAndTelephonesMeet) {
  const auto phone = [](std::size_t n) {
    return std::to_string(10'000'000 + n * 7'654'321 % 89'000'000);
  };
  const auto report = link(
      left("id,Prénom,Nom,Né le,Téléphone",
           [&](std::size_t n) {
             const Person p = person(n);
             return std::to_string(n) + "," + p.given + "," + p.family + "," + two_digits(p.day) +
                    "/" + two_digits(p.month) + "/" + std::to_string(p.year) + ",+61 4" + phone(n);
           }),
      right("id,first_name,last_name,dob,phone", [&](std::size_t n) {
        const Person p = person(n);
        return std::to_string(n) + "," + p.given + "," + p.family + "," + two_digits(p.month) +
               "/" + two_digits(p.day) + "/" + std::to_string(p.year) + ",04" + phone(n);
      }));
  ASSERT_TRUE(report) << report.error().message;
  for (const std::string header : {"Prénom", "Nom", "Né le", "Téléphone"})
    EXPECT_TRUE(find_column(*report, header)->used) << header;
  expect_all_found();
}

TEST_F(LinkFilesTest, LatinFullNamesMeetInEitherOrderAndFloatsAreWhole) {
  const auto report = link(left("id,name,birthdate",
                                [](std::size_t n) {
                                  const Person p = person(n);
                                  return std::to_string(n) + "," + p.given + " " + p.family + "," +
                                         std::to_string(p.year * 10000 + p.month * 100 + p.day) +
                                         ".0";
                                }),
                           right("id,name,birthdate", [](std::size_t n) {
                             const Person p = person(n);
                             return std::to_string(n) + ",\"" + p.family + ", " + p.given + "\"," +
                                    std::to_string(p.year * 10000 + p.month * 100 + p.day);
                           }));
  ASSERT_TRUE(report) << report.error().message;
  expect_all_found();
}

TEST_F(LinkFilesTest, OfManyColumnsThoseThatTellAreCompared) {
  std::string header = "id";
  for (int i = 0; i < 14; ++i) header += ",n" + std::to_string(i);
  header += ",given_name,surname,ssn";
  const auto row = [](std::size_t n) {
    std::string text = std::to_string(n);
    for (std::size_t i = 0; i < 14; ++i) text += "," + std::to_string(n * (i + 3) % 41);
    const Person p = person(n);
    return text + "," + p.given + "," + p.family + "," + std::to_string(900'000'000 + n * 7'919);
  };
  const auto report = link(left(header, row), right(header, row));
  ASSERT_TRUE(report) << report.error().message;
  for (const std::string name : {"given_name", "surname", "ssn"})
    EXPECT_TRUE(find_column(*report, name)->used) << name;
}

TEST_F(LinkFilesTest, OneRowFindsItsPartner) {
  const auto row = [](std::size_t n) {
    const Person p = person(n);
    return std::to_string(n) + "," + p.given + "," + p.family + "," + std::to_string(p.year) + "-" +
           two_digits(p.month) + "-" + two_digits(p.day) + ",S" +
           std::to_string(900'000'000 + n * 7'919);
  };
  const std::string header = "id,given_name,surname,dob,ssn";
  const std::string path = (place_.path() / "one.csv").string();
  std::ofstream(path) << header << "\n" << row(150) << "\n";
  const auto report = link(path, right(header, row));
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(found(), (std::pair<std::size_t, std::size_t>(1, 1)));
}

TEST(DatePartsTest, AColumnTellsItsOrder) {
  const std::vector<std::string_view> american = {"08/28/1959", "3/4/1961 0:00:00", "", "1959"};
  const std::vector<std::string_view> other = {"28/08/1959", "03.04.1961", "13-08-1959"};
  const std::vector<std::string_view> unknown = {"03/04/1961", "1961-04-03"};
  EXPECT_TRUE(month_comes_first(american));
  EXPECT_FALSE(month_comes_first(other));
  EXPECT_FALSE(month_comes_first(unknown));
  EXPECT_EQ(split_date(" 3/4/1961 0:00")->second, "4");
  for (const std::string_view none : {"1961-04-03", "3/4/61", "3/4", "003/4/1961", "3/4/19612"})
    EXPECT_FALSE(split_date(none)) << none;
}

TEST(SplitNameTest, ByOrderOrComma) {
  const auto parts = [](std::string_view cell, NameOrder order) {
    const SplitName name = split_name(cell, order);
    return std::string(name.family) + "|" + std::string(name.given);
  };
  EXPECT_EQ(parts("Barbara Ann Taylor", NameOrder::kGivenFirst), "Taylor|Barbara Ann");
  EXPECT_EQ(parts("Taylor Barbara Ann", NameOrder::kFamilyFirst), "Taylor|Barbara Ann");
  EXPECT_EQ(parts("Taylor, Barbara A.", NameOrder::kGivenFirst), "Taylor|Barbara A");
  EXPECT_EQ(parts("Taylor", NameOrder::kGivenFirst), "Taylor|");
  EXPECT_EQ(parts("  ", NameOrder::kGivenFirst), "|");
}

TEST(SplitNameTest, TheOtherFileTellsTheOrder) {
  const std::vector<std::string_view> families = {"TAYLOR", "lees"}, givens = {"Barbara", "emma"};
  const std::vector<std::string_view> given_first = {"barbara taylor", "EMMA LEES"};
  const std::vector<std::string_view> family_first = {"taylor barbara", "Lees Emma", "x"};
  EXPECT_EQ(find_name_order(given_first, families, givens), NameOrder::kGivenFirst);
  EXPECT_EQ(find_name_order(family_first, families, givens), NameOrder::kFamilyFirst);
  EXPECT_EQ(find_name_order({}, families, givens), NameOrder::kGivenFirst);
}

}  // namespace
}  // namespace bidui::workspace
