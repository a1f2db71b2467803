#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace bidui::workspace {

// The decided links of one entity as a matrix of its members, closed to the strongest paths: what
// the entity's pairs rest on. A path is as strong as its weakest link.
class StrongestPaths {
 public:
  static constexpr double kNone = -1e9;

  explicit StrongestPaths(std::size_t members)
      : members_(members), strength_(members * members, kNone) {}

  void link(std::size_t i, std::size_t j, double weight) { at(i, j) = at(j, i) = weight; }

  // O(members^3).
  void close() {
    for (std::size_t via = 0; via < members_; ++via) {
      for (std::size_t i = 0; i < members_; ++i) {
        for (std::size_t j = 0; j < members_; ++j)
          at(i, j) = std::max(at(i, j), std::min(at(i, via), at(via, j)));
      }
    }
  }

  // Before close() of the direct link; after it of the strongest path. kNone where there is none.
  double strength(std::size_t i, std::size_t j) const { return strength_[i * members_ + j]; }

 private:
  double& at(std::size_t i, std::size_t j) { return strength_[i * members_ + j]; }

  std::size_t members_;
  std::vector<double> strength_;
};

}  // namespace bidui::workspace
