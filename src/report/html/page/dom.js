// Making elements. Data goes in as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

/** An HTML element; a function among the attributes listens to the event of that name. */
function el(name, attributes, ...children) {
  return furnish(document.createElement(name), attributes, children);
}

/** An SVG element. */
function svg(name, attributes, ...children) {
  return furnish(document.createElementNS(SVG, name), attributes, children);
}

function furnish(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function byId(id) {
  return document.getElementById(id);
}

/** A button that looks like what it stands in. */
function button(attributes, ...children) {
  return el("button", { type: "button", ...attributes }, ...children);
}

/** A word of the page in the reader's language. */
function say(key, ...values) {
  const word = (WORDS[key] || [key, key])[state.language === "zh" ? 1 : 0];
  return word.replace(/\{(\d)\}/g, (_, index) => String(values[index]));
}

/** A noun with its number. */
function count(number, one, many) {
  return number === 1 ? say(one, 1) : say(many, amount(number));
}

function amount(number) {
  return number.toLocaleString(state.language === "zh" ? "zh-CN" : "en-GB");
}

/** A text of the pack in the reader's language, else in the first in which it was given. */
function text(texts) {
  if (!texts) return "";
  const own = texts[pack.languages.indexOf(state.language)];
  return own || texts.find(Boolean) || "";
}

/** A text in the page's two languages, as findings have it. */
function spoken(texts) {
  if (!texts) return "";
  return texts[state.language === "zh" ? 1 : 0] || texts.find(Boolean) || "";
}

/** A message, with what stands in backquotes set as code. */
function prose(words) {
  return words.split(/`([^`]*)`/).map((part, index) => index % 2 === 1 ? el("code", {}, part) : part);
}

/** A mark that says the same as its colour. */
const SIGNS = { compliant: "✓", violating: "✕", undetermined: "?", invalid: "!", error: "✕", warning: "!", note: "i", waived: "–" };

function sign(kind) {
  return el("span", { class: `sign ${kind}`, "aria-hidden": "true" }, SIGNS[kind]);
}

function badge(kind) {
  return el("span", { class: `badge ${kind}` }, sign(kind), say(kind));
}
