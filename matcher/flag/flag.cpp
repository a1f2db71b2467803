#include "matcher/flag/flag.h"

#include <array>
#include <tuple>

#include "matcher/base/hash.h"

namespace bidui::flag {

std::string_view status_name(Status status) {
  constexpr std::array<std::string_view, 5> kNames = {"new", "same", "changed", "gone", "reopened"};
  return kNames[static_cast<std::size_t>(status)];
}

std::string_view subject_kind_name(rule::SubjectKind kind) {
  return kind == rule::SubjectKind::kRecord ? "record" : "household";
}

std::string flag_id_of(std::string_view rule, std::string_view subject, std::string_view each) {
  constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  constexpr std::size_t kLength = 12;
  // Chained, each with its length: no two triples run into one another.
  std::uint64_t hash = hash_bytes(each, hash_bytes(subject, hash_bytes(rule)));
  std::string id(kLength, '0');
  for (char& digit : id) {
    digit = kDigits[hash & 31U];
    hash >>= 5;
  }
  return id;
}

bool ranks_before(const Flag& left, const Flag& right) {
  if (left.severity != right.severity) return left.severity > right.severity;
  if (left.level != right.level) return left.level > right.level;
  return std::tie(left.rule, left.source, left.subject, left.flag_id) <
         std::tie(right.rule, right.source, right.subject, right.flag_id);
}

}  // namespace bidui::flag
