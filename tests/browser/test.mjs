// The page in a real browser: node test.mjs FOLDER, which holds 5.html, 5000.html and hostile.html.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { chromium } from "playwright-core";

const folder = resolve(process.argv[2]);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args });
let failed = 0;

function expect(holds, what) {
  if (holds) return;
  failed += 1;
  console.error(`FAILED: ${what}`);
}

/** Opens a page; whatever its console complains of is a failure. */
async function open(name, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1400, height: 1000 }, ...options });
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && expect(false, `${name}: console: ${message.text()}`));
  page.on("pageerror", (error) => expect(false, `${name}: ${error.message}`));
  page.on("dialog", (dialog) => dialog.dismiss().then(() => expect(false, `${name}: a dialog`)));
  page.on("request", (request) => expect(/^(file|data|blob):/.test(request.url()), `${name}: asked for ${request.url()}`));
  const begun = performance.now();
  await page.goto(`file://${folder}/${name}`);
  if (options.javaScriptEnabled !== false) await page.waitForSelector("#cards > *");
  return { page, opened: Math.round(performance.now() - begun) };
}

async function violations(page) {
  await page.evaluate(`${axe}; 0`);
  const found = await page.evaluate(() => axe.run().then((result) => result.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`)));
  return found;
}

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1400, 390]) {
    const { page } = await open("5.html", { colorScheme, viewport: { width, height: 1000 } });
    for (const language of ["en", "zh"]) {
      await page.click(`[data-language=${language}]`);
      await page.click("#open-all");
      for (const one of await violations(page)) expect(false, `${language} ${colorScheme} ${width}: ${one}`);
      expect(await page.getAttribute("html", "lang") === language, `the page is in ${language}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${width}: nothing is wider than the screen`);
    }
    await page.close();
  }
}

for (const name of ["5.html", "5000.html"]) {
  const { page, opened } = await open(name);
  console.log(`${name} opens in ${opened} ms`);
  expect(opened < 10_000, `${name} opens in time`);
  expect(await page.locator("#cards > details").count() <= 160, `${name}: cards are made as they are scrolled to`);
  await page.close();
}

{
  const { page } = await open("5000.html");
  const shown = async () => Number((await page.textContent("#shown")).split(" ")[0].replace(",", ""));
  const all = await shown();
  await page.click("[data-choice='t:anyang']");
  const anyang = await shown();
  expect(anyang > 0 && anyang < all, "a station filters the list");
  expect(await page.getAttribute("[data-choice='t:anyang']", "aria-pressed") === "true", "the station is pressed");
  await page.click("[data-choice='l:jing-guang-cities']");
  expect(await shown() > anyang, "a line stands for all its stations");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  expect((await page.locator("#map [aria-pressed=true]").count()) === 1, "arrow keys and Enter choose on the map");
  await page.click("#chips .plain");
  expect(await shown() === all, "clearing shows everything");
  await page.click(".figure.violating");
  expect((await page.locator("#cards > details:not(.violating)").count()) === 0, "a status filters the list");
  await page.click("#chips .plain");
  await page.fill("input[type=search]", "anyang inland");
  await page.waitForFunction((all) => Number(document.querySelector("#shown").textContent.split(" ")[0].replace(",", "")) < all, all);
  await page.click("#chips .plain");
  await page.click("#matrix td button");
  expect(await shown() < all && (await page.locator("#matrix td [aria-pressed=true]").count()) === 1, "a number of the matrix chooses place and directive");
  await page.click("#cards summary");
  expect((await page.locator("#cards mark").count()) > 0, "the place is marked in the proposal's lines");
  expect((await page.locator("#cards [aria-pressed]").count()) === 0 && (await page.locator("#cards .finding").count()) > 0, "findings are made as they are opened");
  await page.emulateMedia({ media: "print" });
  expect(!(await page.isVisible("#filters")), "controls stay off paper");
  await page.close();
}

{
  const { page } = await open("hostile.html");
  await page.click("#open-all");
  expect((await page.evaluate(() => window.hit)) === undefined, "hostile text drives nothing");
  expect((await page.locator("main img, main iframe, main a[href^=javascript], main script:not([type])").count()) === 0, "hostile text makes no element");
  expect((await page.textContent("#cards")).includes("<script>window.hit = 1</script>"), "hostile text is shown");
  await page.close();
}

{
  const { page } = await open("5.html", { javaScriptEnabled: false });
  expect(await page.isVisible(".fallback table"), "without scripts the counts are there");
  expect(!(await page.isVisible("#filters")), "and no dead controls");
  await page.close();
}

await browser.close();
console.log(failed === 0 ? "browser tests passed" : `${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
