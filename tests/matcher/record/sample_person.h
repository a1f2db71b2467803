// Generated people for the tests of the matching core, as the cells of a registry's row.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/record/feature_builder.h"

namespace bidui::record {

inline constexpr std::uint32_t kSampleCounty = 340826;  // 宿松县: the tables know its villages

struct PersonCells {
  std::string name{};
  std::string former_name{};
  std::string id_number{};
  std::string birth{};  // 2017-11-20
  std::string sex{};
  std::string phone{};
  std::string township{};
  std::string village{};
  std::string group{};  // a number

  // Valid while the cells live and do not change.
  PersonText text() const;
};

PersonFeatures build_features(const PersonCells& cells);

// A number with its check digit: region, birth as 20171120, sequence 0 to 999.
std::string id_number_of(std::uint32_t region, std::uint32_t birth, std::uint32_t sequence);

// The characters that given names are made of here.
const std::u32string& given_characters();
// The surnames, compound ones among them, commonest first.
const std::vector<std::u32string>& sample_surnames();

// Uniform in 0 … n-1; not std::uniform_int_distribution, whose values differ between libraries.
std::uint64_t pick(std::mt19937_64& random, std::uint64_t n);

// People with all cells filled; born 1930 to 2015, of the villages of kSampleCounty.
class PersonGenerator {
 public:
  explicit PersonGenerator(std::uint64_t seed) : random_(seed) {}
  PersonCells next();
  // The same with a name of two parts: 阿卜杜拉·买买提.
  PersonCells next_of_two_parts();
  std::mt19937_64& random() { return random_; }

 private:
  std::mt19937_64 random_;
};

}  // namespace bidui::record
