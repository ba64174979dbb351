"""The style of the review sheet: quiet, in light and in dark, on a narrow screen and on A4."""

from __future__ import annotations

STYLE = """\
:root {
  color-scheme: light dark;
  --ink: #1a1a1a; --quiet: #4a4f55; --page: #fff; --ground: #f5f6f7; --line: #6b7280; --link: #1d4f7c;
  --went: #8c1d18; --went-ground: #fbeaea; --came: #14532d; --came-ground: #e7f5ec;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #f0f0f0; --quiet: #c3c9d0; --page: #16181b; --ground: #22262b; --line: #8d96a0; --link: #9cc7ee;
    --went: #ffb4ab; --went-ground: #46201d; --came: #a6e3bb; --came-ground: #173a26;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Arial, sans-serif;
}
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 {
  margin: 2.5rem 0 1rem; padding-top: 1rem; border-top: 3px solid var(--line);
  font-size: 1.3rem; line-height: 1.3;
}
h3 { margin: 1.5rem 0 0.4rem; font-size: 1.05rem; }
p { margin: 0 0 0.6rem; }
a { color: var(--link); }
a:focus-visible, .region:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
code { font-size: 0.95em; overflow-wrap: anywhere; }
.region { overflow-x: auto; }
.region :is(th, td) { overflow-wrap: normal; }
table { width: 100%; border-collapse: collapse; }
caption { padding: 0.3rem 0; color: var(--quiet); font-weight: 600; text-align: left; }
th, td { padding: 0.4rem 0.6rem; border: 1px solid var(--line); text-align: left; vertical-align: top; }
th { background: var(--ground); font-weight: 600; }
.about th, .decision th { width: 30%; }
.words { padding: 0.6rem 1rem; border-left: 4px solid var(--line); background: var(--ground); }
.words p:last-child { margin-bottom: 0; }
.words + p { margin-top: 1rem; }
del { background: var(--went-ground); color: var(--went); text-decoration: line-through; }
ins { background: var(--came-ground); color: var(--came); text-decoration: underline; }
.decision { margin-top: 1.5rem; padding: 0 1rem 1rem; border: 2px solid var(--ink); }
.decision h3 { margin-top: 0.8rem; }
.choices { margin: 0 0 1rem; padding: 0; list-style: none; }
.choices li { display: flex; align-items: baseline; gap: 0.6rem; margin: 0.35rem 0; }
.box { flex: none; width: 1rem; height: 1rem; border: 2px solid var(--ink); transform: translateY(0.15rem); }
.decision td { height: 2.6rem; }
.heard {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap;
}
@media (width <= 34rem) {
  .about, .about caption, .about tbody, .about tr, .about th, .about td { display: block; width: auto; }
  .about td { border-top: 0; }
  .about tr + tr th { border-top: 0; }
}
@media (forced-colors: active) {
  .words, .decision, .box, th, td { border-color: CanvasText; }
}
@page { size: A4; margin: 16mm; }
@media print {
  :root {
    color-scheme: light;
    --ink: #000; --quiet: #333; --page: #fff; --ground: #f2f2f2; --line: #555; --link: #000;
    --went: #8c1d18; --went-ground: #fff; --came: #14532d; --came-ground: #fff;
  }
  body { font-size: 10.5pt; line-height: 1.4; }
  main { max-width: none; padding: 0; }
  .entry { break-before: page; }
  .entry h2 { margin-top: 0; border-top: 0; padding-top: 0; }
  h1, h2, h3, caption { break-after: avoid; }
  .decision, tr, .words p { break-inside: avoid; }
  p { orphans: 3; widows: 3; }
  .region { overflow: visible; }
  a { text-decoration: none; }
}
"""
