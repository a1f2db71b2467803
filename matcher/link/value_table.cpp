#include "matcher/link/value_table.h"

#include <algorithm>

namespace bidui::link {
namespace {

constexpr std::size_t kBuckets = std::size_t{1} << 16;

double share_of(double bearers, double least, double records) {
  return std::max(bearers, least) / std::max(records, least);
}

// The mean of the shares over records: of those listed, and of the `rest`, which bear values of
// their own.
double mean_of(double sum_of_squares, double listed, double least, double records) {
  if (records < least) return 0;
  return (sum_of_squares / records + std::max(records - listed, 0.0) * least / records) / records;
}

}  // namespace

ValueTable::ValueTable(std::vector<ValueCount> values, std::uint64_t left_records,
                       std::uint64_t right_records)
    : values_(std::move(values)), left_records_(left_records), right_records_(right_records) {
  if (values_.empty()) return;
  first_.resize(kBuckets + 1);
  for (const ValueCount& v : values_) ++first_[(v.value >> 16) + 1];
  for (std::size_t b = 1; b < first_.size(); ++b) first_[b] += first_[b - 1];
  count_means();
}

void ValueTable::count_means() {
  double listed = 0;
  double squares = 0;
  double left_listed = 0;
  double left_squares = 0;
  for (const ValueCount& v : values_) {
    const double count = static_cast<double>(v.left) + v.right;
    listed += count;
    squares += count * count;
    left_listed += v.left;
    left_squares += static_cast<double>(v.left) * v.left;
  }
  mean_share_ = mean_of(squares, listed, 2, static_cast<double>(left_records_ + right_records_));
  mean_left_share_ = mean_of(left_squares, left_listed, 1, static_cast<double>(left_records_));
}

ValueCount ValueTable::find(std::uint32_t value) const {
  if (!values_.empty()) {
    const std::uint32_t bucket = value >> 16;
    for (std::uint32_t i = first_[bucket]; i < first_[bucket + 1]; ++i) {
      if (values_[i].value == value) return values_[i];
    }
  }
  return {value, 1, 1};
}

double ValueTable::share(std::uint32_t value) const {
  const ValueCount count = find(value);
  return share_of(static_cast<double>(count.left) + count.right, 2,
                  static_cast<double>(left_records_ + right_records_));
}

double ValueTable::left_share(std::uint32_t value) const {
  return share_of(find(value).left, 1, static_cast<double>(left_records_));
}

}  // namespace bidui::link
