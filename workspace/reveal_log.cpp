#include "workspace/reveal_log.h"

#include <boost/json.hpp>

#include "matcher/base/bilingual_error.h"
#include "workspace/json_member.h"

namespace bidui::workspace {
namespace {

namespace json = boost::json;

constexpr std::string_view kSubject = "reveals";

Result<Reveal> decode(std::string_view content) {
  boost::system::error_code failure;
  const json::value value = json::parse(content, failure);
  const json::object* const object = failure ? nullptr : value.if_object();
  if (object == nullptr) return damaged_error("查看原文的日志", "the log of reveals");
  return Reveal{.at = text_of(*object, "at"),
                .by = text_of(*object, "by"),
                .reason = text_of(*object, "reason"),
                .what = text_of(*object, "what"),
                .records = count_of(*object, "records")};
}

}  // namespace

Status log_reveal(store::Store& store, const Reveal& reveal) {
  const store::JournalEntry entry{
      .subject = std::string(kSubject),
      .content = json::serialize(json::object{{"at", reveal.at},
                                              {"by", reveal.by},
                                              {"reason", reveal.reason},
                                              {"what", reveal.what},
                                              {"records", reveal.records}})};
  return store.append_journal({&entry, 1}, {});
}

Result<std::vector<Reveal>> load_reveals(const store::Store& store) {
  std::vector<Reveal> reveals;
  Status decoded;
  BIDUI_TRY(store.scan_journal_of(std::string(kSubject),
                                  [&](std::uint64_t, std::string_view, std::string_view content) {
                                    Result<Reveal> reveal = decode(content);
                                    if (reveal) {
                                      reveals.push_back(std::move(*reveal));
                                    } else {
                                      decoded = reveal.error();
                                    }
                                  }));
  BIDUI_TRY(decoded);
  return reveals;
}

}  // namespace bidui::workspace
