// The files that the six offices deliver: one function per source. Each writes its files below
// `directory`, and returns the truth about them. Errors: kIo.
#pragma once

#include <string>

#include "bench/world/forms.h"
#include "bench/world/observer.h"
#include "bench/world/registers.h"
#include "bench/world/truth.h"
#include "matcher/base/result.h"

namespace bidui::world {

struct WriterInput {
  const World& world;
  const Registers& registers;
  const NameTables& names;
  const Confusions& confusions;
  const ErrorRates& rates;
  std::string directory;
  std::uint64_t seed = 0;
  const Profile& profile;
  bool all_offices = false;  // the rows' chance comes from their keys
  int round = 0;             // deliveries before this one

  Hand hand() const {
    return {.keyed = all_offices, .round = round, .corrected = profile.corrected};
  }
};

Result<SourceTruth> write_civil(const WriterInput& input);
Result<SourceTruth> write_poverty(const WriterInput& input);
Result<SourceTruth> write_allowance(const WriterInput& input);
Result<SourceTruth> write_housing(const WriterInput& input);
Result<SourceTruth> write_relocation(const WriterInput& input);
Result<SourceTruth> write_death(const WriterInput& input);
// With --offices all. The first is the neighbouring county's registry, a delivery of its own.
Result<SourceTruth> write_next_county(const WriterInput& input);
Result<SourceTruth> write_vehicle(const WriterInput& input);
Result<SourceTruth> write_business(const WriterInput& input);
Result<SourceTruth> write_payroll(const WriterInput& input);
Result<SourceTruth> write_disability(const WriterInput& input);
Result<SourceTruth> write_marriage(const WriterInput& input);
Result<SourceTruth> write_real_estate(const WriterInput& input);

// What the errors of one written row contradict: ID_INVALID and ID_NAME_CONFLICT, with the
// exceptions that belong to them. `key` is the row's record key.
void note_row_errors(const WriterInput& input, Source source, const std::string& key,
                     PersonIndex person, const ObservedPerson& seen, SourceTruth& truth);

// The other members of a list, whose numbers may be written by mistake.
std::vector<PersonIndex> others_than(const std::vector<PersonIndex>& members, PersonIndex person);

}  // namespace bidui::world
