// A run read back from the store (run_artefacts.h): which records are one person, the links between
// records, and the flags by what they are about.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "matcher/base/result.h"
#include "store/store.h"
#include "workspace/held_run.h"

namespace bidui::workspace {

struct KeptLink {
  std::uint32_t a = 0;  // a < b
  std::uint32_t b = 0;
  double weight = 0;      // log2 posterior odds after competition
  double own_weight = 0;  // before it
  bool decided = false;
};

// The store must outlive it.
class KeptRun {
 public:
  // nullopt where nothing was compared yet. kCorrupt where the newest run's manifest is unreadable.
  static Result<std::optional<KeptRun>> newest(const store::Store& store);
  // `id` "": the newest. kNotFound.
  static Result<KeptRun> find(const store::Store& store, std::string_view id);

  const std::string& id() const { return id_; }
  const std::string& evaluation_date() const { return evaluation_date_; }
  // The weight from which records of two sources (instances, in either order) were linked; nullopt
  // where they had no candidate pairs.
  std::optional<double> threshold(std::string_view left, std::string_view right) const;

  // A record's number in the run; nullopt where the run did not see its delivery.
  std::optional<std::uint32_t> number(store::DeliveryId delivery, std::uint32_t row) const;
  struct Place {
    store::DeliveryId delivery{};
    std::uint32_t row = 0;
  };
  // nullopt where the delivery has been withdrawn since, or the number is beyond the last.
  std::optional<Place> place(std::uint32_t number) const;
  // What it saw, in the order of its numbers; without an id: withdrawn or replaced since.
  struct SeenDelivery {
    std::string instance{};
    std::optional<store::DeliveryId> id{};
    std::uint32_t first = 0;  // number of its first record
    std::uint32_t count = 0;
  };
  std::vector<SeenDelivery> deliveries() const;
  // Whether it saw exactly these deliveries.
  bool saw(std::span<const store::DeliveryInfo> deliveries) const;

  // Keeps what the next three ask for in memory, so that each costs what it finds; copies share it.
  // O(records + links). Errors: those of the store.
  Status hold();

  // For each given record all records of its person (itself included), ascending. Unless
  // held one pass over the artefact, O(records of the run).
  Result<std::vector<std::vector<std::uint32_t>>> persons_of(
      std::span<const std::uint32_t> records) const;
  // The entity of each record, by its number; the numbers of entities mean nothing between runs.
  Result<std::vector<std::uint32_t>> entities() const;
  // Links and possible links that touch one of the records, by (a, b). Unless held one pass
  // over all links.
  Result<std::vector<KeptLink>> links_of(std::span<const std::uint32_t> records) const;
  // Identities of flags under these hashes, without repeats, sorted.
  Result<std::vector<std::string>> flags_of(std::span<const std::uint64_t> hashes) const;

 private:
  explicit KeptRun(const store::Store& store) : store_(&store) {}
  static Result<KeptRun> read(const store::Store& store, const store::RunInfo& info);
  Result<std::string> artefact(std::string_view name) const;

  struct Part {
    std::string instance;
    std::optional<store::DeliveryId> delivery;  // nothing: withdrawn since
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  const store::Store* store_;
  std::shared_ptr<const HeldRun> held_;
  std::string id_;
  std::string evaluation_date_;
  std::vector<Part> parts_;
  struct Threshold {
    std::string left;
    std::string right;
    double weight = 0;
  };
  std::vector<Threshold> thresholds_;
};

}  // namespace bidui::workspace
