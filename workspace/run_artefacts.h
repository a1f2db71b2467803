// What a run keeps in the store (docs/format/run.md): the names of all its artefacts, and those
// that look-ups read (kept_run.h) as bytes. The other forms are written and read beside what they
// hold: error_sheet.h, review_sample.h, flag_changes.h, lineage.h, report_codec.h.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "workspace/flag_states.h"
#include "workspace/person_linkage.h"

namespace bidui::workspace {

inline constexpr std::string_view kSummaryArtefact = "summary";
inline constexpr std::string_view kEntitiesArtefact = "entities";
inline constexpr std::string_view kPersonLinksArtefact = "person_links";
inline constexpr std::string_view kFlagSubjectsArtefact = "flag_subjects";
inline constexpr std::string_view kErrorSheetArtefact = "error_sheet";
inline constexpr std::string_view kDecidedPairsArtefact = "decided_pairs";
inline constexpr std::string_view kKnownFlagsArtefact = "known_flags";
inline constexpr std::string_view kPersonsArtefact = "persons";
inline constexpr std::string_view kLineageArtefact = "lineage";
inline constexpr std::string_view kReportArtefact = "report";
inline constexpr std::string_view kRuleFilesArtefact = "rule_files";

inline constexpr std::size_t kFlagIdSize = 12;  // characters of a flag's identity
inline constexpr std::size_t kKeptLinkSize = 20;
inline constexpr std::size_t kFlagSubjectSize = 8 + kFlagIdSize;

// The entity of each record, u32, by record number.
std::string encode_entities(const link::Entities& entities, std::uint32_t records);
// PersonLink as a, b (u32), weight, own weight (f32), 1 where decided, 0 where possible (u32); by
// (a, b).
std::string encode_links(std::span<const PersonLink> links);
// Hash of the subject's record or household (u64) and the flag's identity, by hash; a flag may
// stand under several.
std::string encode_flag_subjects(std::span<const FlagState> flags);

// Names under which "flag_subjects" holds a flag.
std::uint64_t flag_household_hash(std::string_view source_and_household);
std::uint64_t flag_record_hash(std::string_view source_and_key);

}  // namespace bidui::workspace
