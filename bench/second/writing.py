"""How an office writes a person: errors at the rates of shared/figures.md §1, address and date spellings."""
import datetime
from collections import defaultdict

from population import Weighted, table

RATES = {"id_missing": .06, "id_one_digit": .02, "id_swapped": .01, "id_15": .02, "homophone": .03, "lookalike": .015,
         "traditional": .01, "surname_changed": .003, "given_missing": .003, "birth_swapped": .007, "birth_year_off": .015}
OTHER_RATES = {"phone_missing": .40, "address_other": .30}


class Confusions:
    """Characters taken for one another: same syllable, like shape, traditional form."""

    def __init__(self):
        rows = {r["char"]: r for r in table("given_chars.tsv")}
        common = {c: int(r["total"]) for c, r in rows.items()}
        by_sound, self.sounds = defaultdict(list), {}
        for row in table("pinyin.tsv"):
            if row["char"] in common and row["syllables"]:
                self.sounds[row["char"]] = row["syllables"].split(",")[0]
                by_sound[self.sounds[row["char"]]].append(row["char"])
        self.by_sound = {s: Weighted(cs, [common[c] + 1 for c in cs]) for s, cs in by_sound.items() if len(cs) > 1}
        self.shapes, self.traditional = defaultdict(list), {}
        for row in table("glyph_similar.tsv"):
            if float(row["score"]) >= .7 and (row["a"] in common) and (row["b"] in common):
                self.shapes[row["a"]].append(row["b"])
                self.shapes[row["b"]].append(row["a"])
        for row in table("trad_simp_variants.tsv"):
            if row["relation"] == "trad_simp" and row["target"] != row["char"] and len(row["char"]) == 1:
                self.traditional.setdefault(row["target"], row["char"])

    def homophone(self, rng, c):
        if self.sounds.get(c) not in self.by_sound:
            return c
        for _ in range(9):
            other = self.by_sound[self.sounds[c]].draw(rng)
            if other != c:
                return other
        return c

    def lookalike(self, rng, c):
        return rng.choice(self.shapes[c]) if self.shapes.get(c) else c


def replace_one(rng, name, change):
    """Changes one character that can be changed, from a random place on; the name itself if there is none."""
    places = list(range(len(name)))
    rng.shuffle(places)
    for i in places:
        other = change(name[i])
        if other != name[i]:
            return name[:i] + other + name[i + 1:]
    return name


class Observer:
    """Writes persons with errors; write(person) gives the values and the names of the errors made."""

    def __init__(self, rng, confusions, world, factor=1, others=OTHER_RATES):
        self.rng, self.confusions, self.world, self.others = rng, confusions, world, others
        self.rates = {e: r * factor for e, r in RATES.items()}

    def write(self, person):
        values = {"name": person.name, "number": person.number, "born": person.born, "phone": person.phone,
                  "other_address": False}
        errors = [e for e, rate in {**self.rates, **self.others}.items() if self.rng.random() < rate]
        if sum(e.startswith("id_") for e in errors) > 1:  # a number is wrong in one way
            first = next(e for e in errors if e.startswith("id_"))
            errors = [e for e in errors if not e.startswith("id_") or e == first]
        return values, [e for e in errors if getattr(self, e)(person, values)]

    def id_missing(self, _, values):
        values["number"] = ""
        return True

    def id_one_digit(self, _, values):
        i = self.rng.randrange(17)
        digit = self.rng.choice([d for d in "0123456789" if d != values["number"][i]])
        values["number"] = values["number"][:i] + digit + values["number"][i + 1:]
        return True

    def id_swapped(self, _, values):
        number = values["number"]
        places = [i for i in range(16) if number[i] != number[i + 1]]
        i = self.rng.choice(places)
        values["number"] = number[:i] + number[i + 1] + number[i] + number[i + 2:]
        return True

    def id_15(self, person, values):
        if person.born.year >= 2000:
            return False
        values["number"] = values["number"][:6] + values["number"][8:17]
        return True

    def change_name(self, values, change):
        before = values["name"]
        values["name"] = replace_one(self.rng, before, change)
        return values["name"] != before

    def homophone(self, _, values):
        return self.change_name(values, lambda c: self.confusions.homophone(self.rng, c))

    def lookalike(self, _, values):
        return self.change_name(values, lambda c: self.confusions.lookalike(self.rng, c))

    def traditional(self, _, values):
        return self.change_name(values, lambda c: self.confusions.traditional.get(c, c))

    def surname_changed(self, person, values):
        if not person.surname:
            return False
        values["name"] = self.world.surnames.draw(self.rng) + values["name"][len(person.surname):]
        return values["name"] != person.name

    def given_missing(self, person, values):
        if len(values["name"]) < 3:
            return False
        i = self.rng.randrange(max(1, len(person.surname)), len(values["name"]))
        values["name"] = values["name"][:i] + values["name"][i + 1:]
        return True

    def birth_swapped(self, _, values):
        born = values["born"]
        if born.day > 12 or born.day == born.month:
            return False
        values["born"] = born.replace(month=born.day, day=born.month)
        return True

    def birth_year_off(self, _, values):
        born = values["born"]
        values["born"] = (born - datetime.timedelta(1) if born.month == 2 and born.day == 29 else born)
        values["born"] = values["born"].replace(year=born.year + self.rng.choice((-1, 1)))
        return True

    def phone_missing(self, _, values):
        values["phone"] = ""
        return True

    def address_other(self, _, values):
        values["other_address"] = True
        return True


CHINESE_DIGITS = "零一二三四五六七八九"


def chinese_number(n):
    """1 to 99 in words."""
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else CHINESE_DIGITS[tens] + "十") + (CHINESE_DIGITS[ones] if ones else "")


def full_address(home):
    province, prefecture, county, _ = home.place.county
    return f"{province}{prefecture}{county}{home.place.township}{home.place.name}{home.group}组{home.house}号"


def county_address(home):
    return f"{home.place.county[2]}{home.place.township}{home.place.name}{chinese_number(home.group)}社"


def village_address(home):
    return f"{home.place.township}{home.place.name}村民小组第{home.group}组"


def spoken_address(home):
    return f"{home.place.name.removesuffix('村')}{chinese_number(home.group)}组"


def other_address(rng, home):
    """The same place in another way, or a place of work far away."""
    return rng.choice((county_address, village_address, spoken_address, lambda h: f"{h.place.county[0]}{h.place.county[2]}{h.place.name}",
                       lambda h: "", lambda h: f"浙江省温州市瓯海区娄桥街道{rng.randint(1, 99)}号"))(home)


DATES = {
    "iso": lambda d: d.isoformat(),
    "dots": lambda d: f"{d.year}.{d.month}.{d.day}",
    "slashes": lambda d: f"{d.year}/{d.month}/{d.day}",
    "plain": lambda d: f"{d:%Y%m%d}",
    "chinese": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "month": lambda d: f"{d.year}.{d.month:02d}",
    "clock": lambda d: f"{d.year}/{d.month}/{d.day} 0:00:00",
    "serial": lambda d: str((d - datetime.date(1899, 12, 30)).days),
    "english": lambda d: f"{d:%d/%m/%Y}",
}
