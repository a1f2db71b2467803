#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "bench/world/kinship.h"
#include "bench/world/table.h"
#include "bench/world/writers.h"

namespace bidui::world {
namespace {

// Three groups of townships keep their roll with three programs.
struct RollForm {
  std::string_view file;
  TableForm form;
  bool titled;  // title rows above, subtotals and a signature below
  std::vector<std::string> header;
  bool paid_month = false;  // with the month of the last payment
};

// The second profile's county keeps two rolls, which say when was paid last.
const std::vector<RollForm>& second_forms() {
  static const std::vector<RollForm> kForms = {
      {"城乡救助发放_东片.csv",
       {.encoding = "UTF-8"},
       true,
       {"低保号",           "成员编号",     "对象类别",     "申请人",
        "申请人证件号码",   "保障对象姓名", "成员性别",     "出生时间",
        "保障对象身份证号", "家庭关系",     "低保档次",     "施保方式",
        "特困供养方式",     "镇街",         "现住址",       "家庭人数",
        "低保人数",         "户月保障金额", "享受起始时间", "在保状态",
        "退保时间",         "手机号",       "发放年月"},
       true},
      {"城乡救助发放_西片.txt",
       {.delimiter = '|', .encoding = "gb18030", .line_end = "\r\n"},
       false,
       {"救助证编号", "户内序号", "低保类型",     "户主",     "户主证件号码", "享受人姓名",
        "性别",       "生日",     "成员证件号码", "成员关系", "施保类别",     "享受方式",
        "供养方式",   "街道",     "家庭地址",     "人口数",   "享受人口",     "月救助金额",
        "纳入时间",   "享受状态", "停发年月",     "电话",     "发放月"},
       true},
  };
  return kForms;
}

const std::vector<RollForm>& first_forms() {
  static const std::vector<RollForm> kForms = {
      {"低保特困花名册_一片.csv",
       {.encoding = "gb18030"},
       false,
       {"保障证号", "序号",     "救助类别",     "申请人姓名",   "申请人身份证号", "家庭成员姓名",
        "性别",     "出生年月", "身份证件号码", "与申请人关系", "保障类别",       "保障方式",
        "供养方式", "乡镇",     "家庭住址",     "家庭人口",     "保障人数",       "月保障金额",
        "起保年月", "状态",     "停保年月",     "联系电话"}},
      {"低保特困花名册_二片.txt",
       {.delimiter = '\t', .encoding = "UTF-16LE", .line_end = "\r\n"},
       false,
       {"低保证号",     "序号",     "救助类型",       "户主姓名",     "户主身份证号",
        "成员姓名",     "性别",     "出生日期",       "成员身份证号", "与户主(申请人)关系",
        "分类施保类别", "保障方式", "供养方式",       "乡(镇)",       "住址",
        "家庭人口数",   "享受人数", "月保障金额(元)", "起始月",       "享受状态",
        "停发月",       "联系方式"}},
      {"低保特困花名册_三片.csv",
       {.encoding = "UTF-8-BOM"},
       true,
       {"救助证号", "序号",     "救助类别",           "户主姓名",     "户主公民身份号码",
        "姓    名", "性 别",    "出生年月日",         "公民身份号码", "与户主关系",
        "保障类别", "保障方式", "供养方式",           "乡镇",         "详细地址",
        "家庭人口", "保障人口", "月保障金额\n（元）", "起保时间",     "保障状态",
        "停保时间", "联系电话"}},
  };
  return kForms;
}

std::string month_text(Day day) { return day == kNever ? "" : compact_date(day).substr(0, 6); }

class AllowanceWriter {
 public:
  explicit AllowanceWriter(const WriterInput& input)
      : input_(input),
        world_(input.world),
        forms_(input.profile.second ? second_forms() : first_forms()),
        observer_(input.world, input.names, input.confusions, input.rates,
                  {.source = Source::kAllowance,
                   .birth_styles = {DateStyle::kIso, DateStyle::kDot, DateStyle::kChinese,
                                    DateStyle::kCompact, DateStyle::kSlash},
                   .full_address = false},
                  input.seed, input.hand()) {}

  std::size_t rolls() const { return forms_.size(); }
  Status write_roll(std::size_t roll);
  SourceTruth take_truth() { return std::move(truth_); }

 private:
  void write_case(const AllowanceCase& given, bool paid_month, Table& table);
  std::size_t roll_of(const AllowanceCase& given) const {
    const std::size_t township = world_.villages[world_.homes[given.home].village].township;
    return township % forms_.size();
  }

  const WriterInput& input_;
  const World& world_;
  const std::vector<RollForm>& forms_;
  Observer observer_;
  SourceTruth truth_;
};

void AllowanceWriter::write_case(const AllowanceCase& given, bool paid_month, Table& table) {
  static constexpr std::array<const char*, 3> kKinds = {"农村低保", "城市低保", "农村特困供养"};
  static constexpr std::array<const char*, 3> kWays = {"全户保", "部分成员保", "单人保"};
  const Day as_of = input_.registers.as_of.allowance;
  const bool destitute = given.kind == AllowanceKind::kDestitute;
  const Home& home = world_.homes[given.home];
  const auto listed = static_cast<std::size_t>(
      std::ranges::count_if(given.members, [](PersonIndex member) { return member != kNone; }));
  if (listed == 0) return;
  const std::size_t supported = listed - (given.duplicate ? 1 : 0);
  const PersonIndex head =
      *std::ranges::find_if(given.members, [](PersonIndex member) { return member != kNone; });
  observer_.begin(given.key);
  const ObservedAddress address = observer_.observe_address(given.home);
  std::string head_name;
  std::string head_id;
  for (std::size_t i = 0; i < given.members.size(); ++i) {
    const PersonIndex member = given.members[i];
    if (member == kNone) continue;
    observer_.begin(fmt::format("{}-{:02}", given.key, i + 1));
    const ObservedPerson seen = observer_.observe(member, others_than(home.members, member));
    if (member == head && head_name.empty()) {
      head_name = seen.name;
      head_id = seen.id;
    }
    const std::string serial = fmt::format("{:02}", i + 1);
    const Relation relation = relation_to(world_, head, member);
    std::vector<std::string> row = {given.key,
                                    serial,
                                    kKinds[static_cast<std::size_t>(given.kind)],
                                    head_name,
                                    head_id,
                                    seen.name,
                                    seen.sex,
                                    seen.birth,
                                    seen.id,
                                    std::string(relation_text(relation, Source::kAllowance)),
                                    destitute ? "" : std::string(1, given.category),
                                    destitute ? "" : kWays[static_cast<std::size_t>(given.way)],
                                    destitute ? (given.institution ? "集中供养" : "分散供养") : "",
                                    world_.township_of(home.village).name,
                                    address.full,
                                    std::to_string(std::max(home.members.size(), supported)),
                                    std::to_string(supported),
                                    std::to_string(180 + (given.category - 'A') * -30 + 130),
                                    month_text(given.start),
                                    given.active(as_of) ? "在保" : "停保",
                                    month_text(given.stop),
                                    seen.phone};
    if (paid_month) row.push_back(given.active(as_of) ? month_text(as_of) : "");
    const std::size_t number = table.add(row);
    const std::string key = given.key + "-" + serial;
    const bool duplicate = given.duplicate && i + 1 == given.members.size();
    const ErrorSet errors =
        seen.errors | address.errors | (duplicate ? error_bit(ErrorClass::kRowDuplicated) : 0);
    add_record(truth_, {Source::kAllowance, key, number, member, given.home, errors, ""});
    add_membership(truth_, Source::kAllowance, given.key, member, world_.people[member].home);
    note_row_errors(input_, Source::kAllowance, key, member, seen, truth_);
  }
}

Status AllowanceWriter::write_roll(std::size_t roll) {
  const RollForm& form = forms_[roll];
  const Divisions& divisions = world_.divisions;
  Table table(input_.directory + "/" + std::string(form.file), form.form);
  const auto line = [&](std::string first, std::string later = "") {
    std::vector<std::string> fields(form.header.size());
    fields[0] = std::move(first);
    fields[fields.size() / 2] = std::move(later);
    table.add(fields);
  };
  if (form.titled) {
    line(divisions.home.name + "2017年农村低保、特困人员花名册");
    line("填报单位：" + divisions.home.name + "民政局", "填报日期：2017年12月5日");
  }
  table.add(form.header);
  std::size_t rows = 0;
  std::size_t last_township = divisions.townships.size();
  std::size_t of_township = 0;
  const auto subtotal = [&] {
    if (form.titled && of_township > 0) {
      line("小计", std::to_string(of_township) + "人");
      line("");
    }
    of_township = 0;
  };
  for (std::size_t township = 0; township < divisions.townships.size(); ++township) {
    for (const AllowanceCase& given : input_.registers.allowance) {
      if (roll_of(given) != roll ||
          world_.villages[world_.homes[given.home].village].township != township)
        continue;
      if (last_township != township) subtotal();
      last_township = township;
      write_case(given, form.paid_month, table);
      rows += given.members.size();
      of_township += given.members.size();
    }
  }
  subtotal();
  if (form.titled) {
    line("合计", std::to_string(rows) + "人");
    line("填表人：", "审核人：");
  }
  if (rows == 0) return {};
  BIDUI_TRY(table.write());
  add_delivery(truth_, Source::kAllowance, form.file, input_.registers.as_of.allowance,
               divisions.home.current_code);
  return {};
}

}  // namespace

Result<SourceTruth> write_allowance(const WriterInput& input) {
  AllowanceWriter writer(input);
  for (std::size_t roll = 0; roll < writer.rolls(); ++roll) BIDUI_TRY(writer.write_roll(roll));
  return writer.take_truth();
}

}  // namespace bidui::world
