// XML as a stream of elements and text, names without their namespace: what a workbook's parts are
// read with. A document type (and with it every entity of its own) is refused.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace bidui::connectors {

// Attributes of one element, as the parser has them; valid during the call only.
class XmlAttributes {
 public:
  explicit XmlAttributes(const char* const* pairs) : pairs_(pairs) {}
  // By local name; "" where there is none.
  std::string_view value(std::string_view name) const;

 private:
  const char* const* pairs_;
};

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void start(std::string_view element, const XmlAttributes& attributes) = 0;
  virtual void end(std::string_view element) = 0;
  virtual void text(std::string_view part) = 0;
  // Asked after each piece: true ends the reading, which is then well.
  virtual bool has_enough() const { return false; }
};

// May be used by one thread after another, not by several at a time.
class XmlStream {
 public:
  explicit XmlStream(XmlHandler& handler);
  ~XmlStream();
  XmlStream(const XmlStream&) = delete;
  XmlStream& operator=(const XmlStream&) = delete;

  enum class State : std::uint8_t {
    kOpen,    // all that was fed is read
    kPaused,  // not yet: resume()
    kBad,     // not well-formed, not allowed, or would take more memory than a workbook needs
  };

  // The next piece; `last` with the end. Not while paused.
  State feed(std::string_view bytes, bool last);
  // Called by the handler: what follows the current element is kept until resume().
  void pause();
  State resume();

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace bidui::connectors
