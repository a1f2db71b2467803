#include "cli/link_text.h"

#include <algorithm>
#include <fmt/format.h>
#include <span>

#include "cli/console.h"
#include "cli/table.h"
#include "cli/table_notes_text.h"
#include "connectors/delimited/reject.h"
#include "matcher/key/fuzzy_key.h"
#include "workspace/summand_words.h"
#include "workspace/wording.h"

namespace bidui::cli {
namespace {

using workspace::ColumnReport;
using workspace::LinkFilesReport;
using workspace::spaced;

void print_columns(const LinkFilesReport& report, bool two_files) {
  fmt::print(output(), "{}\n", say("各列的识别结果：", "What each column was taken for:"));
  for (const ColumnReport& column : report.columns) {
    const std::string_view mark = column.used ? "✓" : " ";
    const auto shown = [](const std::string& header) { return header.empty() ? "—" : header; };
    const std::string names = two_files
                                  ? shown(column.left_header) + " ~ " + shown(column.right_header)
                                  : column.left_header;
    const std::string_view kind =
        chinese() ? schema::kind_name_zh(column.kind) : schema::kind_name(column.kind);
    fmt::print(output(), "  {} {} {}  {}\n", mark, padded(names, 34), padded(kind, 14),
               chinese() ? column.reason_zh : column.reason_en);
  }
}

void print_keys(const LinkFilesReport& report, bool two_files) {
  const auto shown = [](const std::string& header) {
    return header.empty() ? std::string(say("数据行的序号", "the number of the data row")) : header;
  };
  std::string keys = shown(report.left_key);
  if (two_files) keys += " ~ " + shown(report.right_key);
  fmt::print(output(), "{} {}{}\n", say("行键：", "row key:"), keys,
             report.left_key.empty() || (two_files && report.right_key.empty())
                 ? say("（可用 --key 左列,右列 指定）", "  (choose with --key LEFT,RIGHT)")
                 : "");
}

void print_rejected(const LinkFilesReport& report) {
  const auto print_side = [](std::string_view side,
                             const std::vector<connectors::Reject>& rejects) {
    constexpr std::size_t kShown = 5;
    if (rejects.empty()) return;
    fmt::print(output(), "{} {}\n", side, rejects.size());
    for (const connectors::Reject& r : std::span(rejects).first(std::min(kShown, rejects.size()))) {
      fmt::print(output(), "  {}{} {}  {}{}{}\n", r.file.ends_with(']') ? r.file + " " : "",
                 say("行", "row"), r.row, r.field, r.field.empty() ? "" : " ",
                 chinese() ? std::string(connectors::reject_reason_sentence(r.reason))
                           : spaced(connectors::reject_reason_name(r.reason)));
    }
    if (rejects.size() > kShown)
      fmt::print(output(), "  {}\n",
                 say("……（全部用 --rejects FILE 写出）", "… (all of them: --rejects FILE)"));
  };
  print_side(say("左文件退回的行：", "rows rejected of the left file:"), report.left_rejects);
  print_side(say("右文件退回的行：", "rows rejected of the right file:"), report.right_rejects);
}

void print_tables(const LinkFilesReport& report) {
  for (const workspace::TablesRead* const side : {&report.left_tables, &report.right_tables}) {
    for (const workspace::TableRead& table : side->tables) {
      const std::string notes = table_notes_text(table.notes, "  ");
      if (!notes.empty()) fmt::print(output(), "{}\n{}", table.name, notes);
    }
    fmt::print(output(), "{}", left_out_text(side->left_out));
  }
}

void print_cannot_links(const LinkFilesReport& report) {
  if (report.cannot_links == 0) return;
  fmt::print(output(), "{} {}", say("不得关联的对：", "cannot-links:"), report.cannot_links);
  if (report.cannot_links_not_found != 0) {
    fmt::print(output(), "{}{}", say("，其中找不到行键的 ", ", of which with unknown row keys: "),
               report.cannot_links_not_found);
  }
  fmt::print(output(), "\n");
}

// Keys that too many records share, where pairs were left out for it.
void print_cut_keys(const LinkFilesReport& report) {
  std::size_t cut = 0;
  for (const link::KeyKindCounts& counts : report.stats.keys) cut += counts.cut_keys;
  if (cut == 0) return;
  fmt::print(output(), "{} {}{}\n",
             say("太常见而略去的检索键：", "keys left out for being too common:"), cut,
             say("（各类见 --timings）", " (by kind: --timings)"));
}

// Many pairs that nobody can be sure of: what it means, and what to do.
void print_doubt(const LinkFilesReport& report) {
  const link::Decisions& d = report.decisions;
  if (d.possible_count * 10 <= d.link_count) return;
  fmt::print(
      output(), "{}\n",
      fmt::format(
          fmt::runtime(say("注意：在允许的误关联比例 {}% 之内，这些列的证据不足以确认其中的 {} 对，"
                           "列为疑似（possible）。可逐对复核，或用 --false-links {} 放宽比例，"
                           "或补充证件号、出生日期、电话等列",
                           "note: within the wanted share of false links, {}%, the evidence of "
                           "these columns does not suffice for {} pairs, which are possible "
                           "links: review them, allow more with --false-links {}, or add columns "
                           "such as a number, birth date or telephone")),
          100 * report.false_link_rate, d.possible_count,
          std::min(10 * report.false_link_rate, .5)));
}

// Why there may be nothing to find.
void print_hint(const LinkFilesReport& report) {
  if (report.stats.pairs_compared != 0) return;
  fmt::print(output(), "{}\n",
             say("没有候选对：共同的列不足以把两条记录引到一起。只有姓名时不作比较；"
                 "请加上出生日期、证件号、电话或地址等列。",
                 "no pairs were compared: the columns in common bring no two records "
                 "together. A name alone does not; add a birth date, number, telephone or "
                 "address."));
}

void print_summary(const LinkFilesReport& report, bool two_files) {
  const link::Decisions& d = report.decisions;
  if (two_files) {
    fmt::print(output(), "{} {} × {}\n", say("行数：", "rows:"), report.left_rows,
               report.right_rows);
  } else {
    fmt::print(output(), "{} {}\n", say("行数：", "rows:"), report.left_rows);
  }
  print_tables(report);
  print_rejected(report);
  print_cannot_links(report);
  fmt::print(output(), "{} {}   {} {}\n", say("比较的候选对：", "candidate pairs compared:"),
             report.stats.pairs_compared, say("保留：", "kept:"), report.stats.pairs_kept);
  print_cut_keys(report);
  print_hint(report);
  fmt::print(output(), "{} {}   {} {}\n", say("确认关联：", "links:"), d.link_count,
             say("疑似（待复核）：", "possible, to review:"), d.possible_count);
  if (d.link_count != 0) {
    fmt::print(output(), "{} {:.2f}   {} {:.3f}%\n",
               say("阈值（log2 后验比）：", "threshold (log2 odds):"), d.threshold,
               say("模型估计的误关联率：", "estimated share of false links:"),
               100 * d.expected_false_links / static_cast<double>(d.link_count));
  }
  if (d.left_duplicates + d.right_duplicates != 0) {
    fmt::print(
        output(), "{}\n",
        fmt::format(fmt::runtime(say("文件自身有重复：左 {} 行、右 {} 行，重复行可以关联同一人",
                                     "the files hold duplicates of their own ({} left, {} right "
                                     "rows); such rows may share a partner")),
                    d.left_duplicates, d.right_duplicates));
  }
  if (d.greedy_components != 0) {
    fmt::print(output(), "{} {}\n",
               say("过大而按权重先后配对的连通块：",
                   "components too large for the best assignment, "
                   "paired heaviest first:"),
               d.greedy_components);
  }
  fmt::print(output(), "{}\n",
             report.model.converged
                 ? say("模型估计：已收敛", "estimation of the model: converged")
                 : say("注意：模型估计没有收敛，结果需要复核",
                       "note: the estimation of the model did not converge; review the "
                       "result"));
  print_doubt(report);
}

std::string count_of(std::uint64_t work) { return work == 0 ? "" : std::to_string(work); }

// Millions a second; empty for no work.
std::string rate_of(std::uint64_t work, double seconds) {
  if (work == 0 || seconds <= 0) return {};
  return fmt::format("{:.2f}", static_cast<double>(work) / seconds / 1e6);
}

// What each kind of key implies; compared + skipped = implied, a pair as often as it shares a key.
std::string keys_text(const link::LinkerStats& stats) {
  const auto locale = chinese() ? workspace::Locale::kChinese : workspace::Locale::kEnglish;
  Table table({{say("检索键", "keys of a kind")},
               {say("键数", "keys"), Align::kRight},
               {say("细分", "refined"), Align::kRight},
               {say("略去", "cut"), Align::kRight},
               {say("应比对", "implied pairs"), Align::kRight},
               {say("已比对", "compared"), Align::kRight},
               {say("跳过", "skipped"), Align::kRight}},
              2);
  for (std::size_t kind = 0; kind < stats.keys.size(); ++kind) {
    const link::KeyKindCounts& counts = stats.keys[kind];
    const link::KeyMeetings& pairs = stats.meetings[kind];
    if (counts.keys == 0) continue;
    table.add({workspace::key_words(static_cast<key::KeyKind>(kind), locale), grouped(counts.keys),
               grouped(counts.refined_keys), grouped(counts.cut_keys), grouped(pairs.implied()),
               grouped(pairs.met), grouped(pairs.skipped)});
  }
  return table.text();
}

}  // namespace

void print_link_report(const LinkFilesReport& report, bool two_files) {
  print_columns(report, two_files);
  print_keys(report, two_files);
  print_summary(report, two_files);
}

void print_link_timings(const LinkFilesReport& report) {
  fmt::print(output(), "  {} {:>8} {:>8} {:>10} {:>11} {:>11} {:>12} {:>8} {:>8} {:>8} {:>8}\n",
             padded("", 12), "s", "CPU s", "rows", "keys", "pairs", "bytes", "M rows/s", "M keys/s",
             "M pair/s", "MB/s");
  workspace::PhaseTime total{.phase = "total"};
  const auto print = [](const workspace::PhaseTime& p) {
    fmt::print(
        output(), "  {} {:8.3f} {:8.3f} {:>10} {:>11} {:>11} {:>12} {:>8} {:>8} {:>8} {:>8}\n",
        padded(phase_title(p.phase), 12), p.seconds, p.cpu_seconds, count_of(p.rows),
        count_of(p.keys), count_of(p.pairs), count_of(p.bytes), rate_of(p.rows, p.seconds),
        rate_of(p.keys, p.seconds), rate_of(p.pairs, p.seconds), rate_of(p.bytes, p.seconds));
  };
  for (const workspace::PhaseTime& phase : report.phases) {
    print(phase);
    total.seconds += phase.seconds;
    total.cpu_seconds += phase.cpu_seconds;
    total.bytes += phase.bytes;
  }
  print(total);
  fmt::print(output(), "\n{}", keys_text(report.stats));
}

}  // namespace bidui::cli
