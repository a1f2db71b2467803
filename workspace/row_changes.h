// What became of the rows of a delivery in the next one of the same source: by record key, gone,
// added, changed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/schema/schema.h"
#include "store/store.h"

namespace bidui::workspace {

struct FieldChanges {
  std::string field{};          // its id
  std::uint64_t changed = 0;    // rows in which its value is another
  std::uint64_t rewritten = 0;  // rows in which the same value is written otherwise
};

struct RowChanges {
  std::uint64_t before = 0;
  std::uint64_t after = 0;
  std::uint64_t added = 0;        // keys that are new
  std::uint64_t gone = 0;         // keys that are no more
  std::uint64_t changed = 0;      // a value is another
  std::uint64_t rewritten = 0;    // all values are the same, one is written otherwise
  std::uint64_t looked_into = 0;  // of the rows whose text differs: `changed` and what follows is
                                  // scaled up from these where there are more
  std::vector<FieldChanges> fields{};  // those with any, of the schema, in its order
};

// A row without a key of its own is named by its content, so that it is gone and added when it
// changes. A serial number (row_no) does not count. Reads each delivery once, on all threads, and
// the texts of up to 65,536 differing rows a second time; memory is bounded (256 MiB), by more
// passes where the deliveries are large. Errors: those of the store.
Result<RowChanges> compare_rows(const store::Store& store, const schema::Schema& schema,
                                const store::DeliveryInfo& before,
                                const store::DeliveryInfo& after);

}  // namespace bidui::workspace
