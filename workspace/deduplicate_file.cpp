#include "matcher/link/cluster.h"
#include "workspace/link_columns.h"
#include "workspace/link_files.h"
#include "workspace/link_steps.h"
#include "workspace/links_file.h"

namespace bidui::workspace {

Result<LinkFilesReport> deduplicate_file(const LinkFilesOptions& options,
                                         const Progress& progress) {
  LinkFilesReport result;
  PhaseClock clock(result.phases);
  Result<LinkFile> file = LinkFile::open(options.left, options.left_schema);
  BIDUI_TRY(file);
  const Result<LinkPlan> plan = plan_link(options, *file, nullptr);
  BIDUI_TRY(plan);
  const LinkColumns& columns = plan->columns.left;
  clock.end("open");
  link::RecordTable table(plan->columns.comparisons.texts.size());
  RowKeys keys;
  BIDUI_TRY(file->read_all(columns, file->likely_county(columns), progress, "read",
                           {.take = [&](const LinkChunk& chunk) {
                             table.append(chunk.records);
                             keys.append(chunk.keys);
                           }}));
  clock.end("read", table.size(), 0, file->bytes());
  const auto rows = static_cast<std::uint32_t>(table.size());
  const auto side = left_side(std::move(table), *plan);
  link::Linker linker(side,
                      linker_options(*plan, static_cast<double>(rows), options.assignment, true));
  clock.end("index", rows);
  linker.add_right(side->records().span());
  clock.end("compare", rows);
  link::ScoredPairs scored = linker.finish();
  clock.end("model", 0, scored.pairs.size());
  note_linkage(scored, plan->columns, result);
  const link::ClusterChecks checks{
      .contradict =
          [&](std::uint32_t a, std::uint32_t b) {
            return link::rows_contradict(side->records().persons[a], side->records().persons[b]);
          },
      .cannot_links = placed_cannot_links(plan->cannot_links, keys, keys, result)};
  link::drop_cannot_links(scored.pairs, checks.cannot_links);
  result.decisions = link::decide_clusters(scored.pairs, rows,
                                           {.false_link_rate = options.false_link_rate}, checks);
  clock.end("decide", 0, result.decisions.links.size());
  BIDUI_TRY(write_links_file(options.out, result.decisions.links, keys, keys));
  clock.end("write", 0, result.decisions.links.size());
  result.columns = report_columns(*file, nullptr, plan->columns);
  result.left_rows = rows;
  result.left_key = file->key_header();
  result.left_rejects = file->rejects();
  result.left_tables = file->tables();
  return result;
}

}  // namespace bidui::workspace
