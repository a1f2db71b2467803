#include "workspace/quality_findings.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "connectors/report/html_text.h"
#include "workspace/field_shift.h"

namespace bidui::workspace {
namespace {

using connectors::report::grouped;
using connectors::report::QualityBefore;
using connectors::report::QualityClass;
using connectors::report::QualityField;
using connectors::report::QualityFinding;
using connectors::report::QualityPlace;
using connectors::report::QualityReport;

constexpr std::uint64_t kFewCells = 20;   // below, an unreadable cell says nothing of a field
constexpr std::uint64_t kPlaceRows = 10;  // a township with fewer may well be empty next time
constexpr double kModerate = .10;         // of the population stability index

// "3.1%", "0.04%": as many places as a small share needs.
std::string share_text(double share) {
  const double hundredths = share * 100;
  return fmt::format("{:.{}f}%", hundredths, hundredths != 0 && std::abs(hundredths) < 1 ? 2 : 1);
}

std::string limit_zh(double limit) { return "（限 " + fmt::format("{:g}%", limit * 100) + "）"; }
std::string limit_en(double limit) { return fmt::format(" (limit {:g}%)", limit * 100); }

double part_of(std::uint64_t part, std::uint64_t all) {
  return all == 0 ? 0 : static_cast<double>(part) / static_cast<double>(all);
}

class Finder {
 public:
  Finder(const rule::QualityLimits& limits, QualityReport& report)
      : limits_(limits), report_(report) {}

  void run() {
    const std::uint64_t rows = report_.loaded;
    const std::uint64_t numbers =
        report_.ids_valid + report_.ids_unverified + report_.ids_invalid + report_.ids_cut;
    share("rejected", report_.rejected, report_.changes ? *report_.changes : report_.read,
          limits_.rejected, {"读到的行有 {} 被退回", "of the rows read are rejected: {}"});
    share("ids_invalid", report_.ids_invalid + report_.ids_cut, numbers, limits_.ids_invalid,
          {"填写的证件号有 {} 无效或被截断", "of the ID numbers are invalid or cut off: {}"});
    share("names_damaged", report_.names_damaged, report_.names, limits_.names_damaged,
          {"姓名有 {} 缺字", "of the names lack a character: {}"});
    share("keys_repeated", report_.keys_repeated, rows, limits_.keys_repeated,
          {"有 {} 的行主键与别的行相同", "of the rows have a key that another row has: {}"});
    if (report_.person_once)
      share("numbers_repeated", report_.numbers_repeated, rows, limits_.numbers_repeated,
            {"有 {} 的行证件号与别的行相同",
             "of the rows have an ID number that another row has: {}"});
    share("outside_coverage", report_.outside, rows - std::min(rows, report_.unplaced),
          limits_.outside_coverage,
          {"有 {} 的行不在覆盖范围 " + report_.coverage + " 内",
           "of the rows lie outside " + report_.coverage + ": {}"});
    if (report_.before) compare(*report_.before);
    for (QualityField& field : report_.fields) look_at(field);
    std::ranges::stable_sort(report_.findings, std::greater{}, &QualityFinding::beyond);
  }

 private:
  void add(std::string check, bool beyond, Bilingual text) {
    report_.findings.push_back(
        {.check = std::move(check), .beyond = beyond, .text = std::move(text)});
  }

  void add(std::string check, QualityField& field, bool beyond, Bilingual text) {
    field.told = true;
    report_.findings.push_back(
        {.check = std::move(check), .field = field.id, .beyond = beyond, .text = std::move(text)});
  }

  // `words` have one place, for the count with its share.
  void share(const char* check, std::uint64_t part, std::uint64_t all, double limit,
             const Bilingual& words) {
    if (part_of(part, all) <= limit) return;
    const std::string zh =
        fmt::format("{} 行（{}）", grouped(part), share_text(part_of(part, all)));
    const std::string en =
        fmt::format("{} rows ({})", grouped(part), share_text(part_of(part, all)));
    add(check, true,
        {fmt::format(fmt::runtime(words.zh), zh) + limit_zh(limit),
         fmt::format(fmt::runtime(words.en), en) + limit_en(limit)});
  }

  void compare(const QualityBefore& before) {
    if (before.rows == report_.loaded &&
        before.added + before.gone + before.changed + before.rewritten == 0)
      add("same_records", false,
          {"与上一批（" + before.as_of + "）的记录完全相同，各字段一格不差",
           "the records are those of " + before.as_of + ", each field of them"});
    share("rows_gone", before.gone, before.rows, limits_.rows_gone,
          {"上一批（" + before.as_of + "）的行有 {} 不见了",
           "of the rows of " + before.as_of + " are gone: {}"});
    share("rows_added", before.added, before.rows, limits_.rows_added,
          {"比上一批（" + before.as_of + "）多出 {}",
           "rows that were not there on " + before.as_of + ": {}"});
    share("rows_changed", before.changed, before.rows, limits_.rows_changed,
          {"与上一批（" + before.as_of + "）相比有 {} 内容不同",
           "rows with other values than on " + before.as_of + ": {}"});
    for (const QualityPlace& place : report_.places) {
      const std::string name = place.name.empty() ? std::to_string(place.code) : place.name;
      if (place.rows == 0 && place.before.value_or(0) >= kPlaceRows)
        add("place_gone", true,
            {fmt::format("{}：上一批 {} 行，这一批一行也没有", name, grouped(*place.before)),
             fmt::format("{}: {} rows before, none now", name, grouped(*place.before))});
    }
  }

  void look_at(QualityField& field) {
    if (field.filled >= kFewCells && part_of(field.unreadable, field.filled) > limits_.unreadable) {
      add("unreadable", field, true,
          {fmt::format("“{}”有 {} 的单元格读不成这一项（{} 个）{}", field.title,
                       share_text(part_of(field.unreadable, field.filled)),
                       grouped(field.unreadable), limit_zh(limits_.unreadable)),
           fmt::format("{}: {} of its cells ({}) do not read as what it is{}", field.id,
                       share_text(part_of(field.unreadable, field.filled)),
                       grouped(field.unreadable), limit_en(limits_.unreadable))});
    }
    if (!report_.before) return;
    moved("filled", field, field.filled_before, field.filled, report_.before->rows, report_.loaded,
          {"填写率", "filled"});
    const std::uint64_t filled_before = static_cast<std::uint64_t>(
        std::lround(field.filled_before.value_or(0) * static_cast<double>(report_.before->rows)));
    moved("unreadable_moved", field, field.unreadable_before, field.unreadable, filled_before,
          field.filled, {"读不成的比例", "unreadable"});
    if (!field.index || *field.index <= field.chance) return;
    if (*field.index < std::min(kModerate, limits_.values_moved)) return;
    const bool beyond = *field.index >= limits_.values_moved;
    auto largest = std::ranges::find(field.classes, field.moved, &QualityClass::id);
    if (largest == field.classes.end())  // several small ones together
      largest = std::ranges::max_element(field.classes, {}, [](const QualityClass& c) {
        return std::abs(c.share - c.before.value_or(0));
      });
    const std::string from = share_text(largest->before.value_or(0));
    const std::string to = share_text(largest->share);
    add("values_moved", field, beyond,
        {fmt::format(
             "“{}”的构成{}：“{}”由 {} 变为 {}（PSI {:.2f}，界限 {:g}，偶然波动不过 {:.3f}）",
             field.title, beyond ? "变化很大" : "有变化", largest->title.zh, from, to, *field.index,
             limits_.values_moved, field.chance),
         fmt::format("{}: its values {} moved, \"{}\" from {} to {} (PSI {:.2f}, limit {:g}, "
                     "chance gives {:.3f})",
                     field.id, beyond ? "have" : "have somewhat", largest->title.en, from, to,
                     *field.index, limits_.values_moved, field.chance)});
  }

  void moved(const char* check, QualityField& field, std::optional<double> before,
             std::uint64_t after, std::uint64_t before_all, std::uint64_t after_all,
             const Bilingual& what) {
    if (!before) return;
    const auto count =
        static_cast<std::uint64_t>(std::lround(*before * static_cast<double>(before_all)));
    const ShareShift shift = share_shift(count, before_all, after, after_all);
    if (!shift.beyond(limits_.share_moved)) return;
    add(check, field, true,
        {fmt::format("“{}”的{}由 {} 变为 {}（限 {:g} 个百分点，z = {:.1f}）", field.title, what.zh,
                     share_text(shift.before), share_text(shift.after), limits_.share_moved * 100,
                     shift.z),
         fmt::format("{}: {} from {} to {} (limit {:g} points, z = {:.1f})", field.id, what.en,
                     share_text(shift.before), share_text(shift.after), limits_.share_moved * 100,
                     shift.z)});
  }

  const rule::QualityLimits& limits_;
  QualityReport& report_;
};

}  // namespace

void find_faults(const rule::QualityLimits& limits, QualityReport& report) {
  Finder(limits, report).run();
}

}  // namespace bidui::workspace
