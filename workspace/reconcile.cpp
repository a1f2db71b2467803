#include "workspace/reconcile.h"

#include <algorithm>
#include <map>
#include <memory>
#include <numeric>
#include <tuple>
#include <unordered_map>

#include "matcher/base/bilingual_error.h"
#include "workspace/civil_state.h"
#include "workspace/list_grouping.h"

namespace bidui::workspace {
namespace {

using link::ItemFate;
using link::PairedItem;

constexpr std::array<std::string_view, kItemClasses> kClassNames = {
    "same", "other_kind", "other_date", "elsewhere", "repeated", "possible", "missing"};
constexpr std::array<std::string_view, 10> kReasonNames = {
    "differs", "same_twice", "another_house", "another_household", "review_link",
    "died",    "moved_out",  "after_other",   "not_in_civil",      "not_listed"};

class Reconciler {
 public:
  Reconciler(const Workspace& workspace, const ReconcileOptions& options)
      : workspace_(workspace), options_(options) {}

  Result<Reconciliation> run() {
    BIDUI_TRY(load());
    BIDUI_TRY(pair());
    result_.all = count("all");
    result_.townships = count("township");
    result_.villages = count("village");
    if (result_.kinds_compared) result_.kinds = count("kind");
    result_.groups = count(options_.by);
    count_kind_pairs();
    BIDUI_TRY(list_differences());
    return std::move(result_);
  }

 private:
  Status load() {
    Result<KeptRun> run = KeptRun::find(workspace_.store(), options_.run);
    BIDUI_TRY(run);
    run_ = std::make_unique<KeptRun>(std::move(*run));
    Result<std::vector<std::uint32_t>> entities = run_->entities();
    BIDUI_TRY(entities);
    entities_ = std::move(*entities);
    ListOptions left = options_.left;
    ListOptions right = options_.right;
    if (!is_own_grouping(options_.by)) left.group = right.group = options_.by;
    BIDUI_TRY(load_list(left, left_));
    BIDUI_TRY(load_list(right, right_));
    const bool one_kind = left_->source().schema == right_->source().schema;
    const auto compared = [&](const std::string& a, const std::string& b, const schema::Field* x,
                              const schema::Field* y) {
      return x != nullptr && y != nullptr && (one_kind || (!a.empty() && !b.empty()));
    };
    result_.run = run_->id();
    result_.by = options_.by;
    result_.kinds_compared =
        compared(left.kind, right.kind, left_->kind_field(), right_->kind_field());
    result_.sinces_compared =
        compared(left.since, right.since, left_->since_field(), right_->since_field());
    if (options_.by == "kind" && !result_.kinds_compared)
      return bilingual_error(ErrorCode::kInvalidArgument,
                             "两个来源的类别字段不同，请用 --kind 字段=字段 指明",
                             "the sources' kinds differ: name the fields with --kind FIELD=FIELD");
    result_.left = title_of(*left_, left.unit);
    result_.right = title_of(*right_, right.unit);
    result_.outdated = is_outdated();
    return {};
  }

  Status load_list(const ListOptions& options, std::unique_ptr<ListedSource>& list) {
    const Result<const schema::Schema*> schema = workspace_.schema_of(options.instance);
    BIDUI_TRY(schema);
    Result<ListedSource> loaded =
        ListedSource::load(workspace_.store(), *run_, **schema, entities_, options, values_);
    BIDUI_TRY(loaded);
    list = std::make_unique<ListedSource>(std::move(*loaded));
    return {};
  }

  // A delivery of one of the lists is newer than what the run saw.
  bool is_outdated() const {
    const std::vector<store::DeliveryInfo> all = workspace_.store().deliveries();
    return std::ranges::any_of(store::newest_deliveries(all), [&](const auto& newest) {
      for (const ListedSource* list : {&*left_, &*right_}) {
        if (newest.instance != list->source().instance) continue;
        const auto& seen = list->source().deliveries;
        if (std::ranges::find(seen, newest.id, &store::DeliveryInfo::id) == seen.end()) return true;
      }
      return false;
    });
  }

  ListTitle title_of(const ListedSource& list, ListUnit unit) const {
    const RunSource& source = list.source();
    ListTitle title{.instance = source.instance,
                    .title = source.title(),
                    .title_en = source.instance,
                    .as_of = source.as_of()};
    if (result_.kinds_compared) title.kind_title = list.kind_field()->title;
    if (result_.sinces_compared) title.since_title = list.since_field()->title;
    // Houses with household numbers are counted as households.
    const bool one_row_each =
        std::ranges::all_of(list.items(), [](const ListedItem& item) { return item.members == 1; });
    title.houses = source.schema->unit == schema::RowUnit::kHouse && one_row_each;
    title.households = unit == ListUnit::kHousehold && source.schema->household && !title.houses;
    return title;
  }

  // Links that were not decided, between people whom the lists do not have in common.
  Result<std::vector<link::PossibleItems>> possible_items() const {
    std::vector<std::uint32_t> records(left_->source().rows());
    std::iota(records.begin(), records.end(), left_->record(0));
    const Result<std::vector<KeptLink>> links = run_->links_of(records);
    BIDUI_TRY(links);
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> right_items;
    for (std::uint32_t item = 0; item < right_->items().size(); ++item) {
      for (const std::uint32_t person : right_->persons().persons(item))
        right_items[person].push_back(item);
    }
    std::vector<link::PossibleItems> possible;
    const auto add = [&](std::uint32_t own, std::uint32_t other, double weight) {
      if (own < left_->record(0) || own - left_->record(0) >= left_->source().rows()) return;
      const auto item = left_->item_of(own - left_->record(0));
      const auto at = right_items.find(entities_[other]);
      if (!item || at == right_items.end()) return;
      for (const std::uint32_t theirs : at->second) possible.push_back({*item, theirs, weight});
    };
    for (const KeptLink& link : *links) {
      if (link.decided) continue;
      add(link.a, link.b, link.weight);
      add(link.b, link.a, link.weight);
    }
    return possible;
  }

  // Rows of two lists of one kind that have one key and one name: the same row twice delivered,
  // even where it says too little for a link.
  void add_same_rows(std::vector<link::PossibleItems>& possible) const {
    if (left_->source().schema != right_->source().schema) return;
    const auto name_of = [](const ListedSource& list, std::uint32_t row) {
      return std::string(list.record_key(row)) + '\t' + std::string(list.text(row, "name"));
    };
    std::unordered_map<std::string, std::uint32_t> rows;
    for (std::uint32_t row = 0; row < right_->source().rows(); ++row) {
      if (const auto item = right_->item_of(row)) rows.emplace(name_of(*right_, row), *item);
    }
    for (std::uint32_t row = 0; row < left_->source().rows(); ++row) {
      const auto item = left_->item_of(row);
      if (!item) continue;
      const auto at = rows.find(name_of(*left_, row));
      if (at != rows.end()) possible.push_back({*item, at->second, 0, true});
    }
  }

  Status pair() {
    Result<std::vector<link::PossibleItems>> possible = possible_items();
    BIDUI_TRY(possible);
    add_same_rows(*possible);
    const auto likeness = [&](std::uint32_t l, std::uint32_t r) {
      const ListedItem& a = left_->items()[l];
      const ListedItem& b = right_->items()[r];
      const bool same_house = address_of(*left_, l) == address_of(*right_, r);
      return (left_->key(l) == right_->key(r) ? 8 : 0) + (same_house ? 4 : 0) +
             (a.place == b.place ? 2 : 0) + (a.kind == b.kind ? 1 : 0) +
             (a.since == b.since ? 1 : 0);
    };
    pairing_ =
        link::pair_lists(left_->persons(), right_->persons(), std::move(*possible), likeness);
    return {};
  }

  static std::string_view address_of(const ListedSource& list, std::uint32_t item) {
    return list.text(list.items()[item].row, "address");
  }

  bool kinds_differ(std::uint32_t l, std::uint32_t r) const {
    return result_.kinds_compared && left_->items()[l].kind != right_->items()[r].kind;
  }
  bool sinces_differ(std::uint32_t l, std::uint32_t r) const {
    return result_.sinces_compared && left_->items()[l].since != right_->items()[r].since;
  }

  // Of a pair whose sides are in one group.
  ItemClass class_of_pair(std::uint32_t l, std::uint32_t r) const {
    if (kinds_differ(l, r)) return ItemClass::kOtherKind;
    return sinces_differ(l, r) ? ItemClass::kOtherSince : ItemClass::kSame;
  }

  static ItemClass class_of_fate(ItemFate fate) {
    switch (fate) {
      case ItemFate::kPaired:
        return ItemClass::kElsewhere;
      case ItemFate::kRepeated:
        return ItemClass::kRepeated;
      case ItemFate::kPossible:
        return ItemClass::kPossible;
      case ItemFate::kMissing:
        return ItemClass::kMissing;
    }
    return ItemClass::kMissing;
  }

  static std::size_t own(ItemClass item_class) {
    return static_cast<std::size_t>(item_class) - kSharedClasses;
  }

  std::vector<GroupCounts> count(const std::string& by) {
    const ListGrouping grouping(by, values_, options_.village_kinds);
    std::map<std::pair<std::string, std::string>, GroupCounts> groups;
    if (by == "all") groups[{}] = {};
    for (std::uint32_t l = 0; l < left_->items().size(); ++l) {
      const ListedItem& item = left_->items()[l];
      const auto name = grouping.group_of(item);
      GroupCounts& counts = groups[name];
      ++counts.left;
      counts.left_members += item.members;
      const PairedItem& fate = pairing_.left[l];
      if (fate.fate == ItemFate::kPaired &&
          grouping.group_of(right_->items()[fate.other]) == name) {
        ++counts.shared[static_cast<std::size_t>(class_of_pair(l, fate.other))];
      } else {
        ++counts.left_own[own(class_of_fate(fate.fate))];
      }
    }
    for (std::uint32_t r = 0; r < right_->items().size(); ++r) {
      const ListedItem& item = right_->items()[r];
      const auto name = grouping.group_of(item);
      GroupCounts& counts = groups[name];
      ++counts.right;
      counts.right_members += item.members;
      const PairedItem& fate = pairing_.right[r];
      if (fate.fate == ItemFate::kPaired && grouping.group_of(left_->items()[fate.other]) == name)
        continue;  // counted with the left one
      ++counts.right_own[own(class_of_fate(fate.fate))];
    }
    std::vector<GroupCounts> result;
    for (auto& [name, counts] : groups) {
      counts.township = name.first;
      counts.group = name.second;
      result.push_back(std::move(counts));
    }
    return result;
  }

  void count_kind_pairs() {
    if (!result_.kinds_compared) return;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t> pairs;
    for (std::uint32_t l = 0; l < left_->items().size(); ++l) {
      const PairedItem& fate = pairing_.left[l];
      if (fate.fate == ItemFate::kPaired && kinds_differ(l, fate.other))
        ++pairs[{left_->items()[l].kind, right_->items()[fate.other].kind}];
    }
    for (const auto& [kinds, count] : pairs)
      result_.kind_pairs.push_back(
          {values_.kinds.text(kinds.first), values_.kinds.text(kinds.second), count});
    std::ranges::stable_sort(result_.kind_pairs, std::greater<>{}, &KindPair::count);
  }

  ListSide side_of(const ListedSource& list, std::uint32_t item) const {
    if (item == PairedItem::kNone) return {};
    const ListedItem& own = list.items()[item];
    return {.key = std::string(list.key(item)),
            .name = list.masked_name(item),
            .township = std::string(values_.township(own.place)),
            .village = std::string(values_.village(own.place)),
            .kind = values_.kinds.text(own.kind),
            .since = values_.sinces.text(own.since),
            .members = own.members};
  }

  // Of an item of `list` that the other list lacks.
  DifferenceReason reason_missing(const ListedSource& list, const ListedSource& other,
                                  std::uint32_t item, const CivilStates& states) const {
    bool any_known = false;
    bool all_dead = true;
    bool all_moved = true;
    for (const std::uint32_t person : list.persons().persons(item)) {
      const PersonState state = states.state_of(person);
      any_known = any_known || state != PersonState::kUnknown;
      all_dead = all_dead && state == PersonState::kDead;
      all_moved = all_moved && state == PersonState::kMovedOut;
    }
    if (all_dead) return DifferenceReason::kDied;
    if (all_moved) return DifferenceReason::kMovedOut;
    const std::string& since = values_.sinces.text(list.items()[item].since);
    const std::string as_of = other.source().as_of();
    if (!since.empty() && since > as_of.substr(0, since.size()))
      return DifferenceReason::kAfterOther;
    return any_known ? DifferenceReason::kNotListed : DifferenceReason::kNotInCivil;
  }

  static DifferenceReason reason_repeated(const ListedSource& list, std::uint32_t item,
                                          const PairedItem& fate) {
    if (list.source().schema->unit != schema::RowUnit::kHouse)
      return fate.other == PairedItem::kNone ? DifferenceReason::kSameTwice
                                             : DifferenceReason::kAnotherUnit;
    const bool same = fate.rival == PairedItem::kNone ||
                      (address_of(list, item) == address_of(list, fate.rival) &&
                       list.text(list.items()[item].row, "area") ==
                           list.text(list.items()[fate.rival].row, "area"));
    return same ? DifferenceReason::kSameTwice : DifferenceReason::kAnotherHouse;
  }

  void add_side(bool of_left, const CivilStates& states) {
    const ListedSource& list = of_left ? *left_ : *right_;
    const ListedSource& other = of_left ? *right_ : *left_;
    const auto& fates = of_left ? pairing_.left : pairing_.right;
    for (std::uint32_t item = 0; item < list.items().size(); ++item) {
      const PairedItem& fate = fates[item];
      if (fate.fate == ItemFate::kPaired) continue;
      ListDifference difference{.item_class = class_of_fate(fate.fate), .of_left = of_left};
      (of_left ? difference.left : difference.right) = side_of(list, item);
      if (fate.fate == ItemFate::kPossible) {
        if (!of_left) continue;  // told with its left item
        difference.reason = DifferenceReason::kReviewLink;
        difference.right = side_of(other, fate.other);
      } else if (fate.fate == ItemFate::kRepeated) {
        difference.reason = reason_repeated(list, item, fate);
        if (fate.rival != PairedItem::kNone) difference.rival = list.key(fate.rival);
        (of_left ? difference.right : difference.left) = side_of(other, fate.other);
      } else {
        difference.reason = reason_missing(list, other, item, states);
      }
      result_.differences.push_back(std::move(difference));
    }
  }

  Status list_differences() {
    std::vector<std::uint32_t> missing;
    const auto want = [&](const ListedSource& list, const std::vector<PairedItem>& fates) {
      for (std::uint32_t item = 0; item < fates.size(); ++item) {
        if (fates[item].fate != ItemFate::kMissing) continue;
        const auto persons = list.persons().persons(item);
        missing.insert(missing.end(), persons.begin(), persons.end());
      }
    };
    want(*left_, pairing_.left);
    want(*right_, pairing_.right);
    const Result<CivilStates> states =
        CivilStates::load(workspace_, *run_, entities_, std::move(missing));
    BIDUI_TRY(states);
    for (std::uint32_t l = 0; l < left_->items().size(); ++l) {
      const PairedItem& fate = pairing_.left[l];
      if (fate.fate != ItemFate::kPaired) continue;
      ItemClass item_class = class_of_pair(l, fate.other);
      const bool moved = left_->items()[l].place != right_->items()[fate.other].place;
      if (item_class == ItemClass::kSame && moved) item_class = ItemClass::kElsewhere;
      if (item_class == ItemClass::kSame) continue;
      result_.differences.push_back({.item_class = item_class,
                                     .reason = DifferenceReason::kDiffers,
                                     .left = side_of(*left_, l),
                                     .right = side_of(*right_, fate.other)});
    }
    add_side(true, *states);
    add_side(false, *states);
    std::ranges::stable_sort(
        result_.differences, [](const ListDifference& a, const ListDifference& b) {
          const auto order = [](const ListDifference& d) {
            const ListSide& side = d.of_left ? d.left : d.right;
            // Items of one list first: they make the totals differ.
            return std::tuple(kItemClasses - static_cast<std::size_t>(d.item_class), !d.of_left,
                              std::string_view(side.township), std::string_view(side.village),
                              std::string_view(side.key));
          };
          return order(a) < order(b);
        });
    return {};
  }

  const Workspace& workspace_;
  const ReconcileOptions& options_;
  std::unique_ptr<KeptRun> run_;
  std::vector<std::uint32_t> entities_;
  ListValues values_;
  std::unique_ptr<ListedSource> left_;
  std::unique_ptr<ListedSource> right_;
  link::ListPairing pairing_;
  Reconciliation result_;
};

}  // namespace

std::string_view item_class_name(ItemClass item_class) {
  return kClassNames[static_cast<std::size_t>(item_class)];
}

std::string_view difference_reason_name(DifferenceReason reason) {
  return kReasonNames[static_cast<std::size_t>(reason)];
}

bool GroupCounts::closes() const {
  const std::uint64_t both = std::accumulate(shared.begin(), shared.end(), std::uint64_t{0});
  return left == std::accumulate(left_own.begin(), left_own.end(), both) &&
         right == std::accumulate(right_own.begin(), right_own.end(), both);
}

Result<Reconciliation> reconcile(const Workspace& workspace, const ReconcileOptions& options) {
  if (options.by == "village_kind" && options.village_kinds.empty()) return needs_village_kinds();
  return Reconciler(workspace, options).run();
}

}  // namespace bidui::workspace
