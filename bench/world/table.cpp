#include "bench/world/table.h"

#include <cstdio>
#include <memory>

#include "bench/world/utf8.h"

namespace bidui::world {

void Table::append(std::string_view field) {
  const char special[] = {form_.delimiter, '"', '\n', '\r', '\0'};
  if (field.find_first_of(special) == std::string_view::npos) {
    text_ += field;
    return;
  }
  text_ += '"';
  for (const char c : field) {
    if (c == '"') text_ += '"';
    text_ += c;
  }
  text_ += '"';
}

std::size_t Table::add(const std::vector<std::string>& fields) {
  bool first = true;
  for (const std::string& field : fields) {
    if (!first) text_ += form_.delimiter;
    first = false;
    append(field);
  }
  text_ += form_.line_end;
  return ++rows_;
}

Status Table::write() {
  if (form_.encoding == "UTF-8") return write_file(path_, text_);
  if (form_.encoding == "UTF-8-BOM") return write_file(path_, "\xef\xbb\xbf" + text_);
  return write_file(path_, encode(text_, form_.encoding.c_str()));
}

Status write_file(const std::string& path, std::string_view bytes) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "wb"),
                                                             &std::fclose);
  if (!file || std::fwrite(bytes.data(), 1, bytes.size(), file.get()) != bytes.size()) {
    return make_error(ErrorCode::kIo, "cannot be written", path);
  }
  return {};
}

std::string csv_field(std::string_view field) {
  if (field.find_first_of(",\"\n") == std::string_view::npos) return std::string(field);
  std::string quoted = "\"";
  for (const char c : field) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace bidui::world
