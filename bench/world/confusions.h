// What one character is mistaken for: by ear, by eye, by dialect, by script.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "matcher/base/result.h"

namespace bidui::world {

class Confusions {
 public:
  // `common` are the characters that clerks write (from the name tables); only they stand in for
  // others. `division` selects the dialect.
  static Result<Confusions> load(const std::string& directory, int division,
                                 const std::vector<std::string>& common);

  // Other common characters with the same syllable, without tone; empty when there are none. The
  // references live as long as this object.
  const std::vector<std::string>& homophones(const std::string& character) const;
  // Characters of another syllable that the county's dialect does not tell apart.
  const std::vector<std::string>& dialect_homophones(const std::string& character) const;
  const std::vector<std::string>& lookalikes(const std::string& character) const;
  const std::vector<std::string>& traditional_forms(const std::string& character) const;
  // "wei"; empty for a character that the table lacks.
  const std::string& pinyin(const std::string& character) const;

 private:
  using Lists = std::unordered_map<std::string, std::vector<std::string>>;
  Status load_pinyin(const std::string& directory, const std::vector<std::string>& common);
  Status load_dialect(const std::string& directory, int division);
  Status load_shapes(const std::string& directory, const std::vector<std::string>& common);

  std::unordered_map<std::string, std::string> pinyin_;
  Lists by_syllable_;
  Lists homophones_;
  Lists dialect_;
  Lists lookalikes_;
  Lists traditional_;
};

}  // namespace bidui::world
