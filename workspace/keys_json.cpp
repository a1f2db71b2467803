#include "workspace/keys_json.h"

#include <boost/json.hpp>

#include "matcher/key/fuzzy_key.h"

namespace bidui::workspace {

boost::json::object keys_json(const link::KeyCounts& counts) {
  boost::json::object keys;
  for (std::size_t kind = 0; kind < counts.size(); ++kind) {
    const link::KeyKindCounts& of_kind = counts[kind];
    if (of_kind.keys == 0) continue;
    keys[key::key_kind_name(static_cast<key::KeyKind>(kind))] = boost::json::object{
        {"keys", of_kind.keys}, {"refined", of_kind.refined_keys}, {"cut", of_kind.cut_keys}};
  }
  return keys;
}

}  // namespace bidui::workspace
