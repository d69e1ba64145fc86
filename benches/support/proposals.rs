//! A corpus of proposals for the bench pack, made from a number: the same number makes the same bytes on every machine.
//!
//! Each proposal fills every field of `benches/pack/proposal.plan`, with English and Chinese text, about as long as real ones.

use std::fmt::Write as _;

const CITIES: [(&str, &str, &str); 18] = [
    ("zhengzhou", "郑州", "410100"),
    ("kaifeng", "开封", "410200"),
    ("luoyang", "洛阳", "410300"),
    ("pingdingshan", "平顶山", "410400"),
    ("anyang", "安阳", "410500"),
    ("hebi", "鹤壁", "410600"),
    ("xinxiang", "新乡", "410700"),
    ("jiaozuo", "焦作", "410800"),
    ("puyang", "濮阳", "410900"),
    ("xuchang", "许昌", "411000"),
    ("luohe", "漯河", "411100"),
    ("sanmenxia", "三门峡", "411200"),
    ("nanyang", "南阳", "411300"),
    ("shangqiu", "商丘", "411400"),
    ("xinyang", "信阳", "411500"),
    ("zhoukou", "周口", "411600"),
    ("zhumadian", "驻马店", "411700"),
    ("jiyuan", "济源", "419001"),
];
const WORKS: [(&str, &str); 4] = [
    ("freight yard", "货运站场"),
    ("riverside park", "滨河公园"),
    ("tool works", "工具制造厂"),
    ("district heating network", "集中供热管网"),
];
const SENTENCES: [&str; 6] = [
    "The works are laid out so that the old quarter keeps its streets and the new one gets its mains.",
    "Some {n} people will work there once it is open, most of them from the neighbouring townships.",
    "Land is taken from the stock of disused plots, and {n} trees are planted along the embankment.",
    "项目利用存量用地建设，配套管网与主体工程同步实施。",
    "预计提供就业岗位{n}个，优先面向周边乡镇居民。",
    "工程建成后与相邻城市共享设施，降低企业运输成本。",
];
const FUNCTIONS: [&str; 9] = [
    "logistics",
    "opening-up",
    "innovation",
    "culture",
    "advanced-manufacturing",
    "cultural-tourism",
    "industry-aggregation",
    "central-urban-area",
    "public-services",
];
const ENDPOINTS: [&str; 4] = ["anyang", "shangqiu", "xinyang", "sanmenxia"];
const JING_GUANG: [&str; 8] = ["anyang", "hebi", "xinxiang", "zhengzhou", "xuchang", "luohe", "zhumadian", "xinyang"];
const LONGHAI: [&str; 5] = ["shangqiu", "kaifeng", "zhengzhou", "luoyang", "sanmenxia"];

/// Numbers that look random: the generator of Steele, Lea and Flood ("SplitMix").
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[usize::try_from(self.below(of.len() as u64)).unwrap()]
    }

    fn some(&mut self, of: &[&'static str], least: u64, most: u64) -> Vec<&'static str> {
        let mut rest = of.to_vec();
        let many = least + self.below(most - least + 1);
        (0..many).map(|_| rest.swap_remove(usize::try_from(self.below(rest.len() as u64)).unwrap())).collect()
    }

    fn day(&mut self, year: u64) -> String {
        format!("{year}-{:02}-{:02}", 1 + self.below(12), 1 + self.below(28))
    }
}

/// A proposal on one line, and the city whose folder it would lie in. Every hundred proposals, `breaches` break one rule each.
pub fn proposal(number: u64, breaches: u64) -> (String, &'static str) {
    let mut random = Numbers(number.wrapping_mul(0x2545_F491_4F6C_DD1D));
    let breach = (number * 37 % 100 < breaches).then_some(number % 3);
    let (city, chinese, code) = *random.one(&CITIES);
    let (works, works_chinese) = *random.one(&WORKS);
    let mut functions = random.some(&FUNCTIONS, 1, 4);
    if matches!(city, "zhengzhou" | "luoyang") && !functions.contains(&"innovation") {
        functions.push("innovation");
    }
    let sentences: Vec<String> = random
        .some(&SENTENCES, 3, 5)
        .into_iter()
        .map(|text| text.replace("{n}", &random.below(9000).to_string()))
        .collect();
    let belts: Vec<&str> = [("jing-guang", &JING_GUANG[..]), ("longhai", &LONGHAI[..])]
        .into_iter()
        .filter_map(|(belt, cities)| cities.contains(&city).then_some(belt))
        .collect();
    let id = format!("2{:03}-{code}-04-01-{:06}", 501 + random.below(12), number % 1_000_000);
    let id = if breach == Some(0) { id.replace("-41", "-42") } else { id };
    let roles = if ENDPOINTS.contains(&city) { r#","roles":["opening-up"]"# } else { "" };
    let amounts: Vec<u64> = (0..2 + random.below(3)).map(|_| 100 + random.below(90_000)).collect();
    let total = amounts.iter().sum::<u64>() + u64::from(breach == Some(1));
    let sources = ["central-budget", "bank-loan", "own-funds", "special-bond"];
    let funding: Vec<String> = amounts
        .iter()
        .zip(sources)
        .map(|(amount, source)| format!(r#"{{"source":"{source}","amount":{{"amount":{amount},"unit":"万元"}}}}"#))
        .collect();
    let (start, end) = (random.day(2026), random.day(2028));
    let (start, end) = if breach == Some(2) { (end, start) } else { (start, end) };
    let approvals: Vec<String> = ["environmental-impact", "site-selection", "land-pre-review"]
        .iter()
        .map(|kind| {
            let (number, date) = (random.below(300), random.day(2026));
            format!(
                r#"{{"kind":"{kind}","status":"granted","number":"{chinese}审〔2026〕{number}号","date":"{date}"}}"#
            )
        })
        .collect();
    let outcomes: Vec<String> = ["trains a week 每周班列", "jobs 新增岗位", "visitors a year 年接待游客"]
        .iter()
        .map(|indicator| {
            let (baseline, target) = (random.below(900), random.below(5000));
            format!(r#"{{"indicator":"{indicator}","baseline":{baseline}.5,"target":{target},"unit":"个"}}"#)
        })
        .collect();
    let area = 20 + random.below(1500);
    let mut out = String::with_capacity(2500);
    let _infallible = write!(
        out,
        r#"{{"id":"{id}","title":"{works} of {city} {chinese}{works_chinese}","summary":"{}","city":"{city}","county":"{}02","applicant":{{"name":"{city} works company {chinese}市建设有限公司","uscc":"91{code}MA3X0YHK0N"}},"approval":"approval","sector":"transport 交通运输","functions":[{}]{roles},"belts":[{}],"region":"northeast","basins":["yellow-river"],"programmes":["old-industrial-renewal"],"strategies":["rise-of-central-china","belt-and-road"],"partners":[{{"city":"hebi","contribution":"wagons and drivers 车辆与司机"}},{{"place":"Wuhan","contribution":"market access 市场准入"}}],"investment":{{"total":{{"amount":{total},"unit":"万元"}},"funding":[{}]}},"land":{{"area":{{"amount":{area},"unit":"亩"}},"occupies_basic_farmland":false}},"schedule":{{"start":"{start}","end":"{end}"}},"approvals":[{}],"outcomes":[{}],"departments":["transport","finance","natural-resources"]}}"#,
        sentences.join(" "),
        &code[..4],
        quoted(&functions),
        quoted(&belts),
        funding.join(","),
        approvals.join(","),
        outcomes.join(","),
    );
    (out, city)
}

/// Proposals from the first number on, one a line.
pub fn lines(many: u64, breaches: u64) -> String {
    let mut out = String::new();
    for number in 0..many {
        out.push_str(&proposal(number, breaches).0);
        out.push('\n');
    }
    out
}

fn quoted(terms: &[&str]) -> String {
    terms.iter().map(|term| format!("\"{term}\"")).collect::<Vec<_>>().join(",")
}
