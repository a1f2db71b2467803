// One text for one JSON value, so that its hash is its identity: members sorted by name, no white
// space, numbers and texts as Boost.JSON prints them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bidui::flag {

// Writes from left to right; who calls gives the members of an object in the order of their names.
//   json.begin_object(); json.member("a").text("x"); json.end_object();
class CanonicalJson {
 public:
  CanonicalJson& begin_object() { return open('{'); }
  void end_object() { out_ += '}'; }
  CanonicalJson& begin_array() { return open('['); }
  void end_array() { out_ += ']'; }
  CanonicalJson& member(std::string_view name);  // its value comes next
  CanonicalJson& element();                      // of an array; its value comes next
  void text(std::string_view text);
  void number(std::int64_t number) { out_ += std::to_string(number); }

  std::string take() { return std::move(out_); }

 private:
  CanonicalJson& open(char bracket) {
    out_ += bracket;
    return *this;
  }

  std::string out_;
};

}  // namespace bidui::flag
