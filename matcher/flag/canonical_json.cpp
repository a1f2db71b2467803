#include "matcher/flag/canonical_json.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <boost/json/string_view.hpp>

namespace bidui::flag {
namespace {

bool needs_escape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

}  // namespace

CanonicalJson& CanonicalJson::member(std::string_view name) {
  if (out_.back() != '{') out_ += ',';
  text(name);
  out_ += ':';
  return *this;
}

CanonicalJson& CanonicalJson::element() {
  if (out_.back() != '[') out_ += ',';
  return *this;
}

void CanonicalJson::text(std::string_view text) {
  if (std::ranges::any_of(text, needs_escape)) {
    out_ += boost::json::serialize(boost::json::string_view(text));
  } else {
    out_.append(1, '"').append(text).append(1, '"');
  }
}

}  // namespace bidui::flag
