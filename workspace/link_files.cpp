#include "workspace/link_files.h"

#include <algorithm>
#include <charconv>
#include <tbb/parallel_for.h>
#include <tbb/parallel_invoke.h>

#include "connectors/delimited/csv_writer.h"
#include "matcher/link/cannot_links.h"
#include "matcher/link/cluster.h"
#include "matcher/model/scorer.h"
#include "workspace/cannot_link_file.h"
#include "workspace/link_columns.h"
#include "workspace/link_table.h"
#include "workspace/run_models.h"

namespace bidui::workspace {
namespace {

using link::Decision;
using link::Linker;

constexpr std::string_view kLinkModel = "link";  // in a file of models

// The model and tables to use; neither where none is asked for.
Result<RunModels> given_models(const LinkFilesOptions& options, const ColumnPlan& plan) {
  if (!options.model) return RunModels{};
  Result<RunModels> models = read_models(*options.model);
  BIDUI_TRY(models);
  const model::Model* const model = models->find(kLinkModel);
  if (model == nullptr || model->plan.texts != plan.comparisons.texts) {
    Error error = make_error(ErrorCode::kBadInput, "the model was trained on other columns",
                             options.model->string());
    error.message_zh = "模型是用另一些列训练的";
    return error;
  }
  return models;
}

Error no_such_key(std::string_view column, const LinkFile& file) {
  const std::string name(column);
  Error error =
      make_error(ErrorCode::kInvalidArgument,
                 "there is no column \"" + name + "\"; --key LEFT,RIGHT names one per file",
                 file.reader().name());
  error.message_zh = "没有列“" + name + "”；两个文件的行键不同名时写作 --key 左列,右列";
  return error;
}

// "a" is the key of every file that has it, "a,b" that of the left and the right one.
Status set_keys(std::string_view keys, LinkFile& left, LinkFile* right) {
  if (keys.empty()) return {};
  const bool in_left = left.set_key(keys);
  const bool in_right = right != nullptr && right->set_key(keys);
  if (in_left || in_right) return {};
  const std::size_t comma = keys.find(',');
  if (right == nullptr || comma == std::string_view::npos) return no_such_key(keys, left);
  const std::string_view left_key = keys.substr(0, comma), right_key = keys.substr(comma + 1);
  if (!left_key.empty() && !left.set_key(left_key)) return no_such_key(left_key, left);
  if (!right_key.empty() && !right->set_key(right_key)) return no_such_key(right_key, *right);
  return {};
}

std::string_view format_fixed(double value, int digits, std::array<char, 64>& buffer) {
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 std::chars_format::fixed, digits)
                       .ptr;
  return {buffer.data(), static_cast<std::size_t>(end - buffer.data())};
}

void append_row(const link::Link& link, std::string_view left, std::string_view right,
                std::string& out) {
  std::array<char, 64> buffer{};
  connectors::append_csv_cell(out, left);
  out += ',';
  connectors::append_csv_cell(out, right);
  out += ',';
  out += format_fixed(link.weight, 3, buffer);
  out += ',';
  out += format_fixed(model::probability_of(link.weight), 6, buffer);
  out += link.decision == Decision::kLink ? ",link\n" : ",possible\n";
}

Status write_links(const std::filesystem::path& path, const std::vector<link::Link>& links,
                   const RowKeys& left, const RowKeys& right) {
  Result<connectors::CsvWriter> writer =
      connectors::CsvWriter::create(path, {.neutralise_formulas = false});
  BIDUI_TRY(writer);
  constexpr std::array<std::string_view, 5> kHeader = {"left_id", "right_id", "weight",
                                                       "probability", "decision"};
  writer->row(kHeader);
  constexpr std::size_t kBlock = 8192;  // of links, written by one thread
  std::vector<std::string> parts((links.size() + kBlock - 1) / kBlock);
  tbb::parallel_for(std::size_t{0}, parts.size(), [&](std::size_t part) {
    const std::size_t end = std::min(links.size(), (part + 1) * kBlock);
    for (std::size_t i = part * kBlock; i < end; ++i)
      append_row(links[i], left[links[i].left], right[links[i].right], parts[part]);
  });
  for (const std::string& part : parts) writer->rows(part);
  return writer->close();
}

// What is known only at the end: how many keys were indexed and pairs compared.
void note_work(const link::LinkerStats& stats, std::vector<PhaseTime>& phases) {
  for (PhaseTime& phase : phases) {
    if (phase.phase == "index") phase.keys = stats.index_entries;
    if (phase.phase == "compare") phase.pairs = stats.pairs_compared;
  }
}

struct Sides {
  RowKeys indexed_keys;
  RowKeys streamed_keys;
};

void append_keys(const LinkChunk& chunk, double expected_rows, RowKeys& keys) {
  if (keys.size() == 0) keys.reserve_like(chunk.keys, expected_rows);
  keys.append(chunk.keys);
}

// The cannot-links by row, and how many of them were found, noted in the report.
link::CannotLinks placed_cannot_links(const KeyPairs& pairs, const RowKeys& left,
                                      const RowKeys& right, LinkFilesReport& report) {
  PlacedCannotLinks placed = place_cannot_links(pairs, left, right);
  report.cannot_links = pairs.size();
  report.cannot_links_not_found = placed.not_found;
  return std::move(placed.pairs);
}

KeyPairs turned_pairs(KeyPairs pairs) {
  for (auto& [left, right] : pairs) std::swap(left, right);
  return pairs;
}

void turn(std::vector<link::Link>& links) {
  for (link::Link& link : links) std::swap(link.left, link.right);
  link::sort_links(links);
}

std::shared_ptr<link::LeftSide> left_side(link::RecordTable table, const ColumnPlan& plan,
                                          const RunModels& models) {
  link::LeftSideOptions options{.text_keys = plan.text_keys};
  if (models.tables != nullptr) {
    options.key_cap = models.tables->key_cap;
    options.hot = models.tables->keys;
  }
  auto side = std::make_shared<link::LeftSide>(std::move(table), std::vector<std::uint8_t>{},
                                               std::move(options));
  side->build_index();
  return side;
}

link::LinkerOptions linker_options(const ColumnPlan& plan, double expected_right,
                                   link::Assignment assignment, bool deduplicate,
                                   const RunModels& models) {
  link::LinkerOptions options;
  options.plan = plan.comparisons;
  options.expected_right = expected_right;
  options.one_table = deduplicate;
  options.keep_partners = !deduplicate && assignment != link::Assignment::kManyToMany;
  if (assignment != link::Assignment::kOneToOne) options.right_shared = 1;
  if (const model::Model* const model = models.find(kLinkModel)) options.models = {*model};
  options.tables = models.tables;
  return options;
}

double expected_rows(const LinkFile& file) {
  // Rows per byte of what was read for the sample.
  const double read = static_cast<double>(std::max<std::uint64_t>(file.reader().bytes_read(), 1));
  const double rows = static_cast<double>(file.reader().counts().loaded);
  return std::max(rows * static_cast<double>(file.bytes()) / read, 1.0);
}

Result<LinkFilesReport> deduplicate_file(const LinkFilesOptions& options,
                                         const Progress& progress) {
  LinkFilesReport result;
  PhaseClock clock(result.phases);
  Result<LinkFile> file = LinkFile::open(options.left, options.left_schema);
  BIDUI_TRY(file);
  BIDUI_TRY(set_keys(options.key_column, *file, nullptr));
  Result<ColumnPlan> plan = plan_columns(*file, nullptr);
  BIDUI_TRY(plan);
  const Result<RunModels> models = given_models(options, *plan);
  BIDUI_TRY(models);
  const Result<KeyPairs> cannot_links = read_cannot_links(options.cannot_links);
  BIDUI_TRY(cannot_links);
  clock.end("open");
  link::RecordTable table(plan->comparisons.texts.size());
  RowKeys keys;
  BIDUI_TRY(file->read_all(plan->left, file->likely_county(plan->left), progress, "read",
                           {.take = [&](const LinkChunk& chunk) {
                             table.append(chunk.records);
                             keys.append(chunk.keys);
                           }}));
  clock.end("read", table.size(), 0, file->bytes());
  const auto rows = static_cast<std::uint32_t>(table.size());
  const auto side = left_side(std::move(table), *plan, *models);
  Linker linker(
      side, linker_options(*plan, static_cast<double>(rows), options.assignment, true, *models));
  clock.end("index", rows);
  linker.add_right(side->records().span());
  clock.end("compare", rows);
  link::ScoredPairs scored = linker.finish();
  clock.end("model", 0, scored.pairs.size());
  note_work(scored.stats, result.phases);
  const link::ClusterChecks checks{
      .contradict =
          [&](std::uint32_t a, std::uint32_t b) {
            return link::rows_contradict(side->records().persons[a], side->records().persons[b]);
          },
      .cannot_links = placed_cannot_links(*cannot_links, keys, keys, result)};
  link::drop_cannot_links(scored.pairs, checks.cannot_links);
  result.decisions = link::decide_clusters(scored.pairs, rows,
                                           {.false_link_rate = options.false_link_rate}, checks);
  clock.end("decide", 0, result.decisions.links.size());
  BIDUI_TRY(write_links(options.out, result.decisions.links, keys, keys));
  clock.end("write", 0, result.decisions.links.size());
  result.columns = report_columns(*file, nullptr, *plan);
  result.left_rows = rows;
  result.stats = scored.stats;
  result.model = scored.models.front();
  result.model.text_names = plan->text_names;
  result.tables = scored.tables;
  result.left_key = file->key_header();
  result.left_rejects = file->rejects();
  return result;
}

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
  BIDUI_TRY(set_keys(options.key_column, *left, &*right));
  Result<ColumnPlan> plan = plan_columns(*left, &*right);
  BIDUI_TRY(plan);
  const Result<RunModels> models = given_models(options, *plan);
  BIDUI_TRY(models);
  const Result<KeyPairs> cannot_links = read_cannot_links(options.cannot_links);
  BIDUI_TRY(cannot_links);
  clock.end("open");
  // The smaller file is held in memory with its keys, the larger one is streamed past it once; but
  // the file whose records may have one partner only is always the linker's left side.
  const bool turned = options.assignment != link::Assignment::kOneToMany &&
                      expected_rows(*left) > expected_rows(*right);
  LinkFile& indexed = turned ? *right : *left;
  LinkFile& streamed = turned ? *left : *right;
  const LinkColumns& indexed_columns = turned ? plan->right : plan->left;
  const LinkColumns& streamed_columns = turned ? plan->left : plan->right;

  // One county for both, whichever file was named first: an address that names none means the same
  // place in either file.
  std::uint32_t county = indexed.likely_county(indexed_columns);
  if (county == 0) county = streamed.likely_county(streamed_columns);
  link::RecordTable table(plan->comparisons.texts.size());
  const double expected_indexed = expected_rows(indexed);
  const double expected_streamed = expected_rows(streamed);
  table.reserve(static_cast<std::size_t>(expected_indexed * 1.05));
  Sides sides;
  BIDUI_TRY(indexed.read_all(indexed_columns, county, progress, "read",
                             {.take = [&](const LinkChunk& chunk) {
                               table.append(chunk.records);
                               append_keys(chunk, expected_indexed, sides.indexed_keys);
                             }}));
  const std::uint64_t indexed_rows = table.size();
  clock.end("read", indexed_rows, 0, indexed.bytes());
  const auto side = left_side(std::move(table), *plan, *models);
  Linker linker(side, linker_options(*plan, expected_streamed, options.assignment, false, *models));
  clock.end("index", indexed_rows);
  BIDUI_TRY(streamed.read_all(
      streamed_columns, county, progress, "compare",
      {.search = [&](LinkChunk& chunk) { linker.search(chunk.records.span(), chunk.found); },
       .take =
           [&](const LinkChunk& chunk) {
             linker.add_right(chunk.records.span(), chunk.found);
             append_keys(chunk, expected_streamed, sides.streamed_keys);
           }}));
  clock.end("compare", sides.streamed_keys.size(), 0, streamed.bytes());
  link::ScoredPairs scored = linker.finish();
  clock.end("model", 0, scored.pairs.size());
  note_work(scored.stats, result.phases);
  const KeyPairs indexed_first = turned ? turned_pairs(*cannot_links) : *cannot_links;
  link::drop_cannot_links(
      scored.pairs,
      placed_cannot_links(indexed_first, sides.indexed_keys, sides.streamed_keys, result),
      static_cast<std::uint32_t>(indexed_rows));
  link::DecisionOptions decision_options{.assignment = options.assignment,
                                         .false_link_rate = options.false_link_rate};
  const link::SideFeatures features{
      .left = [&](std::uint32_t row) { return &side->records().persons[row]; },
      .right = [&](std::uint32_t row) { return scored.partners.find(row); }};
  result.decisions = link::decide(scored.pairs, decision_options, features);
  clock.end("decide", 0, result.decisions.links.size());
  if (turned) turn(result.decisions.links);
  const RowKeys& left_keys = turned ? sides.streamed_keys : sides.indexed_keys;
  const RowKeys& right_keys = turned ? sides.indexed_keys : sides.streamed_keys;
  BIDUI_TRY(write_links(options.out, result.decisions.links, left_keys, right_keys));
  clock.end("write", 0, result.decisions.links.size());

  result.columns = report_columns(*left, &*right, *plan);
  result.left_rows = left_keys.size();
  result.right_rows = right_keys.size();
  result.stats = scored.stats;
  result.model = scored.models.front();
  result.model.text_names = plan->text_names;
  result.tables = scored.tables;
  result.left_key = left->key_header();
  result.right_key = right->key_header();
  result.left_rejects = left->rejects();
  result.right_rejects = right->rejects();
  return result;
}

}  // namespace

Result<LinkFilesReport> link_files(const LinkFilesOptions& options, const Progress& progress) {
  Result<LinkFilesReport> report = options.right.empty() ? deduplicate_file(options, progress)
                                                         : link_two_files(options, progress);
  BIDUI_TRY(report);
  report->false_link_rate = options.false_link_rate;
  if (options.save_model) {
    RunModels models;
    models.models.push_back({.name = std::string(kLinkModel), .model = report->model});
    models.tables = report->tables;
    BIDUI_TRY(write_models(*options.save_model, models));
  }
  return report;
}

}  // namespace bidui::workspace
