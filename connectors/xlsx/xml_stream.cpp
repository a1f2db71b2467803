#include "connectors/xlsx/xml_stream.h"

#include <cstddef>
#include <cstdlib>
#include <expat.h>
#include <new>

namespace bidui::connectors {
namespace {

// "x:row" and "row" alike: LibreOffice, WPS and Excel differ in the prefix only.
std::string_view local(const char* name) {
  const std::string_view text(name);
  const std::size_t colon = text.rfind(':');
  return colon == std::string_view::npos ? text : text.substr(colon + 1);
}

// What the parser keeps grows with the depth of the elements, the length of a tag and the number of
// names, all of which the file decides; what a workbook needs is a fraction of this. The parsers of
// a thread share it.
constexpr std::size_t kMemory = std::size_t{8} << 20;
thread_local std::size_t memory = 0;

// In front of each block: its size.
constexpr std::size_t kHead = alignof(std::max_align_t);

void* take(std::size_t size) {
  if (size > kMemory || memory + size > kMemory) return nullptr;
  auto* const block = static_cast<std::byte*>(std::malloc(kHead + size));
  if (block == nullptr) return nullptr;
  memory += size;
  *reinterpret_cast<std::size_t*>(block) = size;
  return block + kHead;
}

void give_back(void* pointer) {
  if (pointer == nullptr) return;
  std::byte* const block = static_cast<std::byte*>(pointer) - kHead;
  memory -= *reinterpret_cast<std::size_t*>(block);
  std::free(block);
}

void* take_again(void* pointer, std::size_t size) {
  if (pointer == nullptr) return take(size);
  std::byte* const block = static_cast<std::byte*>(pointer) - kHead;
  const std::size_t before = *reinterpret_cast<std::size_t*>(block);
  if (size > kMemory || memory - before + size > kMemory) return nullptr;
  auto* const moved = static_cast<std::byte*>(std::realloc(block, kHead + size));
  if (moved == nullptr) return nullptr;
  memory = memory - before + size;
  *reinterpret_cast<std::size_t*>(moved) = size;
  return moved + kHead;
}

XML_Parser new_parser() {
  const XML_Memory_Handling_Suite bounded{take, take_again, give_back};
  const XML_Parser parser = XML_ParserCreate_MM(nullptr, &bounded, nullptr);
  if (parser == nullptr) throw std::bad_alloc();
  return parser;
}

}  // namespace

std::string_view XmlAttributes::value(std::string_view name) const {
  for (const char* const* pair = pairs_; *pair != nullptr; pair += 2) {
    if (local(pair[0]) == name) return pair[1];
  }
  return {};
}

struct XmlStream::Parser {
  XML_Parser expat = new_parser();
  XmlHandler* handler = nullptr;
  bool refused = false;
};

XmlStream::XmlStream(XmlHandler& handler) : parser_(std::make_unique<Parser>()) {
  parser_->handler = &handler;
  XML_SetUserData(parser_->expat, parser_.get());
  XML_SetElementHandler(
      parser_->expat,
      [](void* data, const char* name, const char** attributes) {
        static_cast<Parser*>(data)->handler->start(local(name), XmlAttributes(attributes));
      },
      [](void* data, const char* name) { static_cast<Parser*>(data)->handler->end(local(name)); });
  XML_SetCharacterDataHandler(parser_->expat, [](void* data, const char* text, int size) {
    static_cast<Parser*>(data)->handler->text({text, static_cast<std::size_t>(size)});
  });
  XML_SetStartDoctypeDeclHandler(parser_->expat,
                                 [](void* data, const char*, const char*, const char*, int) {
                                   auto* const parser = static_cast<Parser*>(data);
                                   parser->refused = true;
                                   XML_StopParser(parser->expat, XML_FALSE);
                                 });
}

XmlStream::~XmlStream() { XML_ParserFree(parser_->expat); }

bool XmlStream::feed(std::string_view bytes, bool last) {
  return XML_Parse(parser_->expat, bytes.data(), static_cast<int>(bytes.size()),
                   last ? XML_TRUE : XML_FALSE) != XML_STATUS_ERROR &&
         !parser_->refused;
}

}  // namespace bidui::connectors
