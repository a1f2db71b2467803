#include "workspace/deliveries.h"

#include <algorithm>
#include <tuple>

#include "matcher/base/bilingual_error.h"

namespace bidui::workspace {
namespace {

Error no_such_delivery(const std::vector<store::DeliveryInfo>& all, std::string_view name) {
  if (all.empty())
    return bilingual_error(ErrorCode::kNotFound, "工作区没有数据", "the workspace has no data",
                           std::string(name));
  std::string zh;
  std::string en;
  for (const store::DeliveryInfo& info : all) {
    zh += (zh.empty() ? "" : "、") + store::delivery_name(info);
    en += (en.empty() ? "" : ", ") + store::delivery_name(info);
  }
  return bilingual_error(ErrorCode::kNotFound, "没有这批数据；现有：" + zh,
                         "there is no such delivery; there are: " + en, std::string(name));
}

}  // namespace

std::vector<ListedDelivery> list_deliveries(const Workspace& workspace) {
  const std::vector<store::DeliveryInfo> all = workspace.store().deliveries();
  const std::vector<store::DeliveryInfo> newest = store::newest_deliveries(all);
  std::vector<ListedDelivery> listed;
  for (const store::DeliveryInfo& info : all)
    listed.push_back(
        {.info = info,
         .counts = std::ranges::find(newest, info.id, &store::DeliveryInfo::id) != newest.end()});
  std::ranges::sort(listed, {}, [](const ListedDelivery& d) {
    return std::tie(d.info.instance, d.info.coverage, d.info.as_of);
  });
  return listed;
}

Result<store::DeliveryInfo> withdraw_delivery(Workspace& workspace, std::string_view name) {
  const std::vector<store::DeliveryInfo> all = workspace.store().deliveries();
  const auto at = std::ranges::find(all, name, &store::delivery_name);
  if (at == all.end()) return no_such_delivery(all, name);
  BIDUI_TRY(workspace.store().withdraw(at->id));
  return *at;
}

}  // namespace bidui::workspace
