#include "cli/calibration_text.h"

#include <boost/json.hpp>
#include <fmt/format.h>

#include "cli/console.h"
#include "cli/table.h"

namespace bidui::cli {

namespace json = boost::json;

std::string calibration_text(const workspace::KeptCalibration& calibration,
                             const std::vector<workspace::ChangedPairs>& changes, bool kept) {
  std::string text =
      chinese() ? fmt::format("校准后权重 = {:+.2f} + {:.3f} × 模型权重（{} 个判断，样本 {}）\n",
                              calibration.line.shift, calibration.line.scale, calibration.answers,
                              calibration.sample)
                : fmt::format(
                      "calibrated weight = {:+.2f} + {:.3f} x weight ({} answers, sample "
                      "{})\n",
                      calibration.line.shift, calibration.line.scale, calibration.answers,
                      calibration.sample);
  Table table({{say("来源对", "sources")},
               {say("链接", "links"), Align::kRight},
               {say("失去", "lost"), Align::kRight},
               {say("新增", "gained"), Align::kRight},
               {say("可能", "possible"), Align::kRight},
               {say("校准后可能", "possible then"), Align::kRight}},
              2);
  for (const workspace::ChangedPairs& c : changes) {
    table.add({chinese() ? c.title : c.name, grouped(c.links), grouped(c.links_lost),
               grouped(c.links_gained), grouped(c.possible), grouped(c.possible_after)});
  }
  text += fmt::format("{}\n{}",
                      say("若用于抽样的那次比对（下次比对可因互相牵连而略有出入）：",
                          "On the run of the sample (the next comparison may differ by a few):"),
                      table.text());
  return text + std::string(kept ? say("已保存，下次 bidui compare 起生效；取消用 --forget\n",
                                       "kept; used from the next bidui compare on, dropped by "
                                       "--forget\n")
                                 : say("未保存（--dry-run）\n", "not kept (--dry-run)\n"));
}

std::string calibration_json(const workspace::KeptCalibration& calibration,
                             const std::vector<workspace::ChangedPairs>& changes, bool kept) {
  json::object object = json::parse(workspace::calibration_json(calibration)).as_object();
  json::array list;
  for (const workspace::ChangedPairs& c : changes) {
    list.push_back(json::object{{"sources", c.name},
                                {"links", c.links},
                                {"links_lost", c.links_lost},
                                {"links_gained", c.links_gained},
                                {"possible", c.possible},
                                {"possible_after", c.possible_after}});
  }
  object["changes"] = list;
  object["kept"] = kept;
  return json::serialize(object) + "\n";
}

std::string calibration_origin(const workspace::KeptCalibration& calibration) {
  std::string reviewers;
  for (const std::string& person : calibration.reviewers)
    reviewers += std::string(reviewers.empty() ? "" : say("、", ", ")) + person;
  return chinese()
             ? fmt::format("样本 {}（比对 {}），{}复核，{} 个判断", calibration.sample,
                           calibration.run, reviewers, calibration.answers)
             : fmt::format("sample {} (run {}), reviewed by {}, {} answers", calibration.sample,
                           calibration.run, reviewers, calibration.answers);
}

}  // namespace bidui::cli
