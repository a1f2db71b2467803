#include "connectors/xlsx/xml_stream.h"

#include <expat.h>

namespace bidui::connectors {
namespace {

// "x:row" and "row" alike: LibreOffice, WPS and Excel differ in the prefix only.
std::string_view local(const char* name) {
  const std::string_view text(name);
  const std::size_t colon = text.rfind(':');
  return colon == std::string_view::npos ? text : text.substr(colon + 1);
}

}  // namespace

std::string_view XmlAttributes::value(std::string_view name) const {
  for (const char* const* pair = pairs_; *pair != nullptr; pair += 2) {
    if (local(pair[0]) == name) return pair[1];
  }
  return {};
}

struct XmlStream::Parser {
  XML_Parser expat = XML_ParserCreate(nullptr);
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
