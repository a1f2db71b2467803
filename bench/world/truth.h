// What is really so: which person stands behind each row, and which contradictions exist.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bench/world/error_classes.h"
#include "bench/world/lives.h"

namespace bidui::world {

// The value of `exception` for cases that may be reported or not, and count neither way.
constexpr std::string_view kNotScored = "not_scored";

struct Contradiction {
  std::string_view rule{};
  Source source = Source::kPoverty;
  std::string subject{};         // record key or household number, as the source writes it
  bool household = false;        // subject_kind: household, else record
  std::string other{};           // source:key of the person or record that contradicts
  bool planted = false;          // put there on purpose; else it came about by itself
  std::string_view exception{};  // why it must not be reported; empty for a real contradiction
  std::string note{};
};

// The truth about one source, gathered while its files are written.
struct SourceTruth {
  std::string records{};      // lines of truth/records.csv
  std::string memberships{};  // lines of truth/households.csv
  std::vector<Contradiction> contradictions{};
  std::vector<std::string> deliveries{};  // JSON objects
  std::size_t rows = 0;
};

struct RecordTruth {
  Source source = Source::kPoverty;
  std::string key{};
  std::size_t row = 0;
  PersonIndex person = kNone;
  HomeIndex home = kNone;
  ErrorSet errors = 0;
  std::string_view note{};
};

void add_record(SourceTruth& truth, const RecordTruth& record);
void add_membership(SourceTruth& truth, Source source, std::string_view household,
                    PersonIndex person, HomeIndex home);
void add_delivery(SourceTruth& truth, Source source, std::string_view file, Day as_of,
                  int division);

// "P123", "H45"; empty for kNone.
std::string person_id(PersonIndex person);
std::string home_id(HomeIndex home);

}  // namespace bidui::world
