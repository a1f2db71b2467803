// What eats foreign bytes, each with a check of what must hold whatever the bytes are. One list for
// the fuzzer (fuzz_main.cpp) and the ordinary test of the corpus (fuzz_corpus_test.cpp).
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace bidui::fuzz {

// Each gives an empty text, or which invariant the bytes break. They keep no state between calls.
std::string check_delimited(std::string_view bytes);  // the file reader, in one piece and in pieces
std::string check_id_number(std::string_view bytes);  // a cell
std::string check_name(std::string_view bytes);       // a cell, Han and Latin
std::string check_date(std::string_view bytes);       // a cell
std::string check_address(std::string_view bytes);    // county|township|village|group|text
std::string check_cell(std::string_view bytes);       // phones, relations, sexes, masks
std::string check_person(std::string_view bytes);     // two records, a line each, cells by |
std::string check_schema(std::string_view bytes);     // a schema's JSON
std::string check_header(std::string_view bytes);     // header cells by |, one line a row
std::string check_expression(std::string_view bytes);  // of the rule language
std::string check_rule(std::string_view bytes);        // a rule's JSON; after NUL a profile's
std::string check_model(std::string_view bytes);       // a model's JSON
std::string check_stored(std::string_view bytes);      // records, blocks and manifests of the store
std::string check_report(std::string_view bytes);      // a kept report
// A workbook; or, not beginning with PK, its sheet, strings, styles, workbook and relations, apart
// by NUL.
std::string check_xlsx(std::string_view bytes);

// A file as it is delivered; behind a G packed by gzip, behind a Z an archive of files apart by
// NUL.
std::string check_tables(std::string_view bytes);

struct FuzzTarget {
  std::string_view name;  // of its folder in tests/fuzz/corpus
  std::string (*check)(std::string_view bytes);
};

inline constexpr std::array kFuzzTargets = {
    FuzzTarget{"delimited", check_delimited}, FuzzTarget{"id_number", check_id_number},
    FuzzTarget{"name", check_name},           FuzzTarget{"date", check_date},
    FuzzTarget{"address", check_address},     FuzzTarget{"cell", check_cell},
    FuzzTarget{"person", check_person},       FuzzTarget{"schema", check_schema},
    FuzzTarget{"header", check_header},       FuzzTarget{"expression", check_expression},
    FuzzTarget{"rule", check_rule},           FuzzTarget{"model", check_model},
    FuzzTarget{"stored", check_stored},       FuzzTarget{"report", check_report},
    FuzzTarget{"xlsx", check_xlsx},           FuzzTarget{"tables", check_tables},
};

// The parts between separators; at least one.
inline std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

}  // namespace bidui::fuzz
