// Names as families give them: by decade, sex, clan and people.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/world/random.h"
#include "matcher/base/result.h"

namespace bidui::world {

enum class People : std::uint8_t { kHan, kTibetan, kYi, kUyghur, kTujia, kMiao, kZhuang, kMongol };

// "汉族", "藏族", …
std::string_view people_name(People people);

// A people whose names are written in pieces with an interpunct and have no Han surname.
inline bool has_interpunct(People people) {
  return people == People::kTibetan || people == People::kYi || people == People::kUyghur;
}

struct NameWish {
  bool male = true;
  int birth_year = 1970;
  std::string generation_character{};  // of the clan, or shared with a sibling; empty for none
  bool generation_first = true;        // stands before, not after, the chosen character
};

class NameTables {
 public:
  static Result<NameTables> load(const std::string& directory);

  // By the country's frequencies; compound surnames at the rate that they really have.
  const std::string& surname(Rng& rng) const;
  // One or two characters.
  std::string given_name(const NameWish& wish, Rng& rng) const;
  // A clan's character for one generation.
  std::string generation_character(Rng& rng) const;
  // "小二", "幺妹", "狗娃", "伟娃": what the village calls somebody, without the surname.
  std::string pet_name(const std::string& given, bool male, Rng& rng) const;

  // Every surname and given-name character that somebody writes without looking it up.
  const std::vector<std::string>& common_characters() const { return common_; }

 private:
  static constexpr std::size_t kEras = 6;  // before 1960, 60s-70s, 80s, 90s, 2000s, 2010s
  enum Position : std::size_t { kFirst, kSecond, kSingle, kPositions };
  static std::size_t era_of(int birth_year);
  const std::string& character(bool male, int birth_year, Position position, Rng& rng) const;

  std::vector<std::string> surnames_;
  WeightedIndex surname_weights_;
  std::vector<std::string> given_;
  std::array<std::array<std::array<WeightedIndex, kPositions>, kEras>, 2> given_weights_;
  std::vector<std::string> common_;
};

// One of a handful of given names that every village has several times.
std::string everyday_name(bool male, Rng& rng);

// A name of a people with interpunct: 次仁·曲珍, 阿木·木呷, 阿卜杜热合曼·买买提. `father_given` is
// the patronymic of a Uyghur name (empty: one is drawn).
struct PieceName {
  std::string first{};
  std::string second{};
};
PieceName piece_name(People people, bool male, const std::string& father_given, Rng& rng);

}  // namespace bidui::world
