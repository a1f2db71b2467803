#include "workspace/pair_decision.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "workspace/person_linkage.h"
#include "workspace/person_records.h"
#include "workspace/strongest_paths.h"

namespace bidui::workspace {
namespace {

std::vector<store::DeliveryInfo> current_deliveries(const RecordReader& reader) {
  std::vector<store::DeliveryInfo> all;
  for (const RunSource& source : reader.sources())
    all.insert(all.end(), source.deliveries.begin(), source.deliveries.end());
  return all;
}

class DecisionReader {
 public:
  explicit DecisionReader(const ExplainedPair& pair)
      : pair_(pair), reader_(*pair.reader), run_(*pair.run) {}

  Result<PairDecision> read() {
    d_.run = run_.id();
    d_.current = run_.saw(current_deliveries(reader_));
    const auto left = number_of(reader_, run_, pair_.left);
    const auto right = number_of(reader_, run_, pair_.right);
    if (!left || !right) return d_;
    left_ = *left;
    right_ = *right;
    d_.threshold = run_.threshold(reader_.sources()[pair_.left.source].instance,
                                  reader_.sources()[pair_.right.source].instance);
    BIDUI_TRY(read_links());
    weigh();
    if (d_.verdict == Verdict::kLinked) {
      BIDUI_TRY(find_path());
      return std::move(d_);
    }
    BIDUI_TRY(find_conflicts());
    BIDUI_TRY(find_takers(pair_.left, left_, persons_[0], pair_.right.source));
    BIDUI_TRY(find_takers(pair_.right, right_, persons_[1], pair_.left.source));
    return std::move(d_);
  }

 private:
  Status read_links() {
    auto persons = run_.persons_of(std::array{left_, right_});
    BIDUI_TRY(persons);
    persons_ = std::move(*persons);
    std::vector<std::uint32_t> involved = persons_[0];
    involved.insert(involved.end(), persons_[1].begin(), persons_[1].end());
    auto links = run_.links_of(involved);
    BIDUI_TRY(links);
    links_ = std::move(*links);
    return {};
  }

  void weigh() {
    const bool together = std::ranges::binary_search(persons_[0], right_);
    const KeptLink* const direct = link_between(left_, right_);
    if (direct != nullptr) {
      d_.via = pair_.within_spine() ? LinkVia::kRegistry : LinkVia::kDirect;
      d_.weight = direct->weight;
      d_.own_weight = direct->own_weight;
    }
    // As links.csv gives a pair that others of the entity hold together more strongly.
    if (const double strongest = together ? strongest_path() : d_.weight;
        direct == nullptr ? together : strongest > direct->weight) {
      d_.via = LinkVia::kEntity;
      d_.weight = strongest;
    }
    d_.verdict = together            ? Verdict::kLinked
                 : direct != nullptr ? Verdict::kPossible
                                     : Verdict::kNotLinked;
    if (together) d_.level = level_between(pair_.first(), pair_.second());
    if (!together && direct != nullptr) d_.level = LinkLevel::kL1;
  }

  const KeptLink* link_between(std::uint32_t x, std::uint32_t y) const {
    const auto at = std::ranges::find_if(links_, [&](const KeptLink& l) {
      return (l.a == x && l.b == y) || (l.a == y && l.b == x);
    });
    return at == links_.end() ? nullptr : &*at;
  }

  // Between the two records, which are one entity.
  double strongest_path() const {
    const std::vector<std::uint32_t>& members = persons_[0];
    StrongestPaths paths(members.size());
    const auto place = [&](std::uint32_t record) {
      return static_cast<std::size_t>(std::ranges::lower_bound(members, record) - members.begin());
    };
    for (const KeptLink& l : links_) {
      if (l.decided && std::ranges::binary_search(members, l.a) &&
          std::ranges::binary_search(members, l.b))
        paths.link(place(l.a), place(l.b), l.weight);
    }
    paths.close();
    return paths.strength(place(left_), place(right_));
  }

  Result<std::optional<RecordPlace>> load_record(std::uint32_t number) {
    const auto place = place_of(reader_, run_, number);
    if (place) BIDUI_TRY(reader_.load(std::span(&*place, 1)));
    return place;
  }

  // The shortest way along decided links that are as strong as the pair.
  Status find_path() {
    std::map<std::uint32_t, std::uint32_t> came_from{{left_, left_}};
    std::vector<std::uint32_t> queue{left_};
    for (std::size_t i = 0; i < queue.size() && !came_from.contains(right_); ++i) {
      for (const KeptLink& l : links_) {
        if (!l.decided || l.weight < d_.weight || (l.a != queue[i] && l.b != queue[i])) continue;
        const std::uint32_t next = l.a == queue[i] ? l.b : l.a;
        if (came_from.emplace(next, queue[i]).second) queue.push_back(next);
      }
    }
    if (!came_from.contains(right_)) return {};
    std::vector<std::uint32_t> way{right_};
    while (way.back() != left_) way.push_back(came_from.at(way.back()));
    std::ranges::reverse(way);
    for (const std::uint32_t number : way) {
      const auto place = load_record(number);
      BIDUI_TRY(place);
      if (*place) d_.path.push_back(reader_.at(**place).name());
    }
    return {};
  }

  // Records of the other side's source that are one person with this record; a source that may hold
  // a person often has place for one more.
  Status find_takers(RecordPlace own, std::uint32_t number,
                     const std::vector<std::uint32_t>& person, std::size_t source) {
    if (!reader_.sources()[source].schema->person_once) return {};
    for (const std::uint32_t member : person) {
      const auto place = load_record(member);
      BIDUI_TRY(place);
      if (member == number || !*place || (*place)->source != source) continue;
      const ReadRecord& record = reader_.at(**place);
      PlaceTaker taker{.of = reader_.at(own).name(),
                       .record = record.name(),
                       .name = record.masked("name"),
                       .id_number = record.masked("id_number")};
      if (const KeptLink* const link = link_between(number, member)) taker.weight = link->weight;
      d_.takers.push_back(std::move(taker));
    }
    return {};
  }

  Status find_conflicts() {
    for (const std::uint32_t x : persons_[0]) {
      const auto a = load_record(x);
      BIDUI_TRY(a);
      for (const std::uint32_t y : persons_[1]) {
        const auto b = load_record(y);
        BIDUI_TRY(b);
        if (!*a || !*b || (*a)->source != (*b)->source) continue;
        const ReadRecord& mine = reader_.at(**a);
        if (!mine.schema().person_once || (*a == pair_.left && *b == pair_.right)) continue;
        d_.conflicts.push_back(
            {mine.schema().title, mine.source().instance, mine.name(), reader_.at(**b).name()});
      }
    }
    return {};
  }

  const ExplainedPair& pair_;
  RecordReader& reader_;
  const KeptRun& run_;
  std::uint32_t left_ = 0;
  std::uint32_t right_ = 0;
  std::vector<std::vector<std::uint32_t>> persons_;  // all records of each of the two persons
  std::vector<KeptLink> links_;                      // that touch one of them
  PairDecision d_;
};

}  // namespace

std::string_view verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::kLinked:
      return "linked";
    case Verdict::kPossible:
      return "possible";
    case Verdict::kNotLinked:
      return "not_linked";
    case Verdict::kNotCompared:
      return "not_compared";
  }
  return "";
}

double possible_threshold() {
  constexpr double kProbability = link::DecisionOptions{}.possible_probability;
  return std::log2(kProbability / (1 - kProbability));
}

bool reaches(double weight, double threshold) {
  constexpr double kRounding = 5e-4;
  return weight > threshold - kRounding;
}

Result<PairDecision> pair_decision(const ExplainedPair& pair) {
  if (pair.run == nullptr) return PairDecision{};
  return DecisionReader(pair).read();
}

}  // namespace bidui::workspace
