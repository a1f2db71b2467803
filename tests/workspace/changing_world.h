// A county whose deliveries change: rows are added, removed, altered and shuffled, and delivered
// again. Generated people only.
#pragma once

#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace bidui::workspace {

// The rows of one delivery as its file has them.
struct DeliveryText {
  std::string source;
  std::string as_of;
  std::string header;
  std::vector<std::string> rows;
};

// 260 households in the civil registry, 130 in the poverty registry, some in the allowance
// registry; a crowd of one name in one township, so that a key is hot.
std::vector<DeliveryText> first_deliveries();

// Another crowd for the poverty registry, of a name that nobody has yet.
std::vector<std::string> crowd_rows(const std::string& name, int first_number, int count);

// Ways to change the rows of a delivery; `share` is one in so many.
void remove_rows(DeliveryText& delivery, std::uint64_t share, std::mt19937_64& random);
void change_names(DeliveryText& delivery, std::uint64_t share, std::mt19937_64& random);
// Exchanges the cell of one in so many rows with another row's; nothing where there is no such
// column.
void exchange_cells(DeliveryText& delivery, std::string_view column, std::uint64_t share,
                    std::mt19937_64& random);
void add_rows(DeliveryText& delivery, const std::vector<std::string>& rows);
void shuffle_rows(DeliveryText& delivery, std::mt19937_64& random);

// A workspace of its own below `directory`, into which deliveries are imported.
class ChangingWorkspace {
 public:
  explicit ChangingWorkspace(std::filesystem::path directory);
  void import(const DeliveryText& delivery, bool replace = false);
  std::filesystem::path path() const { return directory_ / "ws"; }

 private:
  std::filesystem::path directory_;
};

}  // namespace bidui::workspace
