// The floor: the least that a linker must do, with weights fixed by hand. Maps both files, holds
// A's keys in a hash table, streams B once, scores each pair that shares a key and assigns
// greedily.
//   bidui-floor LEFT RIGHT FOLDER      (the files of `bidui-world --pair`; bench/peers runs it)
// Knows no missing headers, no other encodings, no training, no explanation: a yardstick only.
#include <algorithm>
#include <bit>
#include <cstdio>
#include <fstream>
#include <string>
#include <unordered_set>

#include "bench/floor/people_file.h"

namespace bidui::floor {
namespace {

// log2 weights of agreement; disagreement and "nearly" stand beside them.
constexpr float kPrior = -12, kLink = 0;

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  std::uint64_t hash = (a + 0x9E3779B97F4A7C15U) * 0xBF58476D1CE4E5B9U ^ b;
  hash = (hash ^ (hash >> 30)) * 0x94D049BB133111EBU;
  return hash ^ (hash >> 31);
}

std::uint64_t name_hash(std::string_view name) {
  std::uint64_t hash = name.size();
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return hash;
}

// Hashes of what two records of one person still share after one error or two; 0: no key.
constexpr std::size_t kKeys = 6;
struct Keys {
  std::uint64_t of[kKeys];
};
Keys keys_of(const Person& p) {
  const std::uint64_t name = name_hash(p.name);
  const std::uint64_t surname = name_hash(p.name.substr(0, 3));
  const std::uint64_t no_birth = p.birth == 0 ? 0 : ~std::uint64_t{0};
  const std::uint64_t no_phone = p.phone == 0 ? 0 : ~std::uint64_t{0};
  return {{p.id == 0 ? 0 : mix(p.id, 1), mix(name, p.birth) & no_birth,
           mix(surname, p.birth) & no_birth, mix(p.phone, p.birth) & no_birth & no_phone,
           mix(name, p.phone) & no_phone, mix(name, p.house)}};
}

// How many digits of two ID numbers differ, counted up to 3.
int different_digits(std::uint64_t a, std::uint64_t b) {
  int different = 0;
  for (; different < 3 && (a != 0 || b != 0); a /= 10, b /= 10) different += a % 10 != b % 10;
  return different;
}

// How many characters differ, for Chinese names of equal length; 3 for other lengths.
int different_characters(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return 3;
  int different = 0;
  for (std::size_t i = 0; i + 2 < a.size(); i += 3)
    different += a.substr(i, 3) != b.substr(i, 3) ? 1 : 0;
  return different;
}

float score(const Person& a, const Person& b) {
  float weight = kPrior;
  const int characters = a.name == b.name ? 0 : different_characters(a.name, b.name);
  weight += characters == 0 ? 12.F : characters == 1 ? 3.F : -5.F;
  if (a.id != 0 && b.id != 0) {
    const int digits = a.id == b.id ? 0 : different_digits(a.id, b.id);
    weight += digits == 0 ? 20.F : digits == 1 ? 9.F : digits == 2 ? 4.F : -6.F;
  }
  if (a.birth != 0 && b.birth != 0)
    weight += a.birth == b.birth ? 9.F : a.birth % 10000 == b.birth % 10000 ? 4.F : -4.F;
  weight += a.sex == b.sex ? 1.F : -6.F;
  if (a.phone != 0 && a.phone == b.phone) weight += 6;
  if (a.house == b.house) weight += 5;
  return weight;
}

// A's keys, open addressing: slot -> row of A. A key repeats for each row that has it.
class KeyTable {
 public:
  explicit KeyTable(const std::vector<Person>& left)
      : slots_(std::bit_ceil(left.size() * kKeys * 2)) {
    for (std::uint32_t row = 0; row < left.size(); ++row) {
      for (const std::uint64_t key : keys_of(left[row]).of)
        if (key != 0) insert(key, row);
    }
  }

  void prefetch(std::uint64_t key) const { __builtin_prefetch(&slots_[place(key)]); }

  template <typename Visit>
  void find(std::uint64_t key, Visit visit) const {
    for (std::size_t i = place(key); slots_[i].row != 0; i = (i + 1) & (slots_.size() - 1)) {
      if (slots_[i].tag == tag(key)) visit(slots_[i].row - 1);
    }
  }

 private:
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t row = 0;  // from 1
  };
  static std::uint32_t tag(std::uint64_t key) { return static_cast<std::uint32_t>(key >> 32); }
  std::size_t place(std::uint64_t key) const { return key & (slots_.size() - 1); }
  void insert(std::uint64_t key, std::uint32_t row) {
    std::size_t i = place(key);
    while (slots_[i].row != 0) i = (i + 1) & (slots_.size() - 1);
    slots_[i] = {tag(key), row + 1};
  }

  std::vector<Slot> slots_;
};

struct Pair {
  float weight;
  std::uint32_t left;
  std::string_view right;
};

struct Found {
  std::vector<Pair> pairs;
  std::size_t compared = 0;
};

Found stream(std::string_view right, const std::vector<Person>& left) {
  constexpr std::size_t kAhead = 16;  // rows between asking for a slot and looking into it
  const KeyTable table(left);
  Found found;
  std::vector<Person> people(kAhead);
  std::vector<Keys> keys(kAhead);
  skip_header(right);
  while (!right.empty()) {
    std::size_t count = 0;
    for (; count < kAhead && !right.empty(); ++count) {
      people[count] = take_person(right);
      keys[count] = keys_of(people[count]);
      for (const std::uint64_t key : keys[count].of) table.prefetch(key);
    }
    for (std::size_t i = 0; i < count; ++i) {
      std::uint32_t seen[4] = {};  // the last rows of A, from 1: the same pair by another key
      std::size_t next = 0;
      for (const std::uint64_t key : keys[i].of) {
        if (key == 0) continue;
        table.find(key, [&](std::uint32_t row) {
          if (std::ranges::find(seen, row + 1) != std::end(seen)) return;
          seen[next++ % std::size(seen)] = row + 1;
          ++found.compared;
          const float weight = score(left[row], people[i]);
          if (weight >= kLink) found.pairs.push_back({weight, row, people[i].key});
        });
      }
    }
  }
  return found;
}

// Greedy by weight; ties by file order.
void assign(std::vector<Pair>& pairs, std::size_t left_rows) {
  std::ranges::stable_sort(pairs, std::greater<>{}, &Pair::weight);
  std::vector<bool> taken(left_rows);
  std::unordered_set<const char*> taken_right;
  std::erase_if(pairs, [&](const Pair& pair) {
    if (taken[pair.left] || !taken_right.insert(pair.right.data()).second) return true;
    taken[pair.left] = true;
    return false;
  });
}

bool write(const std::string& folder, const Found& found, const std::vector<Person>& left) {
  std::string text = "left_id,right_id,weight,decision\n";
  char weight[16];
  for (const Pair& pair : found.pairs) {
    std::snprintf(weight, sizeof weight, ",%.0f,link\n", static_cast<double>(pair.weight));
    text.append(left[pair.left].key).append(",").append(pair.right).append(weight);
  }
  std::ofstream(folder + "/facts.json") << "{\"compared\": " << found.compared << "}\n";
  return static_cast<bool>(std::ofstream(folder + "/links.csv") << text);
}

int run(const char* left_path, const char* right_path, const std::string& folder) {
  std::string_view left_text = map_file(left_path);
  const std::string_view right_text = map_file(right_path);
  if (left_text.empty() || right_text.empty()) {
    std::fputs("bidui-floor: cannot read the files\n", stderr);
    return 3;
  }
  std::vector<Person> left;
  skip_header(left_text);
  while (!left_text.empty()) left.push_back(take_person(left_text));
  Found found = stream(right_text, left);
  assign(found.pairs, left.size());
  return write(folder, found, left) ? 0 : 3;
}

}  // namespace
}  // namespace bidui::floor

int main(int argc, char** argv) {
  if (argc == 4) return bidui::floor::run(argv[1], argv[2], argv[3]);
  std::fputs("bidui-floor LEFT RIGHT FOLDER\n", stderr);
  return 2;
}
