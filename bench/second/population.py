"""People and households of a few counties, made without a look at bench/world: other assumptions, on purpose."""
import csv
import datetime
import itertools
import os
from dataclasses import dataclass, field

REFERENCE = os.path.join(os.path.dirname(__file__), "..", "..", "schemas", "reference")
COUNTIES = ("622921", "520524", "450126", "411628", "530629", "140929", "350681", "231225")
VILLAGE_HEADS = "石白黄大小上下东西南北前后新老青龙凤虎马牛羊沙柳杨桃李枣槐松高平长三五七双金银"
VILLAGE_TAILS = ("家湾", "庄", "坪", "沟", "寨", "家坳", "岭", "洼", "桥", "塘", "铺", "家集", "河", "坡头", "店子")
MINORITY_GIVEN = ("买买提 阿卜杜拉 艾合买提 吐尔逊 古丽 阿依古丽 热依罕 依明 托合提 卡德尔 帕提古丽 阿布力孜 玉素甫 麦麦提 艾山 "
                  "扎西 次仁 卓玛 央金 尼玛 达瓦 平措 旺堆 拉姆 德吉 格桑 多吉 索朗 曲珍 边巴 洛桑").split()
YI_CLANS = "阿木 吉克 沙马 阿苏 马海 俄木 勒格 曲比".split()
YI_GIVEN = "伍呷 阿呷 拉则 木果 日哈 尔古 史布 作洗 石一 阿牛 以博 尔者".split()
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
TODAY = datetime.date(2018, 6, 30)


def table(name):
    with open(os.path.join(REFERENCE, name), encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


class Weighted:
    def __init__(self, items, weights):
        self.items, self.sums = list(items), list(itertools.accumulate(weights))

    def draw(self, rng):
        return rng.choices(self.items, cum_weights=self.sums)[0]


@dataclass
class Person:
    surname: str
    given: str
    sex: int  # 1 male, 0 female
    born: datetime.date
    region: str
    sequence: int = 0
    former: str = ""
    relation: str = ""
    phone: str = ""
    home: "Household" = None

    @property
    def name(self):
        return self.surname + self.given

    @property
    def number(self):
        digits = f"{self.region}{self.born:%Y%m%d}{self.sequence:03d}"
        return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, WEIGHTS)) % 11]


@dataclass
class Household:
    number: str
    place: "Village"
    group: int
    house: int
    members: list = field(default_factory=list)


@dataclass
class Village:
    county: tuple  # province, prefecture, county, code
    township: str
    name: str
    clans: list
    pool: list  # given characters that this village likes
    minority: bool


class World:
    """`homonyms`: share of villages where few given characters serve; `minority`: share of villages."""

    def __init__(self, rng, people, counties=COUNTIES[:2], homonyms=.15, minority=.03):
        self.rng, self.used, self.households = rng, set(), []
        surnames = [r for r in table("surnames.tsv") if float(r["pop_est_wan"] or 0) > 0]
        self.surnames = Weighted([r["surname"] for r in surnames], [float(r["pop_est_wan"]) for r in surnames])
        chars = [r for r in table("given_chars.tsv") if int(r["total"]) >= 5]
        self.given = {}
        for sex, lean in ((1, "M"), (0, "F")):
            liking = [{lean: 1, "B": .6}.get(r["gender_lean"] or "B", .08) for r in chars]
            for column in ("first_of_two", "second_of_two", "single"):
                weights = [l * (int(r[column]) ** .8) for l, r in zip(liking, chars)]
                self.given[sex, column] = Weighted([r["char"] for r in chars], weights)
        self.make_villages(people, counties, homonyms, minority)
        total = 0
        while total < people:
            total += len(self.make_household().members)

    def make_villages(self, people, counties, homonyms, minority):
        rng = self.rng
        history = {r["code"]: r for r in table("admin_county_history.tsv") if r["status"] == "current"}
        townships = {code: [t["name"] for t in table("admin_townships.tsv") if t["county_code"] == code] for code in counties}
        self.villages = []
        for i in range(max(3, people // 900)):
            code = counties[i % len(counties)]
            row = history[code]
            county = (row["province"], row["prefecture"], row["name"], code)
            tail = rng.choice(VILLAGE_TAILS)
            head = self.surnames.draw(rng) if tail.startswith("家") else rng.choice(VILLAGE_HEADS) + rng.choice(("", "", "树", "泉", "土")) 
            clans = [self.surnames.draw(rng) for _ in range(rng.randint(2, 5))]
            few = rng.random() < homonyms
            pool = [self.given[s, "first_of_two"].draw(rng) for s in (0, 1) for _ in range(6)] if few else []
            self.villages.append(Village(county, rng.choice(townships[code][:14]), head + tail + rng.choice(("村", "村", "村", "社区")),
                                         clans, pool, rng.random() < minority))

    def new_given(self, village, sex, generation=""):
        rng = self.rng
        if generation:
            return generation + self.given[sex, "second_of_two"].draw(rng)
        if village.pool and rng.random() < .7:
            return rng.choice(village.pool) + rng.choice(village.pool)
        if rng.random() < .18:
            return self.given[sex, "single"].draw(rng)
        return self.given[sex, "first_of_two"].draw(rng) + self.given[sex, "second_of_two"].draw(rng)

    def new_person(self, village, sex, born, surname=None, generation="", relation=""):
        rng = self.rng
        if village.minority:
            style = len(village.clans) % 3
            if style == 0:
                surname, given = "", rng.choice(MINORITY_GIVEN[:15]) + "·" + rng.choice(MINORITY_GIVEN[:15])
            elif style == 1:
                surname, given = "", rng.choice(MINORITY_GIVEN[15:]) + rng.choice(MINORITY_GIVEN[15:])
            else:
                surname, given = rng.choice(YI_CLANS), rng.choice(YI_GIVEN)
        else:
            surname = surname or (rng.choice(village.clans) if rng.random() < .7 else self.surnames.draw(rng))
            given = self.new_given(village, sex, generation)
        region = village.county[3] if rng.random() < .93 else rng.choice(COUNTIES)
        person = Person(surname, given, sex, born, region, relation=relation)
        if rng.random() < .03:
            person.former = surname + self.new_given(village, sex)
        self.give_number(person)
        return person

    def give_number(self, person, sequence=None):
        while True:
            person.sequence = sequence if sequence is not None else self.rng.randrange(500) * 2 + person.sex
            if person.number not in self.used:
                return self.used.add(person.number)
            sequence = None

    def birthday(self, year):
        return min(datetime.date(min(year, 2018), 1, 1) + datetime.timedelta(self.rng.randrange(365)), TODAY)

    def make_household(self):
        rng = self.rng
        village = rng.choice(self.villages)
        home = Household(f"{len(self.households) + 1:07d}", village, rng.randint(1, 12), rng.randint(1, 180))
        self.households.append(home)
        year = rng.randint(1930, 1992)
        head = self.new_person(village, int(rng.random() < .8), self.birthday(year), relation="户主")
        home.members.append(head)
        if rng.random() < .75:
            home.members.append(self.new_person(village, 1 - head.sex, self.birthday(year + rng.randint(-4, 5)), relation="配偶"))
        generation = self.given[1, "first_of_two"].draw(rng) if rng.random() < .5 else ""
        for _ in range(rng.choices((0, 1, 2, 3, 4), (25, 30, 28, 12, 5))[0]):
            born = self.birthday(year + rng.randint(20, 34))
            if born >= TODAY:
                continue
            sex = rng.randrange(2)
            child = self.new_person(village, sex, born, head.surname, generation, "子" if sex else "女")
            home.members.append(child)
            if rng.random() < .02:
                sex = sex if rng.random() < .7 else 1 - sex
                twin = self.new_person(village, sex, born, head.surname, generation, "子" if sex else "女")
                twin.region = child.region
                self.give_number(twin, child.sequence + 2 if child.sequence < 997 and sex == child.sex else None)
                home.members.append(twin)
        if rng.random() < .15:
            home.members.append(self.new_person(village, rng.randrange(2), self.birthday(year - rng.randint(20, 30)), head.surname if head.sex else None, "", "父母"))
        family_phone = self.new_phone()
        for member in home.members:
            member.home = home
            member.phone = family_phone if rng.random() < .5 else self.new_phone()
        return home

    def new_phone(self):
        return self.rng.choice(("130", "133", "135", "138", "139", "150", "152", "158", "177", "182", "187", "189")) + f"{self.rng.randrange(10**8):08d}"
