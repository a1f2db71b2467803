// What is known of a delivery's quality: what the terminal, the page and the JSON show. Holds
// counts, codes and places only, never a person's values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "matcher/base/bilingual_error.h"

namespace bidui::connectors::report {

struct QualityReason {
  std::string id{};
  Bilingual title{};
  std::uint64_t rows = 0;
};

// A class of a field's values: a code, a year, a range.
struct QualityClass {
  std::string id{};
  Bilingual title{};
  double share = 0;                // of the cells that read as what the field is
  std::optional<double> before{};  // in the delivery before
};

struct QualityField {
  std::string id{};
  std::string title{};
  bool required = false;  // a row without it is rejected, or the column must be there
  std::uint64_t filled = 0;
  std::uint64_t unreadable = 0;  // of these
  std::optional<double> filled_before{};
  std::optional<double> unreadable_before{};
  std::optional<double> index{};        // population stability index of its classes
  std::string moved{};                  // the class that gives most of it
  double chance = 0;                    // what chance alone gives it once in a thousand times
  std::uint64_t changed = 0;            // rows in both deliveries in which its value is another
  std::uint64_t rewritten = 0;          // in which it is written otherwise
  bool told = false;                    // a finding is about it
  std::vector<QualityClass> classes{};  // the most frequent first
  std::size_t classes_left_out = 0;
};

struct QualityPlace {
  std::uint64_t code = 0;
  std::string name{};  // "" where the tables do not know it
  std::uint64_t rows = 0;
  std::optional<std::uint64_t> before{};
};

struct QualityFinding {
  std::string check{};  // "rejected", "column_new", …
  std::string field{};  // id, "" of none
  bool beyond = false;  // a limit of the profile; else worth knowing only
  Bilingual text{};
};

struct QualityBefore {
  std::string name{};
  std::string as_of{};
  std::uint64_t rows = 0;
  std::uint64_t added = 0;
  std::uint64_t gone = 0;
  std::uint64_t changed = 0;
  std::uint64_t rewritten = 0;
  bool estimated = false;  // changed and rewritten, from a part of the rows
};

struct QualityReport {
  std::string name{};  // "poverty:340826:2017-11-20"
  std::string instance{};
  std::string coverage{};
  std::string coverage_name{};
  std::string as_of{};
  Bilingual title{};  // of the source
  bool held = false;
  std::vector<std::string> files{};
  std::string mapping{};  // the file that said which column is which, "" of none
  std::uint64_t read = 0, loaded = 0, rejected = 0, skipped = 0;
  std::optional<std::uint64_t> changes{};  // rows of a list of changes, among those read
  std::vector<QualityReason> reject_reasons{};
  std::vector<QualityReason> skip_reasons{};
  std::uint64_t keys_repeated = 0;
  std::uint64_t keys_missing = 0;
  std::uint64_t numbers_repeated = 0;
  bool person_once = true;  // else a number may well stand on several rows
  bool has_numbers = true;  // the source has ID numbers at all
  std::uint64_t ids_valid = 0, ids_unverified = 0, ids_invalid = 0, ids_cut = 0, ids_missing = 0;
  std::uint64_t names = 0, names_damaged = 0, names_placeholder = 0;
  std::vector<QualityPlace> places{};  // townships, those of the delivery before too
  std::uint64_t villages = 0;
  std::uint64_t unplaced = 0;  // rows whose township is not known
  std::uint64_t outside = 0;   // rows of another county than the coverage
  std::optional<QualityBefore> before{};
  std::vector<QualityField> fields{};
  std::vector<QualityFinding> findings{};  // those beyond a limit first

  bool beyond() const { return !findings.empty() && findings.front().beyond; }
};

}  // namespace bidui::connectors::report
