// What the scripts of a review's report share. Without them all words can still be read.
"use strict";
const byId = (id) => document.getElementById(id);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const counted = (count, what, several = `${what}s`) => `${count.toLocaleString("en-GB")} ${count === 1 ? what : several}`;

function make(tag, properties = {}, ...children) {
  const { data, ...rest } = properties;
  const element = Object.assign(document.createElement(tag), rest);
  Object.assign(element.dataset, data);
  element.append(...children);
  return element;
}

function go(target, block = "start") {
  target.scrollIntoView({ block });
  target.focus({ preventScroll: true });
}

document.documentElement.classList.add("scripted");
