// One delivered file, built in memory and written whole.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"

namespace bidui::world {

struct TableForm {
  char delimiter = ',';
  std::string encoding = "UTF-8";  // UTF-8, UTF-8-BOM, gb18030, UTF-16LE
  std::string line_end = "\n";
};

class Table {
 public:
  Table(std::string path, TableForm form) : path_(std::move(path)), form_(std::move(form)) {}

  // Returns the row's number in the file as a person sees it, counting from 1 with every title row.
  std::size_t add(const std::vector<std::string>& fields);

  // Errors: kIo when the file cannot be written.
  Status write();

 private:
  void append(std::string_view field);

  std::string path_;
  TableForm form_;
  std::string text_;
  std::size_t rows_ = 0;
};

// Writes the bytes to a file. Errors: kIo.
Status write_file(const std::string& path, std::string_view bytes);

// A field for the truth files: quoted when it holds a comma or quote.
std::string csv_field(std::string_view field);

}  // namespace bidui::world
