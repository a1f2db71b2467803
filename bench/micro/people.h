// Made-up people for the micro-benchmarks: the texts of a registry's rows and their features.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "matcher/record/features.h"

namespace bidui::bench {

struct Person {
  std::string name;
  std::string id_number;  // valid: region, birth date, sequence, check digit
  std::string birth;
  std::string sex;
  std::string address;
  std::string phone;
};

// `count` people of one county, the same for the same seed.
std::vector<Person> make_people(std::size_t count, unsigned seed);

// The same person as another office writes it: every third with one character of the name changed,
// every third with one digit of the number changed, the rest as they are.
Person misspelt(const Person& person, std::size_t index);

// `count` upper-case names of two words, such as "MARIA SANTER".
std::vector<std::string> make_latin_names(std::size_t count, unsigned seed);

record::PersonFeatures features_of(const Person& person);

}  // namespace bidui::bench
