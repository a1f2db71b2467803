#include "workspace/keys_json.h"

#include <boost/json.hpp>

#include "matcher/key/fuzzy_key.h"

namespace bidui::workspace {

boost::json::object keys_json(const link::LinkerStats& stats) {
  boost::json::object keys;
  for (std::size_t kind = 0; kind < stats.keys.size(); ++kind) {
    const link::KeyKindCounts& of_kind = stats.keys[kind];
    const link::KeyMeetings& pairs = stats.meetings[kind];
    if (of_kind.keys == 0) continue;
    keys[key::key_kind_name(static_cast<key::KeyKind>(kind))] =
        boost::json::object{{"keys", of_kind.keys},    {"refined", of_kind.refined_keys},
                            {"cut", of_kind.cut_keys}, {"implied_pairs", pairs.implied()},
                            {"met_pairs", pairs.met},  {"skipped_pairs", pairs.skipped}};
  }
  return keys;
}

}  // namespace bidui::workspace
