// Speed of the delimited connector. Each benchmark checks the number of rows and cells before it
// reports.
//   csv_bench --benchmark_filter=read
#include <benchmark/benchmark.h>
#include <random>
#include <string>

#include "connectors/delimited/delimited_reader.h"
#include "connectors/delimited/gb18030.h"
#include "connectors/delimited/structural_scan.h"
#include "connectors/delimited/text_buffer.h"
#include "connectors/delimited/utf8.h"

namespace bidui::connectors {
namespace {

constexpr std::size_t kRows = 200000;
constexpr std::size_t kColumns = 15;

int known_columns(std::span<const std::string_view> cells) {
  int known = 0;
  for (const std::string_view cell : cells) known += cell.starts_with("col") ? 1 : 0;
  return known;
}

// A registry's mixture: numbers, ID numbers, names, addresses, some of it quoted.
std::string table(bool quoted) {
  std::mt19937 random(1);
  const char* const names[] = {"王伟", "张语潇", "欧阳修文", "李娜"};
  const char* const places[] = {"千岭乡竹墩村5组", "安徽省宿松县千岭乡白岭村2组3号", "凉泉乡", ""};
  std::string text;
  for (std::size_t c = 0; c < kColumns; ++c) text += (c > 0 ? ",col" : "col") + std::to_string(c);
  text += '\n';
  for (std::size_t r = 0; r < kRows; ++r) {
    for (std::size_t c = 0; c < kColumns; ++c) {
      if (c > 0) text += ',';
      const char* const quote = quoted && c % 3 == 1 ? "\"" : "";
      text += quote;
      switch (c % 5) {
        case 0:
          text += std::to_string(random());
          break;
        case 1:
          text += names[random() % 4];
          break;
        case 2:
          text += "3428261978" + std::to_string(10000000 + random() % 9000000);
          break;
        case 3:
          text += places[random() % 4];
          break;
        default:
          text += random() % 2 == 0 ? "是" : "";
      }
      if (quoted && c == 1) text += "\"\"";
      text += quote;
    }
    text += "\r\n";
  }
  return text;
}

// The characters of `utf8` that the tables of GB18030 have in two bytes; the benchmark's text has
// no others.
std::string to_gb18030(std::string_view utf8) {
  std::vector<std::string> pairs(0x10000);
  for (int lead = 0x81; lead <= 0xFE; ++lead) {
    for (int trail = 0x40; trail <= 0xFE; ++trail) {
      const char bytes[2] = {static_cast<char>(lead), static_cast<char>(trail)};
      TextBuffer out;
      if (decode_gb18030({bytes, 2}, true, out).bad > 0 || out.size() != 3) continue;
      const std::string_view c = out.view();
      const std::size_t code = (static_cast<std::size_t>(c[0] & 0x0F) << 12) |
                               (static_cast<std::size_t>(c[1] & 0x3F) << 6) |
                               static_cast<std::size_t>(c[2] & 0x3F);
      pairs[code] = std::string(bytes, 2);
    }
  }
  std::string result;
  for (std::size_t i = 0; i < utf8.size();) {
    if ((utf8[i] & 0x80) == 0) {
      result += utf8[i++];
      continue;
    }
    result += pairs[(static_cast<std::size_t>(utf8[i] & 0x0F) << 12) |
                    (static_cast<std::size_t>(utf8[i + 1] & 0x3F) << 6) |
                    static_cast<std::size_t>(utf8[i + 2] & 0x3F)];
    i += 3;
  }
  return result;
}

void read_table(benchmark::State& state, const std::string& bytes) {
  for (auto _ : state) {
    state.PauseTiming();
    std::string copy = bytes;
    state.ResumeTiming();
    auto reader = DelimitedReader::open_bytes(std::move(copy), "bench", known_columns);
    if (!reader) return state.SkipWithError("refused");
    RowBatch batch;
    std::size_t cells = 0;
    while (*reader->read(batch)) {
      for (const Row& row : batch.rows()) cells += batch.cells(row).size();
    }
    if (reader->counts().loaded != kRows || cells != kRows * kColumns) {
      return state.SkipWithError("wrong count");
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes.size()));
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * kRows));
}

void read_utf8(benchmark::State& state) { read_table(state, table(false)); }
void read_utf8_quoted(benchmark::State& state) { read_table(state, table(true)); }
void read_gb18030(benchmark::State& state) { read_table(state, to_gb18030(table(false))); }

void decode_gb18030_only(benchmark::State& state) {
  const std::string expected = table(false);
  const std::string bytes = to_gb18030(expected);
  TextBuffer out;
  for (auto _ : state) {
    out.clear();
    decode_gb18030(bytes, true, out);
    benchmark::DoNotOptimize(out.data());
  }
  if (out.view() != expected) state.SkipWithError("wrong text");
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes.size()));
}

void validate_utf8_only(benchmark::State& state) {
  std::string text = table(false);
  std::size_t bad = 0;
  for (auto _ : state) bad += mark_invalid_utf8(text.data(), text.size(), true).bad;
  if (bad != 0) state.SkipWithError("wrong text");
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

void scan_only(benchmark::State& state) {
  const std::string text = table(false);
  StructuralScan scan(',', static_cast<StructuralScan::Kernel>(state.range(0)));
  std::size_t found = 0;
  for (auto _ : state) found = scan.find(text).size();
  if (found != (kRows + 1) * (kColumns - 1) + 2 * kRows + 1) state.SkipWithError("wrong count");
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}

BENCHMARK(read_utf8)->Unit(benchmark::kMillisecond);
BENCHMARK(read_utf8_quoted)->Unit(benchmark::kMillisecond);
BENCHMARK(read_gb18030)->Unit(benchmark::kMillisecond);
BENCHMARK(decode_gb18030_only)->Unit(benchmark::kMillisecond);
BENCHMARK(validate_utf8_only)->Unit(benchmark::kMillisecond);
BENCHMARK(scan_only)
    ->DenseRange(0, static_cast<int>(StructuralScan::best_kernel()))
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace bidui::connectors

BENCHMARK_MAIN();
