#include "connectors/xlsx/xml_stream.h"

#include <cstddef>
#include <cstdlib>
#include <expat.h>
#include <new>
#include <utility>

namespace bidui::connectors {
namespace {

// "x:row" and "row" alike: LibreOffice, WPS and Excel differ in the prefix only.
std::string_view local(const char* name) {
  const std::string_view text(name);
  const std::size_t colon = text.rfind(':');
  return colon == std::string_view::npos ? text : text.substr(colon + 1);
}

// What the parser keeps grows with the depth of the elements, the length of a tag and the number of
// names, all of which the file decides; what a workbook needs is a fraction of this.
constexpr std::size_t kMemory = std::size_t{8} << 20;

// Of the parser that this thread is calling: what it has taken.
thread_local std::size_t* taken = nullptr;

class Taking {
 public:
  explicit Taking(std::size_t& by) : before_(std::exchange(taken, &by)) {}
  ~Taking() { taken = before_; }
  Taking(const Taking&) = delete;
  Taking& operator=(const Taking&) = delete;

 private:
  std::size_t* before_;
};

// In front of each block: its size.
constexpr std::size_t kHead = alignof(std::max_align_t);

void* take(std::size_t size) {
  if (size > kMemory || *taken + size > kMemory) return nullptr;
  auto* const block = static_cast<std::byte*>(std::malloc(kHead + size));
  if (block == nullptr) return nullptr;
  *taken += size;
  *reinterpret_cast<std::size_t*>(block) = size;
  return block + kHead;
}

void give_back(void* pointer) {
  if (pointer == nullptr) return;
  std::byte* const block = static_cast<std::byte*>(pointer) - kHead;
  *taken -= *reinterpret_cast<std::size_t*>(block);
  std::free(block);
}

void* take_again(void* pointer, std::size_t size) {
  if (pointer == nullptr) return take(size);
  std::byte* const block = static_cast<std::byte*>(pointer) - kHead;
  const std::size_t before = *reinterpret_cast<std::size_t*>(block);
  if (size > kMemory || *taken - before + size > kMemory) return nullptr;
  auto* const moved = static_cast<std::byte*>(std::realloc(block, kHead + size));
  if (moved == nullptr) return nullptr;
  *taken = *taken - before + size;
  *reinterpret_cast<std::size_t*>(moved) = size;
  return moved + kHead;
}

}  // namespace

std::string_view XmlAttributes::value(std::string_view name) const {
  for (const char* const* pair = pairs_; *pair != nullptr; pair += 2) {
    if (local(pair[0]) == name) return pair[1];
  }
  return {};
}

struct XmlStream::Parser {
  XmlHandler& handler;
  std::size_t memory = 0;
  XML_Parser expat = nullptr;
  bool refused = false;

  explicit Parser(XmlHandler& to) : handler(to) {
    const Taking taking(memory);
    const XML_Memory_Handling_Suite bounded{take, take_again, give_back};
    expat = XML_ParserCreate_MM(nullptr, &bounded, nullptr);
    if (expat == nullptr) throw std::bad_alloc();
  }
  ~Parser() {
    const Taking taking(memory);
    XML_ParserFree(expat);
  }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  State state(XML_Status status) const {
    if (refused || status == XML_STATUS_ERROR) return State::kBad;
    return status == XML_STATUS_SUSPENDED ? State::kPaused : State::kOpen;
  }
};

XmlStream::XmlStream(XmlHandler& handler) : parser_(std::make_unique<Parser>(handler)) {
  XML_SetUserData(parser_->expat, parser_.get());
  XML_SetElementHandler(
      parser_->expat,
      [](void* data, const char* name, const char** attributes) {
        static_cast<Parser*>(data)->handler.start(local(name), XmlAttributes(attributes));
      },
      [](void* data, const char* name) { static_cast<Parser*>(data)->handler.end(local(name)); });
  XML_SetCharacterDataHandler(parser_->expat, [](void* data, const char* text, int size) {
    static_cast<Parser*>(data)->handler.text({text, static_cast<std::size_t>(size)});
  });
  XML_SetStartDoctypeDeclHandler(parser_->expat,
                                 [](void* data, const char*, const char*, const char*, int) {
                                   auto* const parser = static_cast<Parser*>(data);
                                   parser->refused = true;
                                   XML_StopParser(parser->expat, XML_FALSE);
                                 });
}

XmlStream::~XmlStream() = default;

XmlStream::State XmlStream::feed(std::string_view bytes, bool last) {
  const Taking taking(parser_->memory);
  return parser_->state(XML_Parse(parser_->expat, bytes.data(), static_cast<int>(bytes.size()),
                                  last ? XML_TRUE : XML_FALSE));
}

void XmlStream::pause() { XML_StopParser(parser_->expat, XML_TRUE); }

XmlStream::State XmlStream::resume() {
  const Taking taking(parser_->memory);
  return parser_->state(XML_ResumeParser(parser_->expat));
}

}  // namespace bidui::connectors
