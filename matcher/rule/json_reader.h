// A JSON value with its place, so that reading a rule file is a list of questions and each wrong
// answer an error with file, line and column.
#pragma once

#include <boost/json/value.hpp>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "matcher/rule/expression_text.h"
#include "matcher/rule/json_places.h"

namespace bidui::rule {

// One parsed file; JsonReaders point into it.
struct JsonFile {
  std::string name;
  std::string text;
  boost::json::value root;
  std::unique_ptr<JsonPlaces> places;
};

// Errors: kBadInput with the place of the first character that is not JSON.
Result<std::unique_ptr<JsonFile>> parse_json_file(std::string name, std::string text);

class JsonReader {
 public:
  explicit JsonReader(const JsonFile& file) : JsonReader(file, file.root, "") {}

  Error error(Bilingual message) const;
  // "FILE:LINE:COLUMN".
  std::string place() const;

  bool has(std::string_view key) const;
  // The member; an error names the missing key.
  Result<JsonReader> member(std::string_view key) const;
  // The elements of an array.
  Result<std::vector<JsonReader>> items() const;
  // Names and values of an object, in the file's order.
  Result<std::vector<std::pair<std::string, JsonReader>>> members() const;
  // An error for a key that is not in the list, with the nearest one.
  Status allow_keys(std::initializer_list<std::string_view> keys) const;

  Result<std::string> text() const;
  // "" where no text stands.
  std::string text_or_empty() const;
  Result<bool> flag() const;
  Result<double> number() const;
  Result<int> whole_number() const;
  // A string, or an array of strings that are its lines.
  Result<ExpressionText> expression() const;
  // An array of strings; a single string counts as one.
  Result<std::vector<std::string>> texts() const;

  const boost::json::value& value() const { return *value_; }

 private:
  JsonReader(const JsonFile& file, const boost::json::value& value, std::string pointer)
      : file_(&file), value_(&value), pointer_(std::move(pointer)) {}

  const JsonFile* file_;
  const boost::json::value* value_;
  std::string pointer_;
};

}  // namespace bidui::rule
