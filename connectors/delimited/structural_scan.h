// Finding the few bytes that give delimited text its structure: the delimiter, `"`, CR and LF.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace bidui::connectors {

// Positions in one text, in ascending order. Memory grows to 4 bytes per byte of the longest text
// seen; pages that are never written cost nothing.
class StructuralScan {
 public:
  enum class Kernel : std::uint8_t { kScalar, kSse2, kAvx2 };

  explicit StructuralScan(char delimiter, Kernel kernel = best_kernel())
      : delimiter_(delimiter), kernel_(kernel) {}

  // Text below 4 GiB. The result is valid until the next call. Several GB/s where structure is
  // sparse.
  std::span<const std::uint32_t> find(std::string_view text);

  // The fastest of available_kernels(), which are those that this processor runs.
  static Kernel best_kernel();
  static std::vector<Kernel> available_kernels();

 private:
  char delimiter_;
  Kernel kernel_;
  std::unique_ptr<std::uint32_t[]> positions_;
  std::size_t capacity_ = 0;
};

}  // namespace bidui::connectors
