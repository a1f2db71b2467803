#include "matcher/flag/canonical_json.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <vector>

namespace bidui::flag {
namespace {

namespace json = boost::json;

void write(const json::value& value, std::string& out);

void write(const json::object& object, std::string& out) {
  std::vector<const json::key_value_pair*> members;
  for (const auto& member : object) members.push_back(&member);
  std::sort(members.begin(), members.end(),
            [](const auto* a, const auto* b) { return a->key() < b->key(); });
  out += '{';
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (i > 0) out += ',';
    out += json::serialize(members[i]->key());
    out += ':';
    write(members[i]->value(), out);
  }
  out += '}';
}

void write(const json::value& value, std::string& out) {
  if (const auto* object = value.if_object()) return write(*object, out);
  const auto* array = value.if_array();
  if (array == nullptr) {
    out += json::serialize(value);
    return;
  }
  out += '[';
  for (std::size_t i = 0; i < array->size(); ++i) {
    if (i > 0) out += ',';
    write((*array)[i], out);
  }
  out += ']';
}

}  // namespace

std::string canonical_json(const json::value& value) {
  std::string out;
  write(value, out);
  return out;
}

}  // namespace bidui::flag
