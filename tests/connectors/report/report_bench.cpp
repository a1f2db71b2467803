// Writes the report of a generated county and prints the time and memory of each form:
// report_bench [FLAGS [FOLDER]].
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <sys/resource.h>

#include "connectors/report/report.h"
#include "sample_report.h"

namespace {

using bidui::connectors::report::ReportData;
using bidui::connectors::report::ReportOptions;

long peak_mebibytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

bool measure(const char* form, const ReportData& data, const std::filesystem::path& folder,
             const ReportOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  const auto status = bidui::connectors::report::write_report(data, folder, options);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  std::printf("%-8s %6.2f s, peak %ld MiB\n", form, seconds.count(), peak_mebibytes());
  if (!status) std::printf("%s\n", status.error().describe().c_str());
  return status.has_value();
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t flags = argc > 1 ? std::stoul(argv[1]) : 100000;
  const std::filesystem::path folder = argc > 2 ? argv[2] : "report_bench_out";
  const ReportData data = bidui::connectors::report::county_report(flags, 7);
  std::printf("%zu flags in memory, peak %ld MiB\n", data.flags.size(), peak_mebibytes());
  bool good = measure("csv", data, folder, {.workbook = false, .page = false});
  good = measure("workbook", data, folder, {.csv = false, .page = false}) && good;
  good = measure("page", data, folder, {.workbook = false, .csv = false}) && good;
  return good ? 0 : 1;
}
