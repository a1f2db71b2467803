#include "workspace/as_of.h"

#include "matcher/base/bilingual_error.h"
#include "matcher/text/date.h"

namespace bidui::workspace {

Status check_as_of(const std::string& as_of) {
  const text::ParsedDate date = text::parse_date(as_of);
  if (as_of.size() == 10 && as_of[4] == '-' && date.state == text::DateState::kOk) return {};
  return bilingual_error(ErrorCode::kInvalidArgument,
                         "--as-of 须是日期，写作 年-月-日，例如 2017-11-20",
                         "--as-of must be a date YYYY-MM-DD, for example 2017-11-20", as_of);
}

}  // namespace bidui::workspace
