#include "workspace/phase_title.h"

#include <algorithm>
#include <array>

namespace bidui::workspace {

std::string phase_title(std::string_view phase, Locale locale) {
  struct Title {
    std::string_view phase;
    std::string_view title;
  };
  constexpr std::array<Title, 25> kTitles = {
      {{"waiting", "排队中"},   {"starting", "正在开始"},  {"read", "读取"},
       {"import", "导入"},      {"refresh", "重新标准化"}, {"commit", "写入存储"},
       {"check", "核对质量"},   {"train", "训练模型"},     {"compare", "比较"},
       {"load", "载入记录"},    {"link", "关联"},          {"link among sources", "来源之间关联"},
       {"records", "读取文字"}, {"rules", "评估规则"},     {"write", "写结果和报告"},
       {"keep", "保存"},        {"open", "打开文件"},      {"index", "建检索键"},
       {"model", "模型和得分"}, {"decide", "判定"},        {"read and compare", "读取并比较"},
       {"households", "归户"},  {"texts", "读取文本"},     {"view", "准备规则"},
       {"total", "合计"}}};
  const auto at = std::ranges::find(kTitles, phase, &Title::phase);
  return std::string(locale == Locale::kEnglish || at == kTitles.end() ? phase : at->title);
}

}  // namespace bidui::workspace
