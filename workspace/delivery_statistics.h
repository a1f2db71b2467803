// What a delivery holds, counted from the store: how full each field is, how much of it reads as
// what the field is, which values it has; ID numbers, names and places. No value of a person is
// kept: only codes of a table, years and magnitudes.
#pragma once

#include <array>
#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/schema/schema.h"
#include "store/store.h"

namespace bidui::workspace {

struct FieldStatistics {
  std::string field{};       // its id
  std::uint64_t filled = 0;  // cells that are not blank
  std::uint64_t unreadable =
      0;  // of these: not of the field's form (no date, no code of its table)
  // Cells by class: a code, a year (a decade of births), a range of numbers, the length of a name;
  // empty of a field that has no classes, as texts and keys.
  std::map<std::string, std::uint64_t> classes{};
};

struct DeliveryStatistics {
  std::uint64_t rows = 0;
  std::vector<FieldStatistics> fields{};                // of the schema, in its order
  std::array<std::uint64_t, 5> id_numbers{};            // rows by record::IdClass
  std::uint64_t repeated_numbers = 0;                   // rows whose valid number another row has
  std::uint64_t names = 0;                              // rows with a name
  std::uint64_t damaged_names = 0;                      // of these: a character is lost
  std::uint64_t placeholder_names = 0;                  // and: names nobody (未取名)
  std::map<std::uint64_t, std::uint64_t> divisions{};   // rows by division, as many digits as known
  std::uint64_t unplaced = 0;                           // rows that no division is known of
  std::map<std::uint64_t, std::uint64_t> id_regions{};  // rows with a valid number by its first 6

  // Rows by county (6 digits) and by township (9 digits).
  std::map<std::uint64_t, std::uint64_t> at_level(int digits) const;
};

// Reads all of the delivery once, on all threads; memory does not grow with it but for 8 bytes a
// row, 128 MiB at most. The same whatever the number of threads. Errors: those of the store.
Result<DeliveryStatistics> measure_delivery(const store::Store& store, const schema::Schema& schema,
                                            const store::DeliveryInfo& delivery);

// For the delivery's details, and back; nullopt where they are of another schema, or of
// a program that standardises otherwise.
boost::json::object statistics_json(const DeliveryStatistics& statistics);
std::optional<DeliveryStatistics> statistics_from_json(const boost::json::object& object,
                                                       const schema::Schema& schema);

}  // namespace bidui::workspace
