// A table of the further offices: a row for each holding, under one person's name and number.
#pragma once

#include "bench/world/writers.h"

namespace bidui::world {

class Roll {
 public:
  // `first` is the form of the first profile.
  Roll(const WriterInput& input, const Form& first, const ObserverOptions& options);

  // What the clerk writes of the person on the row with that key. Call before anything else of the
  // row is drawn.
  ObservedPerson see(const std::string& key, PersonIndex person);
  // The address of the person's home as this office writes it; empty for people without a home.
  std::string address_of(PersonIndex person);
  Rng& rng() { return observer_.rng(); }

  void add_title(std::string text);
  void add_header() { table_.add(form_.header); }
  void add(const std::string& key, PersonIndex person, const ObservedPerson& seen,
           const std::vector<std::string>& fields);

  Result<SourceTruth> finish(Day as_of);

 private:
  const WriterInput& input_;
  Source source_;
  Observer observer_;
  Form form_;
  Table table_;
  SourceTruth truth_;
  ErrorSet address_errors_ = 0;
};

}  // namespace bidui::world
