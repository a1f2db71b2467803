#include "workspace/explain.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <fmt/format.h>
#include <map>
#include <tbb/parallel_for.h>

#include "matcher/compare/comparison_vector.h"
#include "matcher/key/fuzzy_key.h"
#include "matcher/model/scorer.h"
#include "workspace/compare.h"
#include "workspace/household_facts.h"
#include "workspace/kept_run.h"
#include "workspace/record_reader.h"

namespace bidui::workspace {
namespace {

using compare::Comparison;
using compare::level_at;

constexpr std::uint32_t kKeyCap = link::LinkerOptions{}.key_cap;

ExplainedRecord describe(const ReadRecord& record) {
  ExplainedRecord side{.record = record.name(),
                       .source = record.schema().title,
                       .row = record.stored().row(),
                       .name = record.masked("name"),
                       .former_name = record.masked("former_name"),
                       .id_number = record.masked("id_number"),
                       .id_state = id_state_title(record.features()),
                       .birth = date_text(record.features().birth),
                       .sex = record.masked("sex"),
                       .phone = record.masked("phone"),
                       .address = masked_address(record),
                       .household = std::string(record.household())};
  if (record.stored().file() < record.delivery().files.size())
    side.file = record.delivery().files[record.stored().file()];
  if (record.features().flags & record::kBirthFromId) side.birth += "（取自证号）";
  return side;
}

std::string_view key_title(key::KeyKind kind) {
  switch (kind) {
    case key::KeyKind::kId:
      return "身份证号";
    case key::KeyKind::kIdBirthSequence:
      return "证号的出生日期+顺序码";
    case key::KeyKind::kIdYearSurname:
      return "证号的地址码+出生年+顺序码、姓";
    case key::KeyKind::kIdYearGiven:
      return "证号的地址码+出生年+顺序码、名";
    case key::KeyKind::kIdDaySequence:
      return "证号的地址码+出生日+顺序码";
    case key::KeyKind::kBirthSurname:
      return "出生日期+姓";
    case key::KeyKind::kBirthGiven:
      return "出生日期+名";
    case key::KeyKind::kBirthVillage:
      return "出生日期+村";
    case key::KeyKind::kNameYear:
      return "姓名+出生年";
    case key::KeyKind::kNameDay:
      return "姓名+出生月日";
    case key::KeyKind::kNameVillage:
      return "姓名+村";
    case key::KeyKind::kNameTownship:
      return "姓名+乡镇";
    case key::KeyKind::kSurnameVillageGroup:
      return "姓+村+组";
    case key::KeyKind::kCharacterVillage:
      return "姓+名中一字+村";
    case key::KeyKind::kGivenVillage:
      return "名+村";
    case key::KeyKind::kPhone:
      return "电话";
    case key::KeyKind::kFormerNameYear:
      return "曾用名+出生年";
    case key::KeyKind::kFormerNameVillage:
      return "曾用名+村";
    case key::KeyKind::kText:
    case key::KeyKind::kCount:
      break;
  }
  return "";
}

class Explainer {
 public:
  Explainer(const Workspace& workspace, RecordReader& reader, const KeptRun* run, RecordPlace left,
            RecordPlace right)
      : workspace_(workspace), reader_(reader), run_(run), left_(left), right_(right) {}

  Result<Explanation> explain() {
    e_.left = describe(reader_.at(left_));
    e_.right = describe(reader_.at(right_));
    BIDUI_TRY(score());
    BIDUI_TRY(compare_keys());
    BIDUI_TRY(decide());
    give_reasons();
    return std::move(e_);
  }

 private:
  std::size_t spine() const { return reader_.sources().size() - 1; }
  bool to_spine() const { return (left_.source == spine()) != (right_.source == spine()); }
  const record::PersonFeatures& a() const { return reader_.at(left_).features(); }
  const record::PersonFeatures& b() const { return reader_.at(right_).features(); }

  Result<model::Model> find_model() {
    Result<RunModels> models = load_models(workspace_.store());
    BIDUI_TRY(models);
    const std::size_t other = left_.source == spine() ? right_.source : left_.source;
    e_.model = to_spine() ? reader_.sources()[other].instance : std::string(kAmongSources);
    if (const model::Model* const kept = models->find(e_.model)) return *kept;
    e_.model = "default";
    constexpr double kRecords = 1e6;
    return model::default_model({}, kRecords, kRecords);
  }

  Status score() {
    const Result<model::Model> model = find_model();
    BIDUI_TRY(model);
    const model::Scorer scorer(*model);
    vector_ = compare::compare_records({}, {&a(), {}}, {&b(), {}});
    for (int c = 0; c < compare::kPersonComparisons; ++c)
      e_.summands.push_back(summand(*model, scorer, c));
    double frequency = 0;
    const int name = level_at(vector_, static_cast<int>(Comparison::kName));
    if (name == static_cast<int>(compare::NameLevel::kExact)) {
      BIDUI_TRY(count_bearers());
      frequency = static_cast<double>(std::max<std::uint64_t>(e_.bearers, 2)) /
                  static_cast<double>(std::max<std::uint64_t>(e_.compared, 2));
    }
    const model::ClassScores plain = scorer.score(vector_, 0);
    const model::ClassScores scores = scorer.score(vector_, frequency);
    e_.prior = scorer.prior_weight();
    e_.term_frequency = plain.stranger - scores.stranger;
    e_.weight = scores.weight();
    e_.relatives = e_.weight - (scores.match - scores.stranger);
    e_.probability = model::probability_of(e_.weight);
    return {};
  }

  Summand summand(const model::Model& model, const model::Scorer& scorer, int c) const {
    const int level = level_at(vector_, c);
    const auto at = static_cast<std::size_t>(c);
    const auto context = static_cast<std::size_t>(compare::context_of(c, vector_));
    const auto l = static_cast<std::size_t>(level);
    return {.field = std::string(model::comparison_name(c)),
            .title = std::string(model::comparison_title(c)),
            .level = std::string(model::level_name(c, level)),
            .level_title = std::string(model::level_title(c, level)),
            .missing = level == 0,
            .m = level == 0 ? 1 : model.match.p[at][context][l],
            .u = level == 0 ? 1 : model.stranger.p[at][context][l],
            .relative = level == 0 ? 1 : model.relative.p[at][context][l],
            .bits = level == 0 ? 0 : scorer.summand(c, vector_)};
  }

  // As the linker counts: both sides together.
  Status count_bearers() {
    std::atomic<std::uint64_t> bearers = 0;
    for (std::size_t s = 0; s < reader_.sources().size(); ++s) {
      if (!to_spine() && s == spine()) continue;
      for (const store::DeliveryInfo& delivery : reader_.sources()[s].deliveries) {
        e_.compared += delivery.record_count;
        const auto ranges = workspace_.store().split_rows(delivery.id, 4);
        BIDUI_TRY(ranges);
        std::vector<Status> results(ranges->size());
        tbb::parallel_for(std::size_t{0}, ranges->size(), [&](std::size_t r) {
          results[r] = workspace_.store().scan_features(
              delivery.id, (*ranges)[r], [&](std::uint32_t, std::span<const std::byte> bytes) {
                bearers += count_name(bytes);
              });
        });
        for (const Status& status : results) BIDUI_TRY(status);
      }
    }
    e_.bearers = bearers;
    return {};
  }

  std::uint64_t count_name(std::span<const std::byte> bytes) const {
    std::uint64_t count = 0;
    for (std::size_t at = 0; at < bytes.size(); at += sizeof(record::PersonFeatures)) {
      std::uint32_t hash = 0;
      std::memcpy(&hash, bytes.data() + at + offsetof(record::PersonFeatures, name_hash),
                  sizeof(hash));
      if (hash == a().name_hash) ++count;
    }
    return count;
  }

  // Which kinds of fuzzy keys bring the two together, and which were too common.
  Status compare_keys() {
    key::KeyList left;
    key::KeyList right;
    key::append_person_keys(a(), left);
    key::append_person_keys(b(), right);
    std::map<key::KeyKind, ExplainedKey> kinds;
    const auto entry = [&](key::KeyKind kind) -> ExplainedKey& {
      ExplainedKey& e = kinds[kind];
      e.kind = key::key_kind_name(kind);
      e.title = key_title(kind);
      return e;
    };
    for (const key::FuzzyKey& k : left.keys()) entry(k.kind);
    for (const key::FuzzyKey& k : right.keys()) {
      ExplainedKey& e = entry(k.kind);
      const auto same = std::ranges::find_if(
          left.keys(), [&](const key::FuzzyKey& other) { return key::meet(k, other); });
      if (same == left.keys().end()) continue;
      const Result<std::uint64_t> records = count_indexed(k.hash);
      BIDUI_TRY(records);
      const bool refined = *records > kKeyCap;
      const bool leads = !refined || (k.refinement != 0 && k.refinement == same->refinement);
      if (e.shared && !(leads && !e.leads)) continue;
      e.shared = true;
      e.records = *records;
      e.refined = refined;
      e.leads = leads;
    }
    for (auto& [kind, key] : kinds) e_.keys.push_back(std::move(key));
    return {};
  }

  // Records of all sources but the civil registry that have the key: that side is indexed.
  Result<std::uint64_t> count_indexed(std::uint64_t hash) const {
    const std::uint64_t keyed = reader_.keys().keyed(hash);
    std::uint64_t count = 0;
    for (std::size_t s = 0; s < spine(); ++s) {
      const auto places = reader_.find(std::span(&keyed, 1), s);
      BIDUI_TRY(places);
      count += places->size();
    }
    return count;
  }

  std::optional<std::uint32_t> number_of(RecordPlace place) const {
    if (run_ == nullptr) return std::nullopt;
    return run_->number(reader_.sources()[place.source].deliveries[place.delivery].id, place.row);
  }

  Result<std::optional<RecordPlace>> place_of(std::uint32_t number) {
    const auto at = run_->place(number);
    if (!at) return std::optional<RecordPlace>{};
    auto place = reader_.find_delivery(at->delivery);
    if (!place) return std::optional<RecordPlace>{};
    place->row = at->row;
    BIDUI_TRY(reader_.load(std::span(&*place, 1)));
    return place;
  }

  Status decide() {
    if (run_ != nullptr) e_.run = run_->id();
    const auto left = number_of(left_);
    const auto right = number_of(right_);
    if (!left || !right) return {};
    if (to_spine()) e_.threshold = run_->threshold(e_.model);
    const std::array numbers = {*left, *right};
    const auto persons = run_->persons_of(numbers);
    BIDUI_TRY(persons);
    std::vector<std::uint32_t> involved = (*persons)[0];
    involved.insert(involved.end(), (*persons)[1].begin(), (*persons)[1].end());
    Result<std::vector<KeptLink>> links = run_->links_of(involved);
    BIDUI_TRY(links);
    links_ = std::move(*links);
    const KeptLink* const direct = link_between(*left, *right);
    if (direct != nullptr) e_.run_weight = direct->weight;
    const bool together = std::ranges::binary_search((*persons)[0], *right);
    if (together) {
      e_.verdict = Verdict::kLinked;
      e_.level = rule::level_name(level_between(a(), b()));
      return find_path(*left, *right);
    }
    e_.verdict = direct != nullptr ? Verdict::kPossible : Verdict::kNotLinked;
    if (direct != nullptr) e_.level = rule::level_name(rule::LinkLevel::kL1);
    BIDUI_TRY(find_conflicts((*persons)[0], (*persons)[1]));
    BIDUI_TRY(find_rivals(left_, *left, (*persons)[0], right_.source));
    return find_rivals(right_, *right, (*persons)[1], left_.source);
  }

  const KeptLink* link_between(std::uint32_t x, std::uint32_t y) const {
    const auto at = std::ranges::find_if(links_, [&](const KeptLink& l) {
      return (l.a == x && l.b == y) || (l.a == y && l.b == x);
    });
    return at == links_.end() ? nullptr : &*at;
  }

  // The shortest way along decided links.
  Status find_path(std::uint32_t from, std::uint32_t to) {
    std::map<std::uint32_t, std::uint32_t> came_from{{from, from}};
    std::vector<std::uint32_t> queue{from};
    for (std::size_t i = 0; i < queue.size() && !came_from.contains(to); ++i) {
      for (const KeptLink& l : links_) {
        if (!l.decided || (l.a != queue[i] && l.b != queue[i])) continue;
        const std::uint32_t next = l.a == queue[i] ? l.b : l.a;
        if (came_from.emplace(next, queue[i]).second) queue.push_back(next);
      }
    }
    if (!came_from.contains(to)) return {};
    std::vector<std::uint32_t> way{to};
    while (way.back() != from) way.push_back(came_from.at(way.back()));
    std::ranges::reverse(way);
    for (const std::uint32_t number : way) {
      const auto place = place_of(number);
      BIDUI_TRY(place);
      if (*place) e_.path.push_back(reader_.at(**place).name());
    }
    return {};
  }

  // Records of the other side's source that are one person with this record.
  Status find_rivals(RecordPlace own, std::uint32_t number,
                     const std::vector<std::uint32_t>& person, std::size_t source) {
    for (const std::uint32_t member : person) {
      const auto place = place_of(member);
      BIDUI_TRY(place);
      if (member == number || !*place || (*place)->source != source) continue;
      const ReadRecord& record = reader_.at(**place);
      Rival rival{.of = reader_.at(own).name(),
                  .record = record.name(),
                  .name = record.masked("name"),
                  .id_number = record.masked("id_number")};
      if (const KeptLink* const link = link_between(number, member)) rival.weight = link->weight;
      e_.rivals.push_back(std::move(rival));
    }
    return {};
  }

  Status find_conflicts(const std::vector<std::uint32_t>& left,
                        const std::vector<std::uint32_t>& right) {
    for (const std::uint32_t x : left) {
      const auto a_place = place_of(x);
      BIDUI_TRY(a_place);
      for (const std::uint32_t y : right) {
        const auto b_place = place_of(y);
        BIDUI_TRY(b_place);
        if (!*a_place || !*b_place || (*a_place)->source != (*b_place)->source) continue;
        const ReadRecord& mine = reader_.at(**a_place);
        if (!mine.schema().person_once || (*a_place == left_ && *b_place == right_)) continue;
        e_.conflicts.push_back({mine.schema().title, mine.name(), reader_.at(**b_place).name()});
      }
    }
    return {};
  }

  void give_reasons() {
    auto& reasons = e_.reasons;
    const bool leads = std::ranges::any_of(e_.keys, &ExplainedKey::leads);
    const bool shared = std::ranges::any_of(e_.keys, &ExplainedKey::shared);
    switch (e_.verdict) {
      case Verdict::kLinked:
        if (!e_.run_weight)
          reasons.emplace_back("两条记录没有直接关联，通过同一人的其他记录归为一人");
        return;
      case Verdict::kNotCompared:
        reasons.emplace_back(e_.run.empty() ? "尚未比对；以下按模型重新计算"
                                            : "最近一次比对没有包含这两条记录所在的数据；以下按模型"
                                              "重新计算，请重新运行 bidui compare");
        break;
      case Verdict::kPossible:
      case Verdict::kNotLinked:
        break;
    }
    if (left_.source == right_.source && reader_.at(left_).schema().person_once)
      reasons.emplace_back("同一来源的两条记录，只有证号相同且姓名相符才视为重复登记");
    if (!shared) {
      reasons.emplace_back("没有共同的检索键，因此没有作为候选对比较");
    } else if (!leads) {
      reasons.emplace_back(fmt::format(
          "共同的检索键都太常见（超过 {} 条记录），进一步限定的属性不一致，因此没有比较", kKeyCap));
    }
    const double threshold = e_.threshold.value_or(0);
    if (e_.weight < threshold) {
      reasons.push_back(
          fmt::format("得分不够：{:.1f}，低于确认关联的阈值 {:.1f}", e_.weight, threshold));
    }
    for (const Rival& rival : e_.rivals) {
      std::string reason = fmt::format("{} 已与 {}（{} {}）归为一人", rival.of, rival.record,
                                       rival.name, rival.id_number);
      if (rival.weight) reason += fmt::format("，得分 {:.1f}", *rival.weight);
      reasons.push_back(reason + "；一人在一个来源只登记一次，所以不能再与对方归为一人");
    }
    for (const Conflict& c : e_.conflicts) {
      reasons.push_back(fmt::format("双方在{}中各有一条记录（{}，{}），是那里的两个人", c.source,
                                    c.left, c.right));
    }
    constexpr double kHalfBit = .5;
    if (e_.run_weight && *e_.run_weight < e_.weight - kHalfBit) {
      reasons.push_back(
          fmt::format("与其他候选竞争后得分由 {:.1f} 降为 {:.1f}：不止一条记录同样符合", e_.weight,
                      *e_.run_weight));
    }
  }

  const Workspace& workspace_;
  RecordReader& reader_;
  const KeptRun* run_;
  RecordPlace left_;
  RecordPlace right_;
  compare::ComparisonVector vector_ = 0;
  std::vector<KeptLink> links_;  // that touch one of the two persons
  Explanation e_;
};

}  // namespace

Result<Explanation> explain(const Workspace& workspace, std::string_view left,
                            std::string_view right) {
  if (left == right)
    return make_error(ErrorCode::kInvalidArgument, "the two records are the same one");
  Result<RecordReader> reader = RecordReader::open(workspace);
  BIDUI_TRY(reader);
  Result<RecordPlace> a = reader->find_record(left);
  BIDUI_TRY(a);
  Result<RecordPlace> b = reader->find_record(right);
  BIDUI_TRY(b);
  const Result<std::optional<KeptRun>> run = KeptRun::newest(workspace.store());
  BIDUI_TRY(run);
  return Explainer(workspace, *reader, *run ? &**run : nullptr, *a, *b).explain();
}

}  // namespace bidui::workspace
