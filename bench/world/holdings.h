// What the further offices keep: vehicles, businesses, posts, certificates, weddings, titles. Each
// with what really is behind it, which the office does not see.
#pragma once

#include <string>
#include <string_view>

#include "bench/world/lives.h"

namespace bidui::world {

enum class VehicleKind : std::uint8_t {
  kCar,
  kVan,
  kTruck,
  kHeavyTruck,
  kMotorcycle,
  kTricycle,
  kTractor,
  kFarm,
  kForDisabled,
};

struct Vehicle {
  PersonIndex owner = kNone;
  std::string key{};  // 号牌号码
  VehicleKind kind = VehicleKind::kCar;
  int price = 0;
  Day registered = kNever;
  Day inspected_to = kNever;
  char state = 'A';       // as the police write it: A, B, E, M
  bool sold = false;      // given away without a transfer
  bool borrowed = false;  // somebody else's lorry under this name (挂靠)
};

enum class BusinessKind : std::uint8_t { kShop, kCompany, kCooperative, kSole };

struct BusinessRole {
  PersonIndex person = kNone;
  std::string key{};  // 登记序号
  BusinessKind kind = BusinessKind::kShop;
  std::string_view role{};
  std::string business{};
  std::string code{};  // 统一社会信用代码
  int capital = 0;     // 10,000 yuan
  int staff = 0;
  Day founded = kNever;
  std::string_view state = "存续";
  bool nominal = false;  // never operated, or the name was borrowed
  HomeIndex seat = kNone;

  bool plain_member() const { return role == "成员"; }
};

enum class Post : std::uint8_t {
  kCivilServant,
  kInstitution,  // 事业编, teachers and doctors
  kWorker,
  kRetired,
  kSurvivor,
  kTemporary,
  kWelfarePost,  // 公益性岗位
  kVillageCadre,
  kVillageDoctor,
  kVolunteer,  // 三支一扶
};

struct PayrollRow {
  PersonIndex person = kNone;
  std::string key{};  // 人员编码
  Post post = Post::kWelfarePost;
  std::string employer{};
  int wage = 0;
  Day since = kNever;  // the office does not say
};

struct Certificate {
  PersonIndex person = kNone;
  std::string key{};  // 档案号
  Day issued = kNever;
  bool cancelled = false;
};

struct WeddingRow {
  std::string key{};  // 登记字号
  PersonIndex husband = kNone;
  PersonIndex wife = kNone;
  Day day = kNever;
  bool divorce = false;
};

enum class TitleWay : std::uint8_t {
  kBought,
  kResettled,   // 拆迁安置
  kRelocated,   // 易地搬迁安置房
  kRuralTitle,  // 农房确权
  kInherited,   // a share among brothers and sisters
};

struct Title {
  PersonIndex person = kNone;
  std::string key{};  // 不动产权证号
  TitleWay way = TitleWay::kBought;
  Day day = kNever;
  int area = 0;
  bool cancelled = false;
  bool shop = false;
  HomeIndex home = kNone;
};

}  // namespace bidui::world
