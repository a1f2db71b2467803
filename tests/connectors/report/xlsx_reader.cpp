#include "xlsx_reader.h"

#include <expat.h>
#include <functional>
#include <memory>
#include <stdexcept>
#include <zip.h>

namespace bidui::connectors::report {
namespace {

using Attributes = std::map<std::string, std::string>;

struct Handlers {
  std::function<void(const std::string&, const Attributes&)> start = [](auto&&...) {};
  std::function<void(const std::string&)> end = [](auto&&...) {};
  std::function<void(const std::string&)> text = [](auto&&...) {};
};

void parse_xml(const std::string& xml, Handlers& handlers) {
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(
      XML_ParserCreate(nullptr), &XML_ParserFree);
  XML_SetUserData(parser.get(), &handlers);
  XML_SetElementHandler(
      parser.get(),
      [](void* data, const XML_Char* name, const XML_Char** pairs) {
        Attributes attributes;
        for (; *pairs != nullptr; pairs += 2) attributes[pairs[0]] = pairs[1];
        static_cast<Handlers*>(data)->start(name, attributes);
      },
      [](void* data, const XML_Char* name) { static_cast<Handlers*>(data)->end(name); });
  XML_SetCharacterDataHandler(parser.get(), [](void* data, const XML_Char* text, int length) {
    static_cast<Handlers*>(data)->text(std::string(text, static_cast<std::size_t>(length)));
  });
  if (XML_Parse(parser.get(), xml.data(), static_cast<int>(xml.size()), XML_TRUE) !=
      XML_STATUS_OK) {
    throw std::runtime_error(XML_ErrorString(XML_GetErrorCode(parser.get())));
  }
}

std::string read_part(zip_t* archive, const std::string& name) {
  zip_stat_t info;
  if (zip_stat(archive, name.c_str(), 0, &info) != 0) throw std::runtime_error("no part " + name);
  std::string bytes(info.size, '\0');
  const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> file(zip_fopen(archive, name.c_str(), 0),
                                                                &zip_fclose);
  if (zip_fread(file.get(), bytes.data(), bytes.size()) != static_cast<zip_int64_t>(bytes.size())) {
    throw std::runtime_error("short part " + name);
  }
  return bytes;
}

std::map<std::string, ReadCell> read_cells(const std::string& xml) {
  std::map<std::string, ReadCell> cells;
  std::string reference;
  ReadCell cell;
  bool in_value = false;
  Handlers handlers;
  handlers.start = [&](const std::string& name, const Attributes& attributes) {
    if (name == "c") {
      reference = attributes.at("r");
      cell = {.type = attributes.contains("t") ? attributes.at("t") : "n", .text = {}};
    }
    if (name == "f") cell.formula = true;
    in_value = name == "v" || name == "t";
  };
  handlers.text = [&](const std::string& text) {
    if (in_value) cell.text += text;
  };
  handlers.end = [&](const std::string& name) {
    in_value = false;
    if (name == "c" && (!cell.text.empty() || cell.formula)) cells[reference] = cell;
  };
  parse_xml(xml, handlers);
  return cells;
}

}  // namespace

ReadBook read_workbook(const std::filesystem::path& path) {
  const std::unique_ptr<zip_t, decltype(&zip_discard)> archive(
      zip_open(path.c_str(), ZIP_RDONLY, nullptr), &zip_discard);
  if (!archive) throw std::runtime_error("no archive");
  ReadBook book;
  book.workbook_xml = read_part(archive.get(), "xl/workbook.xml");
  Handlers handlers;
  handlers.start = [&](const std::string& name, const Attributes& attributes) {
    if (name == "sheet")
      book.sheets.push_back({.name = attributes.at("name"), .cells = {}, .xml = {}});
  };
  parse_xml(book.workbook_xml, handlers);
  for (std::size_t i = 0; i < book.sheets.size(); ++i) {
    // libxlsxwriter numbers the parts in the order of the sheets.
    ReadSheet& sheet = book.sheets[i];
    sheet.xml = read_part(archive.get(), "xl/worksheets/sheet" + std::to_string(i + 1) + ".xml");
    sheet.cells = read_cells(sheet.xml);
  }
  return book;
}

}  // namespace bidui::connectors::report
