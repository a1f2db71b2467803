#include "cli/flag_filter_options.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "cli/table.h"
#include "matcher/flag/disposition_words.h"
#include "matcher/rule/calendar.h"
#include "workspace/indicators.h"
#include "workspace/local_time.h"

namespace bidui::cli {
namespace {

constexpr std::array<const char*, 7> kTextOptions = {"rule",   "about", "township", "village",
                                                     "status", "state", "severity"};

std::string state_names() {
  std::string names;
  for (std::size_t i = 0; i < flag::kStates; ++i) {
    const flag::Word& word = flag::word_of(static_cast<flag::State>(i));
    names += (i == 0 ? "" : say("、", ", "));
    names += word.name;
    if (chinese()) names += " " + std::string(word.zh);
  }
  return names;
}

std::optional<flag::Status> parse_status(std::string_view name) {
  for (const flag::Status s : {flag::Status::kNew, flag::Status::kSame, flag::Status::kChanged,
                               flag::Status::kGone, flag::Status::kReopened}) {
    if (name == flag::status_name(s)) return s;
  }
  return std::nullopt;
}

}  // namespace

void add_flag_filter_options(CommandLine& line) {
  const auto add = [&](const char* name, const char* value, std::string_view description) {
    add_option(line, name, po::value<std::string>()->default_value("")->value_name(value),
               description);
  };
  add("rule", "R", say("规则编号", "rule"));
  add("about", "WHAT",
      say("漏评、错评、错退的线索：missed、wrongly_included、wrongly_exited",
          "what may have been missed, wrongly_included or wrongly_exited"));
  add("township", "T", say("乡镇名或区划代码", "township, by name or code"));
  add("village", "V", say("村名或区划代码", "village, by name or code"));
  add("state", "S",
      say("办理状态，例如 open 或 待交办；默认不列已排除、已销号的",
          "what was done, e.g. open, assigned; by default all but dismissed and closed"));
  add("status", "S",
      say("比对状态：new、same、changed、gone、reopened；默认不列已消除的",
          "what became of it in the run: new, same, changed, gone or reopened; by default all but "
          "gone"));
  add("severity", "S", say("H、M、L、I", "H, M, L or I"));
  add_switch(line, "overdue",
             say("只要过了办结期限还没有核实的", "only those whose deadline is over"));
  add_switch(line, "no-place", say("只要地点不明的", "only those of a place that is unknown"));
  add_option(line, "cap", po::value<std::size_t>()->default_value(0)->value_name("N"),
             say("每个乡镇最多几个：级别高、关联可靠、金额大的优先，其余不动；交办时，"
                 "已交办未核实的也算在内",
                 "so many per township at most: the gravest, on the best links, with most money "
                 "first; of assigning, what is assigned already counts"));
  add_option(line, "county-cap", po::value<std::size_t>()->default_value(0)->value_name("N"),
             say("全县最多几个", "so many in all at most"));
}

std::optional<workspace::FlagFilter> flag_filter(const CommandLine& line,
                                                 const po::variables_map& values, int& status) {
  const auto text = [&](const char* name) { return values[name].as<std::string>(); };
  workspace::FlagFilter filter{
      .rule = text("rule"), .township = text("township"), .village = text("village")};
  if (!text("about").empty()) {
    const auto about = workspace::parse_flagged_indicator(text("about"));
    if (!about) {
      status = wrong_usage(
          line, say("--about 取 missed（漏评）、wrongly_included（错评）、wrongly_exited（错退）",
                    "--about is missed, wrongly_included or wrongly_exited"));
      return std::nullopt;
    }
    filter.any_rule = workspace::rules_of(*about);
  }
  filter.severity = rule::parse_severity(text("severity"));
  filter.status = parse_status(text("status"));
  filter.state = flag::parse_state(text("state"));
  if ((!text("severity").empty() && !filter.severity) ||
      (!text("status").empty() && !filter.status)) {
    status =
        wrong_usage(line, say("--severity 取 H、M、L、I；--status 取 new、same、changed、gone、"
                              "reopened",
                              "--severity is H, M, L or I; --status is new, same, changed, "
                              "gone or reopened"));
    return std::nullopt;
  }
  if (!text("state").empty() && !filter.state) {
    status =
        wrong_usage(line, std::string(say("--state 取 ", "--state is one of ")) + state_names());
    return std::nullopt;
  }
  filter.no_place = values.count("no-place") != 0;
  if (values.count("overdue") != 0) filter.overdue_on = workspace::today();
  filter.cap = {.per_township = values["cap"].as<std::size_t>(),
                .county = values["county-cap"].as<std::size_t>()};
  return filter;
}

bool filters_flags(const po::variables_map& values) {
  return values.count("overdue") != 0 || values.count("no-place") != 0 ||
         values["cap"].as<std::size_t>() != 0 || values["county-cap"].as<std::size_t>() != 0 ||
         std::ranges::any_of(kTextOptions, [&](const char* const name) {
           return !values[name].as<std::string>().empty();
         });
}

void print_beyond_cap(const workspace::BeyondCap& beyond) {
  const auto print = [](std::size_t flags, std::string_view text) {
    if (flags != 0) fmt::print(output(), "{}\n", fmt::format(fmt::runtime(text), grouped(flags)));
  };
  print(beyond.flags, say("另有 {} 个超出 --cap 的数目，未列入，保持原状",
                          "{} more are beyond --cap, and stay as they are"));
  print(beyond.without_place,
        say("另有 {} 个地点不明，不占限额，未列入：--no-place 列出，用 --to 交办",
            "{} more are of a place that is unknown, and take nothing of the cap: list them by "
            "--no-place, assign them by --to"));
}

void print_unknown(const workspace::UnknownPlace& place) {
  const bool township = place.kind == workspace::PlaceKind::kTownship;
  if (chinese()) {
    fmt::print(error_output(), "本县没有这个{}：{}{}\n", township ? "乡镇" : "村", place.wanted,
               place.near.empty() ? "" : "；最接近的：" + joined(place.near));
  } else {
    fmt::print(error_output(), "the county has no such {}: {}{}\n",
               township ? "township" : "village", place.wanted,
               place.near.empty() ? "" : "; the nearest are: " + joined(place.near));
  }
}

std::optional<flag::DayNumber> day_option(const CommandLine& line, const std::string& option,
                                          const std::string& text, int& status) {
  const auto range = rule::parse_date_text(text);
  if (range && range->first == range->last) return range->first;
  status = wrong_usage(line, option + std::string(say(" 须是日期，写作 年-月-日，例如 2017-11-20",
                                                      " must be a date YYYY-MM-DD, for example "
                                                      "2017-11-20")));
  return std::nullopt;
}

}  // namespace bidui::cli
