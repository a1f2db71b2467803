#include "sample_report.h"

#include <array>
#include <cmath>
#include <random>
#include <string>

namespace bidui::connectors::report {
namespace {

struct RuleSample {
  const char* id;
  const char* title;
  Severity severity;
  unsigned share;  // of all flags, in per mille
  const char* other_source;
  const char* label;
  const char* left;
  const char* right;
  const char* definition;
  const char* visit;
};

constexpr std::array<RuleSample, 10> kRules = {{
    {"ID_INVALID", "身份证号无效", Severity::kLow, 120, "", "校验", "校验码不符", "",
     "证号校验码、出生日期或地区码不成立", "核对户口簿上的证号"},
    {"ID_NAME_CONFLICT", "身份证号与姓名不符", Severity::kMedium, 90, "civil", "姓名", "王*梅",
     "李*", "同一证号在两个来源中姓名不同，且非异体、曾用名", "核对户口簿；是否曾用名"},
    {"DUP_IN_SOURCE", "同一来源重复", Severity::kLow, 40, "poverty", "户编号", "5002350012",
     "5002350988", "同一来源中同一人出现两次", "实际与哪一户共同生活"},
    {"NOT_IN_CIVIL", "户籍库查无此人", Severity::kMedium, 130, "civil", "候选", "无", "未找到",
     "户籍库中连可能链接也没有", "户口是否在外县；是否黑户"},
    {"MEMBER_MISSING_IN_PR", "整户识别缺成员", Severity::kMedium, 320, "civil", "成员", "未登记",
     "子 张*强 2009-04-12", "户籍同户成员未列入建档立卡户", "是否共同生活、是否分户"},
    {"DEAD_IN_PR", "死亡仍在册", Severity::kHigh, 60, "death", "死亡日期", "在册", "2016-08-03",
     "死亡登记在宽限期之前，建档立卡仍在册", "本人是否健在"},
    {"DB_NOT_IN_PR", "低保未建档立卡", Severity::kHigh, 110, "poverty", "建档立卡", "低保在保",
     "未建档", "低保户无一人在建档立卡（疑似漏评）", "家庭收入与两不愁三保障"},
    {"PR_ATTRIBUTE_VS_DB", "贫困户属性与低保不符", Severity::kMedium, 80, "allowance", "贫困户属性",
     "一般贫困户", "低保贫困户", "建档立卡属性与低保名册不一致", "低保证是否仍有效"},
    {"EXIT_WITH_DANGEROUS_HOUSE", "危房未改造已脱贫", Severity::kHigh, 30, "housing", "房屋等级",
     "已脱贫", "D 级未改造", "已脱贫户的住房仍为 C、D 级且未改造（错退）", "是否另有安全住房"},
    {"RELOCATED_ENTERED_PR_BY_RELOCATION", "易地搬迁户直接纳入", Severity::kMedium, 20,
     "relocation", "纳入日期", "2017-06-30", "2016-12-01 搬迁", "因易地搬迁而纳入建档立卡",
     "纳入时是否经民主评议"},
}};

constexpr std::array<const char*, 20> kTownships = {
    "双江街道", "青龙街道", "人和街道", "盘龙街道", "龙角镇", "故陵镇",      "红狮镇",
    "路阳镇",   "农坝镇",   "渠马镇",   "黄石镇",   "巴阳镇", "沙市镇",      "鱼泉镇",
    "凤鸣镇",   "宝坪镇",   "南溪镇",   "双土镇",   "桑坪镇", "清水土家族乡"};
constexpr std::array<const char*, 10> kVillages = {"青山村", "石门村", "龙塘村", "梨园村",
                                                   "水井村", "大坪村", "红旗村", "新民村",
                                                   "长岭村", "桃花村"};
constexpr std::array<const char*, 8> kSurnames = {"张", "王", "李", "冉", "向", "谭", "欧阳", "刘"};
constexpr std::array<const char*, 6> kGivenEnds = {"*梅", "*华", "*", "*英", "**", "*强"};

using Random = std::mt19937;

unsigned below(Random& random, unsigned limit) { return static_cast<unsigned>(random() % limit); }

void add_sources(ReportData& data) {
  data.sources = {{"poverty", "建档立卡", "2017-11-20", "贫困户.csv、贫困人口.csv", "GB18030",
                   "500235 云阳县", 120421, 120384, 31, 6},
                  {"allowance", "低保", "2017-10-31", "城乡低保名册.csv", "UTF-8 BOM",
                   "500235 云阳县", 48211, 48197, 11, 3},
                  {"housing", "危房", "2017-11-05", "农村危房台账.csv", "UTF-8", "500235 云阳县",
                   6383, 6370, 8, 5},
                  {"relocation", "易地搬迁", "2017-09-30", "搬迁花名册.csv", "UTF-16",
                   "500235 云阳县", 9120, 9117, 0, 3},
                  {"death", "死亡登记", "2017-11-15", "殡葬火化.csv", "UTF-8", "500235 云阳县",
                   7420, 7420, 0, 0},
                  {"civil", "户籍", "2017-11-20", "hj_2017.csv", "GB18030", "500235 云阳县",
                   1001344, 1001340, 4, 0}};
}

RateEstimate at_most(double value, double high) {
  return {.value = value, .low = {}, .high = high};
}

void add_links(ReportData& data) {
  data.links = {{"poverty", "civil", 120384, 113210, 5903, 601, 670, at_most(0.0006, 0.0009),
                 at_most(0.0091, 0.0137), "模型估计"},
                {"allowance", "civil", 48197, 44012, 3220, 402, 563, at_most(0.0008, 0.0012),
                 at_most(0.0122, 0.0183), "模型估计"},
                {"housing", "civil", 6370, 4100, 1704, 311, 255, at_most(0.0019, 0.0029),
                 at_most(0.0310, 0.0465), "无证号，按姓名与地址"},
                {"relocation", "poverty", 9117, 8700, 322, 41, 54, at_most(0.0005, 0.0008),
                 at_most(0.0061, 0.0092), "模型估计"},
                {"death", "civil", 7420, 6610, 690, 50, 70, at_most(0.0009, 0.0014),
                 at_most(0.0100, 0.0150), "模型估计"},
                {"allowance", "poverty", 48197, 24012, 1204, 322, 22659, {}, {}, "经户籍传递"}};
  for (int pair = 0; pair < 3; ++pair) {
    ScoreHistogram histogram{.left_source = data.links[static_cast<std::size_t>(pair)].left_source,
                             .right_source = "civil",
                             .first_bits = -30,
                             .bin_bits = 1.5,
                             .counts = {},
                             .link_bits = 9.8 + pair,
                             .possible_bits = -4.2};
    for (int bin = 0; bin < 52; ++bin) {
      const double bits = -30 + 1.5 * bin;
      const double low = 400000 * std::exp(-std::pow((bits + 16) / 6, 2));
      const double high = 60000 * std::exp(-std::pow((bits - 27 + 4 * pair) / 7, 2));
      histogram.counts.push_back(static_cast<std::uint64_t>(low + high));
    }
    data.histograms.push_back(histogram);
  }
}

std::string masked_name(Random& random) {
  return std::string(kSurnames[below(random, kSurnames.size())]) +
         kGivenEnds[below(random, kGivenEnds.size())];
}

std::vector<EvidenceLine> sample_evidence(const RuleSample& rule, const std::string& name,
                                          Random& random) {
  const std::string other = rule.other_source;
  const std::string number = "500235********" + std::to_string(1000 + below(random, 9000));
  std::vector<EvidenceLine> evidence = {
      {"姓名", "poverty", name, other, other.empty() ? "" : name, false},
      {"证件号", "poverty", number, other, other.empty() ? "" : number, false},
      {"出生日期", "poverty", "1956-03-**", other, other.empty() ? "" : "1956-03-**", false},
      {rule.label, "poverty", rule.left, other, rule.right, true}};
  if (!other.empty())
    evidence.push_back({"地址", "poverty", "龙角镇青山村3组", other, "龙角镇青山村三组", false});
  return evidence;
}

const RuleSample& pick_rule(Random& random) {
  unsigned at = below(random, 1000);
  for (const RuleSample& rule : kRules) {
    if (at < rule.share) return rule;
    at -= rule.share;
  }
  return kRules.front();
}

FlagRow sample_flag(std::size_t i, Random& random) {
  const RuleSample& rule = pick_rule(random);
  const auto town = static_cast<std::size_t>(std::sqrt(static_cast<double>(below(random, 400))));
  const unsigned village = below(random, kVillages.size());
  const std::string division =
      "500235" + std::to_string(100 + town) + std::to_string(200 + village);
  const std::string name = masked_name(random);
  constexpr std::array kStatusesOf = {FlagStatus::kSame, FlagStatus::kSame,    FlagStatus::kSame,
                                      FlagStatus::kNew,  FlagStatus::kNew,     FlagStatus::kChanged,
                                      FlagStatus::kGone, FlagStatus::kReopened};
  return {.flag_id = "F" + std::to_string(1000000 + i),
          .rule = rule.id,
          .severity = rule.severity,
          .level = below(random, 5) == 0 ? LinkLevel::kL2 : LinkLevel::kL3,
          .status = kStatusesOf[below(random, kStatusesOf.size())],
          .division = division,
          .township = kTownships[town],
          .village = kVillages[village],
          .subject_source = "poverty",
          .subject_key = division + "00" + std::to_string(i) + "-1",
          .subject_kind = i % 2 == 0 ? "record" : "household",
          .household_no = division + "00" + std::to_string(i % 30000),
          .names = name,
          .evidence = sample_evidence(rule, name, random),
          .visit = rule.visit,
          .basis = "渝扶办发〔2017〕第 42 号",
          .deadline = "2017-12-31"};
}

void add_people(ReportData& data, Random& random) {
  for (std::size_t i = 0; i < 420; ++i) {
    const std::string name = masked_name(random);
    data.possible.push_back({"poverty",
                             "50023510120100" + std::to_string(i),
                             name,
                             "civil",
                             "c" + std::to_string(i),
                             name,
                             kTownships[i % 20],
                             kVillages[i % 10],
                             -4.0 + static_cast<double>(i % 120) / 10,
                             1 / (1 + std::exp2(4.0 - static_cast<double>(i % 120) / 10)),
                             {{"姓名", "poverty", name, "civil", name, false},
                              {"出生日期", "poverty", "1956-03-**", "civil", "1965-03-**", true}}});
  }
  for (std::size_t i = 0; i < 54; ++i) {
    data.rejects.push_back({i % 3 == 0 ? "allowance" : "poverty", "城乡低保名册.csv", 100 + i * 37,
                            i % 2 == 0 ? "姓名" : "", i % 2 == 0 ? "必填字段缺失" : "列数不符",
                            "王**"});
  }
}

}  // namespace

ReportData county_report(std::size_t flags, unsigned seed) {
  Random random(seed);
  ReportData data;
  data.run_id = "R0007";
  data.evaluation_date = "2017-11-20";
  data.program_version = "bidui 0.1.0";
  data.county_name = "云阳县";
  data.county_division = "500235";
  add_sources(data);
  add_links(data);
  for (const RuleSample& rule : kRules) {
    data.rules.push_back({rule.id, rule.title, rule.severity, rule.definition, {}});
  }
  data.rules.push_back({"HAS_VEHICLE", "贫困户名下有车辆", Severity::kHigh, "成员名下有机动车",
                        "未导入来源 vehicle（车辆登记）"});
  data.rules.push_back({"HAS_PAYROLL", "贫困户有财政供养人员", Severity::kHigh, "成员由财政供养",
                        "来源 payroll 截止 2016-06-30，早于允许的 365 天"});
  for (std::size_t i = 0; i < kTownships.size(); ++i) {
    data.townships.push_back(
        {"500235" + std::to_string(100 + i), kTownships[i], 600 + below(random, 2400)});
  }
  data.flags.reserve(flags);
  for (std::size_t i = 0; i < flags; ++i) data.flags.push_back(sample_flag(i, random));
  add_people(data, random);
  data.repairs = {{"poverty", "证号 15 位升 18 位", 412},
                  {"poverty", "姓名去空格、零宽字符", 2210},
                  {"housing", "地址按乡镇、村名解析", 6290},
                  {"civil", "全角转半角", 18022}};
  data.notes = {
      "误链率、漏链率为模型估计（未经人工复核对校正）：EM 已收敛，第 17 次迭代。",
      "危房台账无证号，仅凭姓名与地址链接，漏链率偏高；对应规则只在 L3 或 L2 链接上成立。"};
  return data;
}

ReportData small_report() {
  ReportData data;
  data.run_id = "R0001";
  data.evaluation_date = "2017-11-20";
  data.program_version = "bidui test";
  data.county_name = "示例县";
  data.county_division = "500235";
  data.sources = {{"poverty", "建档立卡", "2017-11-20", "p.csv", "UTF-8", "500235", 12, 10, 1, 1},
                  {"civil", "户籍", "2017-11-20", "c.csv", "GB18030", "500235", 1000, 1000, 0, 0}};
  data.links = {{"poverty", "civil", 10, 8, 1, 1, 0, {0.0005}, {0.01}, "模型估计"}};
  data.histograms = {{"poverty", "civil", -10, 5, {40, 0, 3, 9}, 3.0, -4.3}};
  data.rules = {{"DEAD_IN_PR", "死亡仍在册", Severity::kHigh, "死亡后仍在册", {}},
                {"ID_INVALID", "身份证号无效", Severity::kLow, "证号不成立", {}},
                {"DB_NOT_IN_PR", "低保未建档立卡", Severity::kHigh, "疑似漏评", {}},
                {"HAS_VEHICLE", "有车辆", Severity::kHigh, "名下有车", "未导入来源 vehicle"}};
  data.townships = {{"500235102", "乙镇", 200}, {"500235101", "甲镇", 100}};
  const auto flag = [&](const char* id, const char* rule, Severity severity, FlagStatus status,
                        const char* division, const char* township, const char* village,
                        const char* name) {
    data.flags.push_back(
        {.flag_id = id,
         .rule = rule,
         .severity = severity,
         .level = LinkLevel::kL3,
         .status = status,
         .division = division,
         .township = township,
         .village = village,
         .subject_source = "poverty",
         .subject_key = std::string("50023510000000000") + id,
         .subject_kind = "record",
         .household_no = "5002351000000001",
         .names = name,
         .evidence = {{"姓名", "poverty", name, "civil", name, false},
                      {"状态", "poverty", "在册", "civil", "2016-08-03 死亡", true}},
         .visit = "本人是否健在",
         .basis = "示例〔2017〕1 号",
         .deadline = "2017-12-31"});
  };
  flag("F1", "DEAD_IN_PR", Severity::kHigh, FlagStatus::kNew, "500235102001", "乙镇", "河村",
       "张*");
  flag("F2", "DEAD_IN_PR", Severity::kHigh, FlagStatus::kSame, "500235101001", "甲镇", "山村",
       "李*");
  flag("F3", "DEAD_IN_PR", Severity::kHigh, FlagStatus::kGone, "500235101001", "甲镇", "山村",
       "王*");
  flag("F4", "ID_INVALID", Severity::kLow, FlagStatus::kChanged, "", "", "",
       "<script>alert(1)</script>");
  flag("F5", "ID_INVALID", Severity::kLow, FlagStatus::kReopened, "500235101002", "甲镇",
       "</script><b>村", "=1+1");
  flag("F6", "ID_INVALID", Severity::kLow, FlagStatus::kNew, "500235101001", "甲镇", "山村",
       "赵\"六\",七");
  data.possible = {{"poverty",
                    "P9",
                    "钱*",
                    "civil",
                    "C9",
                    "钱*",
                    "甲镇",
                    "山村",
                    2.5,
                    0.85,
                    {{"姓名", "poverty", "钱*", "civil", "钱*", false}}}};
  data.rejects = {{"poverty", "p.csv", 7, "姓名", "必填字段缺失", "@cmd|x"}};
  data.repairs = {{"poverty", "证号 15 位升 18 位", 3}};
  data.notes = {"模型估计 <未校正>"};
  return data;
}

}  // namespace bidui::connectors::report
