// The weights of candidate pairs after a change: most are those of the run before.
#pragma once

#include "workspace/candidate_reuse.h"

namespace bidui::workspace {

// The records beside the spine whose pairs may weigh something else than before; ascending. The
// weight of a pair depends on its two records, on its household's pairs
// (link/household_evidence.h), and on whether the spine holds the left record's number. So these
// are who changed, gained or lost a candidate, has a number of which a holder came or went, or
// lives in one household with any of them, or with one who is gone. `sources` are those of this
// run, with their ties. O(records).
std::vector<std::uint32_t> touched_rows(std::span<const KeptSource> sources,
                                        const link::RecordSpan& records,
                                        const CandidateReuse& reuse,
                                        std::span<const link::CandidatePair> found);

// 0, 1, … count - 1: all of them.
std::vector<std::uint32_t> all_rows(std::size_t count);

// The records of the pairs that were found.
std::vector<std::uint32_t> left_rows(std::span<const link::CandidatePair> found);

// Weighs the pairs of some records of the left side anew, as a linkage of their own: they are all
// of their households. `pairs` by (left, right); `right`: all of it; `right_numbers`: the number
// ties of its rows, empty in one table, where nothing depends on them. O(pairs), far less than
// O(right rows).
void weigh_rows(const link::LeftSide& side, std::span<const std::uint32_t> rows,
                const link::RecordSpan& right, std::span<const std::uint32_t> right_numbers,
                const link::LinkerOptions& options, std::vector<link::CandidatePair>& pairs);

}  // namespace bidui::workspace
