// bidui-read-table WORKSPACE NAME TABLE: reads a table of a database as an import does, and does
// nothing with it. Prints the rows and their seconds.
#include <chrono>
#include <cstdio>

#include "connectors/database/database.h"
#include "connectors/delimited/delimited_reader.h"
#include "workspace/databases.h"

int main(int argc, char** argv) {
  using namespace bidui;
  if (argc != 4) return 2;
  const auto fail = [](const Error& error) {
    std::fprintf(stderr, "%s\n", error.describe().c_str());
    return 3;
  };
  const auto connection = workspace::find_database(argv[1], argv[2]);
  if (!connection) return fail(connection.error());
  const auto began = std::chrono::steady_clock::now();
  const auto table = connectors::open_database(
      *connection, {.table = argv[3]}, [](auto cells) { return static_cast<int>(cells.size()); },
      connectors::ReaderOptions{}.block_bytes);
  if (!table) return fail(table.error());
  connectors::RowBatch batch;
  while (true) {
    const auto more = (*table)->read(batch);
    if (!more) return fail(more.error());
    if (!*more) break;
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - began;
  std::printf("%llu %.3f\n", static_cast<unsigned long long>((*table)->counts().read),
              seconds.count());
  return 0;
}
