// How many links are false, told by whom the linked records resemble beside their partners.
//
// Most false links are those of a record whose person the other side does not hold: its best
// candidate is somebody else, a twin or a namesake born the same day. Whoever is linked has such a
// candidate too: the best one but his own. How often that one reaches a weight says how often an
// absent person's best does, without the model's assumption that likenesses come about
// independently (as decoys do in the search of spectra: Elias and Gygi 2007).
#pragma once

#include <span>
#include <vector>

namespace bidui::link {

struct SecondPartners {
  // Of each linked left record that has one the weight of its best pair but its own, under the
  // competition of the other left records. Descending.
  std::vector<double> weights{};
  double absent = 0;  // left records that have a pair and are not linked

  // Whether they are enough to say anything.
  bool tell() const;
  // Expected among the links of at least this weight; never 0: one second partner more than there
  // are is thought possible. O(log n). REQUIRES: tell().
  double false_links(double weight) const;
};

// The smallest weight from 0 up at which the expected false links are within the wanted share of
// the links; above all weights where there is none. REQUIRES: seconds.tell().
double find_threshold(std::span<const double> weights, const SecondPartners& seconds,
                      double false_link_rate);

}  // namespace bidui::link
