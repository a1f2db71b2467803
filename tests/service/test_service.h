// The service over a small county, asked as the server would ask it. Every answer is held against
// service/openapi.json.
#pragma once

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "service/service.h"
#include "tests/store/temporary_directory.h"
#include "tests/workspace/small_world.h"

namespace bidui::service {

namespace json = boost::json;

struct Answer {
  int status = 0;
  json::value body{};  // null where there is none, or it is no JSON
  Response response{};

  std::string code() const { return std::string(body.at("code").as_string()); }
};

class ServiceTest : public testing::Test {
 protected:
  static constexpr std::string_view kPassword = "correct horse battery";

  ServiceTest();

  // An account of that name whose session call() uses. "township" has the scope `scope`.
  void add_account(const std::string& account, std::vector<Role> roles, std::string scope = {});
  // Asks as the account, "" as nobody; a change carries what it must.
  Answer call(const std::string& account, const std::string& method, const std::string& path,
              const json::object& body = {});
  Answer call(Request request);
  // With an answer that is as the description has it, or a problem.
  static void check_answer(const Route& route, const Answer& answer);

  std::string scope() const;  // of the township in which the county's people live
  std::size_t audit_count(const std::string& kind);

  std::string language_;  // that is asked for; "": none
  store::TemporaryDirectory directory_;
  workspace::SmallWorld world_{directory_.path()};
  std::unique_ptr<Service> service_;

 private:
  struct SignedIn {
    std::string token;
    std::string csrf;
  };
  std::map<std::string, SignedIn> signed_in_;
  int keys_ = 0;
};

}  // namespace bidui::service
