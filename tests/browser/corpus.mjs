// Proposals for the browser tests: the same ones for the same number, some sound and some not.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const CITIES = [
  ["zhengzhou", "410100", ["logistics", "culture", "innovation"]], ["kaifeng", "410200", ["culture"]], ["luoyang", "410300", ["eco-city", "cultural-tourism"]],
  ["pingdingshan", "410400", ["infrastructure"]], ["anyang", "410500", ["opening-up"]], ["hebi", "410600", ["ecology"]], ["xinxiang", "410700", ["agriculture"]],
  ["jiaozuo", "410800", ["public-services"]], ["puyang", "410900", ["culture"]], ["xuchang", "411000", ["industry-aggregation"]], ["luohe", "411100", ["industry-aggregation"]],
  ["sanmenxia", "411200", ["belt-and-road-node"]], ["nanyang", "411300", ["central-urban-area"]], ["shangqiu", "411400", ["belt-and-road-node", "opening-up"]],
  ["xinyang", "411500", ["opening-up"]], ["zhoukou", "411600", ["agriculture"]], ["zhumadian", "411700", ["infrastructure"]], ["jiyuan", "419001", ["ecology"]],
];
const WORKS = [["inland port", "内陆港"], ["water treatment works", "污水处理厂"], ["vocational school", "职业学校"], ["cold-chain depot", "冷链基地"], ["wetland park", "湿地公园"], ["district heating", "集中供热"], ["research park", "科技园"], ["county hospital", "县医院"]];

/** A small generator of numbers, the same on every machine (mulberry32). */
function dice(seed) {
  let value = seed >>> 0;
  return (sides) => {
    value = (value + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(value ^ (value >>> 15), value | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

export function proposal(number) {
  const roll = dice(number);
  const [city, code, functions] = CITIES[roll(100) < 12 ? 0 : roll(CITIES.length)];
  const [english, chinese] = WORKS[roll(WORKS.length)];
  const one = {
    id: `2509-${roll(40) === 0 ? "410199" : code}-04-01-${String(number % 1000000).padStart(6, "0")}`,
    title: `${city[0].toUpperCase()}${city.slice(1)} ${english} ${number} ${chinese}`,
    city,
    applicant: { name: `${city} works company` },
    functions: roll(9) === 0 ? ["culture"] : functions,
    roles: roll(5) === 0 ? [] : ["opening-up"],
    strategies: ["rise-of-central-china"],
    departments: ["development-and-reform", "transport"],
    partners: [{ city: "zhengzhou", contribution: "block-train slots" }],
    investment: { total: { amount: 1000 + roll(9000), unit: "万元" } },
    schedule: { start: "2026-03-01", end: roll(30) === 0 ? "2025-03-01" : "2028-12-31" },
  };
  if (roll(4) === 0) one.basins = [["yellow-river", "huai-river", "hai-river"][roll(3)]];
  if (roll(6) === 0) one.belts = [["jing-guang", "longhai"][roll(2)]];
  if (roll(12) === 0) delete one.departments;
  if (roll(14) === 0) delete one.strategies;
  if (roll(25) === 0) one.sector = "casino";
  if (roll(40) === 0) delete one.functions;
  if (roll(18) === 0) one.roles = undefined;
  return one;
}

/** Everything that a page must show and not do. */
export const HOSTILE = [
  "<script>window.hit = 1</script>", "</script><script>window.hit = 2</script>", "\"><img src=x onerror=\"window.hit = 3\">", "<svg onload=window.hit=4>",
  "javascript:window.hit=5", "'; window.hit = 6; '", "<!-- <script>", "]]><a href=javascript:window.hit=7>x</a>", "\u202etxt.exe\u2066", "{{constructor.constructor('window.hit=8')()}}",
  "\u2028\u2029\u0000\u001b[31m", "=cmd|' /C calc'!A0", "<style>*{display:none}</style>", "&lt;b&gt; &amp;",
];

export function hostile() {
  return HOSTILE.map((text, index) => ({
    ...proposal(index + 1), id: text, title: text, city: index % 2 ? "anyang" : text, county: text, summary: text, [text]: text, functions: [text],
    partners: [{ place: text, contribution: text }],
  }));
}

/** Writes `count` proposals, one file each in folders by city. */
export function writeTree(folder, count) {
  for (let number = 1; number <= count; number += 1) {
    const one = proposal(number);
    mkdirSync(join(folder, one.city), { recursive: true });
    writeFileSync(join(folder, one.city, `${String(number).padStart(5, "0")}.json`), JSON.stringify(one, null, 2));
  }
}

export function writeLines(file, proposals) {
  writeFileSync(file, proposals.map((one) => `${JSON.stringify(one)}\n`).join(""));
}
