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

Result<store::DeliveryInfo> find_held(const Workspace& workspace, std::string_view name) {
  const std::vector<store::DeliveryInfo> held = workspace.store().held_deliveries();
  const auto at = std::ranges::find(held, name, &store::delivery_name);
  if (at != held.end()) return *at;
  if (held.empty())
    return bilingual_error(ErrorCode::kNotFound,
                           "没有待定的数据；已计入的数据用 bidui deliveries withdraw 撤回",
                           "no delivery is held; one that counts is taken back with bidui "
                           "deliveries withdraw",
                           std::string(name));
  return no_such_delivery(held, name);
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
  for (store::DeliveryInfo& info : workspace.store().held_deliveries())
    listed.push_back({.info = std::move(info)});
  std::ranges::sort(listed, {}, [](const ListedDelivery& d) {
    return std::tie(d.info.instance, d.info.coverage, d.info.as_of, d.info.id);
  });
  return listed;
}

Result<store::DeliveryInfo> find_delivery(const Workspace& workspace, std::string_view name) {
  std::vector<store::DeliveryInfo> all = workspace.store().held_deliveries();
  const std::vector<store::DeliveryInfo> visible = workspace.store().deliveries();
  all.insert(all.end(), visible.begin(), visible.end());
  const auto at = std::ranges::find(all, name, &store::delivery_name);
  if (at == all.end()) return no_such_delivery(all, name);
  return *at;
}

Result<store::DeliveryInfo> accept_delivery(Workspace& workspace, std::string_view name,
                                            const Act& act) {
  auto held = find_held(workspace, name);
  BIDUI_TRY(held);
  BIDUI_TRY(workspace.store().release(held->id, store::SameDelivery::kReplace));
  held->held = false;
  BIDUI_TRY(journal_delivery(workspace.store(), "accepted", *held, act));
  return held;
}

Result<store::DeliveryInfo> refuse_delivery(Workspace& workspace, std::string_view name,
                                            const Act& act) {
  auto held = find_held(workspace, name);
  BIDUI_TRY(held);
  BIDUI_TRY(workspace.store().withdraw(held->id));
  BIDUI_TRY(journal_delivery(workspace.store(), "refused", *held, act));
  return held;
}

Result<store::DeliveryInfo> withdraw_delivery(Workspace& workspace, std::string_view name,
                                              const Act& act) {
  const std::vector<store::DeliveryInfo> all = workspace.store().deliveries();
  const auto at = std::ranges::find(all, name, &store::delivery_name);
  if (at == all.end()) {
    if (auto held = refuse_delivery(workspace, name, act)) return held;
    return no_such_delivery(all, name);
  }
  BIDUI_TRY(workspace.store().withdraw(at->id));
  BIDUI_TRY(journal_delivery(workspace.store(), "withdrawn", *at, act));
  return *at;
}

}  // namespace bidui::workspace
