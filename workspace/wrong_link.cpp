#include "workspace/wrong_link.h"

#include <algorithm>
#include <fmt/format.h>
#include <vector>

#include "matcher/base/bilingual_error.h"

namespace bidui::workspace {
namespace {

// Records that the evidence shows, each once: the subject's own, or those linked with it.
std::vector<std::string> records_of(const ShownFlag& flag, bool linked) {
  std::vector<std::string> names;
  for (const EvidenceItem& item : flag.evidence) {
    for (const EvidenceRecord& record : item.records) {
      const bool own = !record.is_linked() && record.source == flag.state.flag.source;
      if ((linked ? record.is_linked() : own) &&
          std::ranges::find(names, record.name) == names.end())
        names.push_back(record.name);
    }
  }
  return names;
}

}  // namespace

Result<RecordNamePair> only_link(const ShownFlag& flag) {
  const std::vector<std::string> own = records_of(flag, false);
  const std::vector<std::string> linked = records_of(flag, true);
  const std::string& id = flag.state.flag.flag_id;
  if (linked.empty()) {
    return bilingual_error(
        ErrorCode::kInvalidArgument,
        "证据里没有关联，原因不会是“关联错误”；确有错误的关联，请用 --link 写明两条记录",
        "its evidence shows no link that could be wrong; where there is one, name the two records "
        "by --link",
        id);
  }
  if (own.size() == 1 && linked.size() == 1) return RecordNamePair(own.front(), linked.front());
  return bilingual_error(
      ErrorCode::kInvalidArgument,
      fmt::format("证据里有几条记录，请用 --link 写明哪两条不是同一人：{}；{}",
                  fmt::join(own, ", "), fmt::join(linked, ", ")),
      fmt::format("its evidence shows several records; name the two that are not one person by "
                  "--link: {}; {}",
                  fmt::join(own, ", "), fmt::join(linked, ", ")),
      id);
}

}  // namespace bidui::workspace
