#include <algorithm>
#include <optional>
#include <tbb/parallel_invoke.h>

#include "workspace/link_columns.h"
#include "workspace/link_files.h"
#include "workspace/link_steps.h"
#include "workspace/links_file.h"

namespace bidui::workspace {
namespace {

void append_keys(const LinkChunk& chunk, double expected_rows, RowKeys& keys) {
  if (keys.size() == 0) keys.reserve_like(chunk.keys, expected_rows);
  keys.append(chunk.keys);
}

void turn(KeyPairs& pairs) {
  for (auto& [left, right] : pairs) std::swap(left, right);
}

void turn(std::vector<link::Link>& links) {
  for (link::Link& link : links) std::swap(link.left, link.right);
  link::sort_links(links);
}

double expected_rows(const LinkFile& file) {
  // Rows per byte of what was read for the sample.
  const double read = static_cast<double>(std::max<std::uint64_t>(file.reader().bytes_read(), 1));
  const double rows = static_cast<double>(file.reader().counts().loaded);
  return std::max(rows * static_cast<double>(file.bytes()) / read, 1.0);
}

}  // namespace

Result<LinkFilesReport> link_two_files(const LinkFilesOptions& options, const Progress& progress) {
  LinkFilesReport result;
  PhaseClock clock(result.phases);
  std::optional<Result<LinkFile>> opened_left, opened_right;
  tbb::parallel_invoke(
      [&] { opened_left.emplace(LinkFile::open(options.left, options.left_schema)); },
      [&] { opened_right.emplace(LinkFile::open(options.right, options.right_schema)); });
  Result<LinkFile>&left = *opened_left, &right = *opened_right;
  BIDUI_TRY(left);
  BIDUI_TRY(right);
  Result<LinkPlan> plan = plan_link(options, *left, &*right);
  BIDUI_TRY(plan);
  clock.end("open");
  // The smaller file is held in memory with its keys, the larger one is streamed past it once; but
  // the file whose records may have one partner only is always the linker's left side.
  const bool turned = options.assignment != link::Assignment::kOneToMany &&
                      expected_rows(*left) > expected_rows(*right);
  LinkFile& indexed = turned ? *right : *left;
  LinkFile& streamed = turned ? *left : *right;
  const LinkColumns& indexed_columns = turned ? plan->columns.right : plan->columns.left;
  const LinkColumns& streamed_columns = turned ? plan->columns.left : plan->columns.right;

  // One county for both, whichever file was named first: an address that names none means the same
  // place in either file.
  std::uint32_t county = indexed.likely_county(indexed_columns);
  if (county == 0) county = streamed.likely_county(streamed_columns);
  link::RecordTable table(plan->columns.comparisons.texts.size());
  const double expected_indexed = expected_rows(indexed);
  const double expected_streamed = expected_rows(streamed);
  table.reserve(static_cast<std::size_t>(expected_indexed * 1.05));
  RowKeys indexed_keys, streamed_keys;
  BIDUI_TRY(indexed.read_all(indexed_columns, county, progress, "read",
                             {.take = [&](const LinkChunk& chunk) {
                               table.append(chunk.records);
                               append_keys(chunk, expected_indexed, indexed_keys);
                             }}));
  const std::uint64_t indexed_rows = table.size();
  clock.end("read", indexed_rows, 0, indexed.bytes());
  const auto side = left_side(std::move(table), *plan);
  link::Linker linker(side, linker_options(*plan, expected_streamed, options.assignment, false));
  clock.end("index", indexed_rows);
  BIDUI_TRY(streamed.read_all(
      streamed_columns, county, progress, "compare",
      {.search = [&](LinkChunk& chunk) { linker.search(chunk.records.span(), chunk.found); },
       .take =
           [&](const LinkChunk& chunk) {
             linker.add_right(chunk.records.span(), chunk.found);
             append_keys(chunk, expected_streamed, streamed_keys);
           }}));
  clock.end("compare", streamed_keys.size(), 0, streamed.bytes());
  link::ScoredPairs scored = linker.finish();
  clock.end("model", 0, scored.pairs.size());
  note_linkage(scored, plan->columns, result);
  if (turned) turn(plan->cannot_links);
  link::drop_cannot_links(
      scored.pairs, placed_cannot_links(plan->cannot_links, indexed_keys, streamed_keys, result),
      static_cast<std::uint32_t>(indexed_rows));
  const link::SideFeatures features{
      .left = [&](std::uint32_t row) { return &side->records().persons[row]; },
      .right = [&](std::uint32_t row) { return scored.partners.find(row); }};
  result.decisions = link::decide(
      scored.pairs, {.assignment = options.assignment, .false_link_rate = options.false_link_rate},
      features);
  clock.end("decide", 0, result.decisions.links.size());
  if (turned) turn(result.decisions.links);
  const RowKeys& left_keys = turned ? streamed_keys : indexed_keys;
  const RowKeys& right_keys = turned ? indexed_keys : streamed_keys;
  BIDUI_TRY(write_links_file(options.out, result.decisions.links, left_keys, right_keys));
  clock.end("write", 0, result.decisions.links.size());

  result.columns = report_columns(*left, &*right, plan->columns);
  result.left_rows = left_keys.size();
  result.right_rows = right_keys.size();
  result.left_key = left->key_header();
  result.right_key = right->key_header();
  result.left_rejects = left->rejects();
  result.right_rejects = right->rejects();
  result.left_tables = left->tables();
  result.right_tables = right->tables();
  return result;
}

}  // namespace bidui::workspace
