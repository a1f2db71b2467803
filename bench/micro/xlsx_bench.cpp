// Speed and memory of reading a workbook: 200,000 rows of 15 columns, with shared and with inline
// strings. Each benchmark checks the number of rows and cells before it reports.
//   xlsx_bench; the counter peak_MB is what reading took beyond what the process had before
#include <benchmark/benchmark.h>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "connectors/tables/open_tables.h"

namespace bidui::connectors {
namespace {

constexpr std::uint32_t kRows = 200'000;
constexpr std::uint16_t kColumns = 15;

int known_columns(std::span<const std::string_view> cells) {
  int known = 0;
  for (const std::string_view cell : cells) known += cell.starts_with("col") ? 1 : 0;
  return known;
}

// A registry's mixture: numbers, ID numbers, names, addresses, dates, blanks; vertical merges.
void write_book(const std::string& path, bool shared) {
  lxw_workbook_options options{};
  options.constant_memory = shared ? LXW_FALSE : LXW_TRUE;  // which writes inline strings
  lxw_workbook* const book = workbook_new_opt(path.c_str(), &options);
  lxw_worksheet* const sheet = workbook_add_worksheet(book, "名单");
  lxw_format* const date = workbook_add_format(book);
  format_set_num_format(date, "yyyy-mm-dd");
  std::mt19937 random(1);
  const char* const names[] = {"王伟", "张语潇", "欧阳修文", "李娜"};
  const char* const places[] = {"千岭乡竹墩村5组", "安徽省宿松县千岭乡白岭村2组3号", "凉泉乡"};
  for (std::uint16_t c = 0; c < kColumns; ++c)
    worksheet_write_string(sheet, 0, c, ("col" + std::to_string(c)).c_str(), nullptr);
  for (std::uint32_t r = 1; r <= kRows; ++r) {
    for (std::uint16_t c = 0; c < kColumns; ++c) {
      const auto some = static_cast<std::uint32_t>(random());
      switch (c % 5) {
        case 0:
          worksheet_write_number(sheet, r, c, some % 100'000, nullptr);
          break;
        case 1:
          worksheet_write_string(
              sheet, r, c, ("340826" + std::to_string(100'000'000'000ULL + some)).c_str(), nullptr);
          break;
        case 2:
          worksheet_write_string(sheet, r, c, names[some % 4], nullptr);
          break;
        case 3:
          worksheet_write_string(sheet, r, c, places[some % 3], nullptr);
          break;
        default:
          worksheet_write_number(sheet, r, c, 20'000 + some % 23'000, date);
      }
    }
  }
  workbook_close(book);
}

// Written by a process of its own, whose memory is not counted here.
std::string book_of(bool shared) {
  const std::filesystem::path path =
      std::filesystem::temp_directory_path() /
      ("xlsx_bench_" + std::to_string(getpid()) + (shared ? "_shared.xlsx" : "_inline.xlsx"));
  if (!std::filesystem::exists(path)) {
    const pid_t child = fork();
    if (child == 0) {
      write_book(path.string(), shared);
      _exit(0);
    }
    waitpid(child, nullptr, 0);
  }
  return path.string();
}

// "VmHWM" (the highest so far) or "VmRSS", in MB.
double memory_mb(std::string_view which) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with(which)) return std::stod(line.substr(which.size() + 1)) / 1024;
  }
  return 0;
}

void read_book(benchmark::State& state, bool shared) {
  const std::string path = book_of(shared);
  const double before = memory_mb("VmRSS");
  std::ofstream("/proc/self/clear_refs") << "5";  // the highest starts anew
  for (auto _ : state) {
    auto file = open_tables(path, known_columns);
    if (!file || file->tables.size() != 1) return state.SkipWithError("refused");
    TableReader& table = *file->tables.front();
    RowBatch batch;
    std::size_t cells = 0;
    while (*table.read(batch)) {
      for (const Row& row : batch.rows()) cells += batch.cells(row).size();
    }
    if (table.counts().loaded != kRows || cells != std::size_t{kRows} * kColumns)
      return state.SkipWithError("wrong count");
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * kRows);
  state.counters["peak_MB"] = memory_mb("VmHWM") - before;
}

BENCHMARK_CAPTURE(read_book, shared_strings, true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(read_book, inline_strings, false)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace bidui::connectors

int main(int count, char** words) {
  benchmark::Initialize(&count, words);
  benchmark::RunSpecifiedBenchmarks();
  for (const bool shared : {true, false})
    std::filesystem::remove(bidui::connectors::book_of(shared));
}
