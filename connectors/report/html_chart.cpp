#include "connectors/report/html_chart.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <iterator>

#include "connectors/report/html_text.h"

namespace bidui::connectors::report {
namespace {

constexpr double kWidth = 560;
constexpr double kHeight = 190;
constexpr double kLeft = 46;
constexpr double kRight = 550;
constexpr double kTop = 22;
constexpr double kBottom = 164;
constexpr int kHeatSteps = 7;

// Where a histogram's values lie in the drawing.
class Scale {
 public:
  explicit Scale(const ScoreHistogram& histogram)
      : first_(histogram.first_bits),
        last_(first_ + histogram.bin_bits * static_cast<double>(histogram.counts.size())),
        decades_(1) {
    const std::uint64_t largest =
        *std::max_element(histogram.counts.begin(), histogram.counts.end());
    while (std::pow(10.0, decades_) < static_cast<double>(largest)) ++decades_;
  }

  double x(double bits) const {
    return kLeft + (bits - first_) / (last_ - first_) * (kRight - kLeft);
  }
  double y(double count) const {
    const double share = count <= 0 ? 0 : std::log10(count + 1) / (decades_ + 0.05);
    return kBottom - share * (kBottom - kTop);
  }
  bool shows(double bits) const { return bits >= first_ && bits <= last_; }
  double first() const { return first_; }
  double last() const { return last_; }
  int decades() const { return decades_; }

 private:
  double first_;
  double last_;
  int decades_;
};

void append_grid(std::string& svg, const Scale& scale) {
  auto out = std::back_inserter(svg);
  for (int decade = 0; decade <= scale.decades(); ++decade) {
    const double count = std::pow(10.0, decade);
    const double y = scale.y(count);
    fmt::format_to(out, R"(<line class="grid" x1="{:.1f}" x2="{:.1f}" y1="{:.1f}" y2="{:.1f}"/>)",
                   kLeft, kRight, y, y);
    fmt::format_to(out, R"(<text class="tick end" x="{:.1f}" y="{:.1f}">{}</text>)", kLeft - 5,
                   y + 3.5, grouped(static_cast<std::uint64_t>(count)));
  }
  const double span = scale.last() - scale.first();
  const double step = std::max(1.0, std::ceil(span / 8 / 5) * 5);
  for (double bits = std::ceil(scale.first() / step) * step; bits <= scale.last(); bits += step) {
    fmt::format_to(out, R"(<text class="tick mid" x="{:.1f}" y="{:.1f}">{:.0f}</text>)",
                   scale.x(bits), kBottom + 15, bits + 0.0);
  }
}

enum class Side : std::uint8_t { kBefore, kAfter };

// The lower threshold has its name on the left, the upper one on the right: so close as they may
// be, the names do not cross. At the left edge there is no room.
void append_threshold(std::string& svg, const Scale& scale, std::optional<double> bits,
                      std::string_view name, Side side) {
  constexpr double kRoom = 30;
  if (!bits || !scale.shows(*bits)) return;
  const double x = scale.x(*bits);
  const bool left = side == Side::kBefore && x - kLeft > kRoom;
  const double y = side == Side::kBefore && !left ? kTop + 6 : kTop - 7;
  fmt::format_to(std::back_inserter(svg),
                 R"(<line class="threshold" x1="{0:.1f}" x2="{0:.1f}" y1="{1:.1f}" y2="{2:.1f}"/>)"
                 R"(<text class="mark{3}" x="{4:.1f}" y="{5:.1f}">{6} {7:.1f}</text>)",
                 x, kTop - 14, kBottom, left ? " end" : "", left ? x - 4 : x + 4, y, html(name),
                 *bits);
}

std::string_view bin_class(const ScoreHistogram& histogram, double bits) {
  if (histogram.link_bits && bits >= *histogram.link_bits) return "bin link";
  if (histogram.possible_bits && bits >= *histogram.possible_bits) return "bin possible";
  return "bin";
}

}  // namespace

std::string severity_bar(const std::array<std::uint64_t, kSeverities>& counts,
                         std::uint64_t longest, Locale locale) {
  std::string svg = R"(<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none">)";
  double x = 0;
  for (std::size_t i = 0; i < kSeverities && longest > 0; ++i) {
    const double width = 1000.0 * static_cast<double>(counts[i]) / static_cast<double>(longest);
    if (counts[i] == 0) continue;
    fmt::format_to(
        std::back_inserter(svg),
        R"(<rect class="s{}" x="{:.2f}" y="0" width="{:.2f}" height="10"><title>{} {}</title></rect>)",
        i, x, width, word(severity_word(severity_at(i)), locale), grouped(counts[i]));
    x += width;
  }
  return svg + "</svg>";
}

std::string histogram_chart(const ScoreHistogram& histogram, Locale locale) {
  if (histogram.counts.empty() || !(histogram.bin_bits > 0)) return {};
  const Scale scale(histogram);
  std::string svg =
      fmt::format(R"(<svg class="histogram" viewBox="0 0 {} {}" role="img">)", kWidth, kHeight);
  append_grid(svg, scale);
  for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
    if (histogram.counts[i] == 0) continue;
    const double bits = histogram.first_bits + histogram.bin_bits * static_cast<double>(i);
    const double x = scale.x(bits);
    const double y = scale.y(static_cast<double>(histogram.counts[i]));
    fmt::format_to(
        std::back_inserter(svg),
        R"(<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"><title>{:.1f}–{:.1f}: {}</title></rect>)",
        bin_class(histogram, bits), x + 0.4, y,
        std::max(0.6, scale.x(bits + histogram.bin_bits) - x - 0.8), kBottom - y, bits,
        bits + histogram.bin_bits, grouped(histogram.counts[i]));
  }
  fmt::format_to(std::back_inserter(svg),
                 R"(<line class="axis" x1="{0}" x2="{1}" y1="{2}" y2="{2}"/>)", kLeft, kRight,
                 kBottom);
  append_threshold(svg, scale, histogram.possible_bits, word(Word::kPossibleThreshold, locale),
                   Side::kBefore);
  append_threshold(svg, scale, histogram.link_bits, word(Word::kLinkThreshold, locale),
                   Side::kAfter);
  return svg + "</svg>";
}

int heat_step(double value, double largest) {
  if (value <= 0 || largest <= 0) return 0;
  const double share = std::sqrt(value / std::max(value, largest));
  return std::clamp(static_cast<int>(std::ceil(share * kHeatSteps)), 1, kHeatSteps);
}

}  // namespace bidui::connectors::report
