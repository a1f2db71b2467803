// Records of the store and of the newest run, one for the other: which records are one person.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "workspace/kept_run.h"
#include "workspace/record_reader.h"

namespace bidui::workspace {

// A record's number in the run; nullopt where the run did not see its delivery.
std::optional<std::uint32_t> number_of(const RecordReader& reader, const KeptRun& run,
                                       RecordPlace place);
// nullopt where the delivery is no longer among the current ones.
std::optional<RecordPlace> place_of(const RecordReader& reader, const KeptRun& run,
                                    std::uint32_t number);

// The records of each place's person, by the run, or the place alone where there is none. In the
// order of `places`; not loaded.
Result<std::vector<std::vector<RecordPlace>>> person_places(const RecordReader& reader,
                                                            const KeptRun* run,
                                                            std::span<const RecordPlace> places);
// The same, loaded.
Result<std::vector<std::vector<RecordPlace>>> persons_of(RecordReader& reader, const KeptRun* run,
                                                         std::span<const RecordPlace> places);

}  // namespace bidui::workspace
