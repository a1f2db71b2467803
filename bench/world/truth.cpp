#include "bench/world/truth.h"

#include <fmt/format.h>
#include <iterator>

#include "bench/world/table.h"

namespace bidui::world {

std::string person_id(PersonIndex person) {
  return person == kNone ? std::string() : "P" + std::to_string(person);
}

std::string home_id(HomeIndex home) {
  return home == kNone ? std::string() : "H" + std::to_string(home);
}

void add_record(SourceTruth& truth, const RecordTruth& record) {
  ++truth.rows;
  fmt::format_to(std::back_inserter(truth.records), "{},{},{},{},{},{},{}\n",
                 source_name(record.source), record.key, record.row, person_id(record.person),
                 home_id(record.home), error_names(record.errors), record.note);
}

void add_membership(SourceTruth& truth, Source source, std::string_view household,
                    PersonIndex person, HomeIndex home) {
  fmt::format_to(std::back_inserter(truth.memberships), "{},{},{},{}\n", source_name(source),
                 household, person_id(person), home_id(home));
}

void add_delivery(SourceTruth& truth, Source source, std::string_view file, Day as_of,
                  int division) {
  truth.deliveries.push_back(
      fmt::format(R"({{"source":"{}","file":"{}","as_of":"{}","coverage":"{}"}})",
                  source_name(source), file, iso_date(as_of), division));
}

}  // namespace bidui::world
