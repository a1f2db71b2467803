// One comparison in memory: sources, linkage, texts and the view that rules are evaluated over.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/rule/rule_set.h"
#include "workspace/linked_view.h"
#include "workspace/person_linkage.h"
#include "workspace/person_links.h"
#include "workspace/phase_clock.h"
#include "workspace/progress.h"
#include "workspace/rule_files.h"
#include "workspace/run_constraints.h"
#include "workspace/run_households.h"
#include "workspace/run_kinship.h"
#include "workspace/run_records.h"
#include "workspace/run_source.h"
#include "workspace/source_texts.h"
#include "workspace/workspace.h"

namespace bidui::workspace {

// Parts refer to each other: built once, never moved.
struct RunWorld {
  RunWorld() = default;
  RunWorld(const RunWorld&) = delete;
  RunWorld& operator=(const RunWorld&) = delete;

  std::string evaluation_date{};
  std::vector<RunSource> sources{};
  std::unique_ptr<RunRecords> records{};
  RunConstraints constraints{};
  PersonLinkage linkage{};
  std::unique_ptr<PersonLinks> links{};
  std::unique_ptr<RunHouseholds> households{};
  std::unique_ptr<SameNumbers> same_numbers{};
  SpineKin kin{};
  std::vector<SourceTexts> texts{};
  RuleFiles rule_files{};
  std::unique_ptr<rule::RuleSet> rules{};
  std::unique_ptr<LinkedView> view{};

  std::size_t spine() const { return sources.size() - 1; }
  rule::RecordRef reference(std::uint32_t record) const {
    const std::size_t s = records->source_of(record);
    return {static_cast<rule::SourceIndex>(s), record - records->number(s, 0)};
  }
  std::string_view key(std::uint32_t record) const {
    const rule::RecordRef r = reference(record);
    return texts[r.source].key(r.row);
  }
};

// `as_of`: the evaluation date, "" = the newest as-of date of the deliveries; later deliveries are
// left out. `models` is used where it has one, and filled. `kept`: the candidates of an earlier run
// (link_persons). `clock` gets the phases. `files`: the rules; the shipped ones where it has none.
// kBadInput without deliveries; the errors of the store.
Result<std::unique_ptr<RunWorld>> build_world(const Workspace& workspace, const std::string& as_of,
                                              RunModels& models, const Progress& progress,
                                              PhaseClock* clock = nullptr,
                                              std::shared_ptr<KeptCandidates> kept = nullptr,
                                              RuleFiles files = {});

}  // namespace bidui::workspace
