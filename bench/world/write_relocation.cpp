#include <algorithm>
#include <fmt/format.h>

#include "bench/world/kinship.h"
#include "bench/world/table.h"
#include "bench/world/writers.h"

namespace bidui::world {
namespace {

const std::vector<std::string> kHeader = {
    "搬迁户编号", "人员档案号",     "户主姓名", "搬迁人口姓名", "公民身份号码",    "与户主之关系",
    "出生年月日", "原住址(镇村组)", "搬迁类型", "搬迁年度",     "审批时间",        "搬迁人口数",
    "安置方式",   "安置点",         "栋单元室", "建筑面积(㎡)", "补助标准(元/人)", "补助金额(元)",
    "入住日期",   "旧房处置",       "联系方式"};
constexpr std::string_view kFile = "易地搬迁对象台账.csv";

class RelocationWriter {
 public:
  explicit RelocationWriter(const WriterInput& input)
      : input_(input),
        world_(input.world),
        observer_(input.world, input.names, input.confusions, input.rates,
                  {.source = Source::kRelocation,
                   .has_sex = false,
                   .birth_styles = {DateStyle::kIso, DateStyle::kDot, DateStyle::kCompact,
                                    DateStyle::kChinese},
                   .full_address = false},
                  input.seed, input.hand()),
        form_(form_of(input.profile, Source::kRelocation,
                      {std::string(kFile), {.encoding = "gb18030", .line_end = "\r\n"}, kHeader})),
        table_(input.directory + "/" + form_.file, form_.table) {}

  Result<SourceTruth> write() {
    line(world_.divisions.home.name + "易地扶贫搬迁对象台账");
    line("填报单位：" + world_.divisions.home.name + "移民办　　填报日期：2017年10月31日");
    table_.add(form_.header);
    std::size_t people = 0;
    for (std::size_t i = 0; i < input_.registers.relocation.size(); ++i) {
      const RelocationCase& moving = input_.registers.relocation[i];
      write_case(moving);
      people += moving.members.size();
      if (i % 40 == 39) line(fmt::format("本页合计：{}人", people));
    }
    line(fmt::format("总计：{}户{}人", input_.registers.relocation.size(), people));
    line("填表人：　　　　审核人：　　　　负责人：");
    BIDUI_TRY(table_.write());
    add_delivery(truth_, Source::kRelocation, form_.file, input_.registers.as_of.relocation,
                 world_.divisions.home.current_code);
    return std::move(truth_);
  }

 private:
  void line(std::string text) {
    std::vector<std::string> fields(kHeader.size());
    fields[0] = std::move(text);
    table_.add(fields);
  }
  void write_case(const RelocationCase& moving);
  void fill_household(const RelocationCase& moving, const std::string& address,
                      std::vector<std::string>& row);

  const WriterInput& input_;
  const World& world_;
  Observer observer_;
  Form form_;
  Table table_;
  SourceTruth truth_;
};

// The columns that stand only on the first row of a block.
void RelocationWriter::fill_household(const RelocationCase& moving, const std::string& address,
                                      std::vector<std::string>& row) {
  Rng& rng = observer_.rng();
  const std::string& township = world_.township_of(world_.homes[moving.home].village).name;
  const int rate = moving.registered_poor ? 16000 : 8000;
  const auto people = static_cast<int>(moving.members.size());
  row[0] = moving.key;
  row[7] = address;
  row[8] = moving.registered_poor ? "建档立卡搬迁户" : "同步搬迁户";
  row[9] = std::to_string(year_of(moving.approved));
  row[10] = format_date(moving.approved, DateStyle::kDot);
  row[11] = std::to_string(std::max(people, moving.allotted));
  row[12] = rng.chance(0.7) ? "集中安置" : "分散安置";
  row[13] = township.substr(0, township.size() - 3) + "集中安置点";
  row[14] = fmt::format("{}栋{}单元{}-{}", rng.range(1, 20), rng.range(1, 4), rng.range(1, 7),
                        rng.range(1, 4));
  row[15] = std::to_string(moving.area > 0 ? moving.area : 25 * people);
  row[16] = std::to_string(rate);
  row[17] = std::to_string(rate * people);
  row[18] = format_date(moving.moved, DateStyle::kDot);
  row[19] = moving.moved == kNever ? "未拆" : rng.chance(0.7) ? "已拆除" : "已拆除复垦";
  if (moving.old_house_kept) row[19] = "未拆除";
}

void RelocationWriter::write_case(const RelocationCase& moving) {
  const Home& home = world_.homes[moving.home];
  observer_.begin(moving.key);
  const ObservedAddress address = observer_.observe_address(moving.home);
  for (std::size_t i = 0; i < moving.members.size(); ++i) {
    const PersonIndex member = moving.members[i];
    observer_.begin(moving.member_keys[i]);
    const ObservedPerson seen = observer_.observe(member, others_than(home.members, member));
    std::vector<std::string> row(kHeader.size());
    if (i == 0) {
      fill_household(moving, address.full, row);
      row[2] = seen.name;
      row[20] = seen.phone;
    }
    row[1] = moving.member_keys[i];
    row[3] = seen.name;
    row[4] = seen.id;
    row[5] =
        relation_text(relation_to(world_, moving.members.front(), member), Source::kRelocation);
    row[6] = seen.birth;
    const std::size_t number = table_.add(row);
    bool duplicate = false;
    for (std::size_t k = 0; k < i; ++k) duplicate = duplicate || moving.members[k] == member;
    const ErrorSet errors =
        seen.errors | address.errors | (duplicate ? error_bit(ErrorClass::kRowDuplicated) : 0);
    add_record(truth_, {Source::kRelocation, row[1], number, member, moving.home, errors, ""});
    add_membership(truth_, Source::kRelocation, moving.key, member, world_.people[member].home);
    note_row_errors(input_, Source::kRelocation, row[1], member, seen, truth_);
  }
}

}  // namespace

Result<SourceTruth> write_relocation(const WriterInput& input) {
  return RelocationWriter(input).write();
}

}  // namespace bidui::world
