// What the pages do better with a script. None of them needs it.
"use strict";

// What is selected in a passage or a report is quoted, the marks in it turned as
// in a quotation. Numbers of paragraphs are no text.
function selectedIn(place) {
  const selection = document.getSelection();
  if (!place || !selection.rangeCount || selection.isCollapsed || !place.contains(selection.getRangeAt(0).commonAncestorContainer)) {
    return "";
  }
  const part = selection.getRangeAt(0).cloneContents();
  part.querySelectorAll(".number, .damaged, .record").forEach((e) => e.remove());
  const turned = { "“": "‘", "”": "’", "‘": "“", "’": "”" };
  const text = part.textContent.trim().replace(/\s+/g, " ").replace(/[“”‘’]/g, (c) => turned[c]);
  return text && `“${text}”`;
}

// quoted is the lines of a quotation: what is selected in the text that it is of,
// or else what the page proposes, and the reference.
function quoted(quotation) {
  const places = quotation.closest(".hit")?.querySelectorAll("blockquote, .around") ?? document.querySelectorAll("main.report .text");
  const own = [...places].map(selectedIn).find(Boolean);
  const lines = [...quotation.querySelectorAll(own ? "p:not(.quote)" : "p")].map((p) => p.textContent);
  return (own ? [own, ...lines] : lines).join("\n");
}

// Quotations get a button that copies them. It leaves what is selected as it is.
function addCopyButtons(root) {
  for (const quotation of root.querySelectorAll(".quotation")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "复制";
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", async () => {
      button.textContent = (await copy(quoted(quotation))) ? "已复制" : "请手动复制";
      setTimeout(() => { button.textContent = "复制"; }, 3000);
    });
    quotation.append(button);
  }
}

// Without a secure connection there is no clipboard, but a selection can be
// copied.
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

// What stands around a passage opens in its place, and the address says so.
async function unfold(link) {
  if (link.ariaBusy === "true") {
    return;
  }
  const hit = link.closest(".hit");
  const shown = hit.querySelector(".around");
  if (shown) {
    shown.remove();
  } else {
    link.ariaBusy = "true";
    try {
      const answer = await fetch(link.dataset.fragment);
      if (!answer.ok) {
        throw new Error(answer.statusText);
      }
      hit.insertAdjacentHTML("beforeend", await answer.text());
    } catch {
      location.assign(link.href);
      return;
    } finally {
      link.ariaBusy = "false";
    }
  }
  link.textContent = shown ? "上下文" : "收起上下文";
  link.setAttribute("aria-expanded", String(!shown));
  const here = new URL(location.href);
  const passage = new URL(link.dataset.fragment, location.href).searchParams.get("id");
  if (shown) {
    here.searchParams.delete("context");
  } else {
    here.searchParams.set("context", passage);
  }
  history.replaceState(null, "", here);
}

// On a report the marks can be walked through.
function walkMarks() {
  const marks = [...document.querySelectorAll(".text mark")];
  const steps = document.querySelector(".steps");
  if (!marks.length || !steps) {
    return () => {};
  }
  let at = -1;
  const total = document.getElementById("found-at");
  const step = (by) => {
    marks[at]?.classList.remove("now");
    at = at < 0 && by < 0 ? marks.length - 1 : (at + by + marks.length) % marks.length;
    const mark = marks[at];
    mark.classList.add("now");
    mark.setAttribute("tabindex", "-1");
    mark.focus({ preventScroll: true });
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    mark.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    total.textContent = `第 ${at + 1} 处，共 ${marks.length} 处`;
  };
  steps.hidden = false;
  document.getElementById("next").addEventListener("click", () => step(1));
  document.getElementById("prev").addEventListener("click", () => step(-1));
  return step;
}

function focusSearch() {
  const box = document.querySelector("input[type=search]");
  box?.focus();
  box?.select();
}

// Keys of one letter can be turned off, for those who dictate or type with
// switches.
function listenToKeys(step) {
  const toggle = document.getElementById("keys");
  const set = (on) => toggle.setAttribute("aria-pressed", String(on));
  const remembered = () => { try { return localStorage.getItem("keys") !== "off"; } catch { return true; } };
  document.querySelector(".keys").hidden = false;
  document.querySelector(".on-report").hidden = !document.querySelector(".text mark");
  set(remembered());
  toggle.addEventListener("click", () => {
    const on = toggle.getAttribute("aria-pressed") !== "true";
    set(on);
    try { localStorage.setItem("keys", on ? "on" : "off"); } catch { /* it holds for this page */ }
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || toggle.getAttribute("aria-pressed") !== "true") {
      return;
    }
    const act = { "/": () => focusSearch(), n: () => step(1), p: () => step(-1) }[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });
}

// What says what a number is can be sent away without moving from it.
function closeRecords() {
  for (const shown of document.querySelectorAll(".numbered:hover, .numbered:focus-within")) {
    shown.classList.add("closed");
    for (const leaving of ["mouseleave", "focusout"]) {
      shown.addEventListener(leaving, () => shown.classList.remove("closed"), { once: true });
    }
  }
}

// A page that was kept still says the day on which it is read.
function dateCitations() {
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" }).format();
  for (const date of document.querySelectorAll("time.read")) {
    date.dateTime = date.textContent = today;
  }
}

// Where there is room for it beside the text the outline is open.
function openOutline() {
  const outline = document.querySelector(".outline details");
  if (outline && matchMedia("(min-width: 75rem)").matches) {
    outline.open = true;
  }
}

openOutline();
dateCitations();
addCopyButtons(document);
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.context");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    unfold(link);
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    closeRecords();
  }
});
listenToKeys(walkMarks());
