/** The counter as one page without anything from elsewhere. */
import { PAGE_SCRIPT } from './page-script.ts';
import { PAGE_STYLE } from './page-style.ts';
import { LANGUAGE_NAMES, PAGE_LOCALES, PAGE_WORDS } from './page-words.ts';
import type { PageLocale } from './page-words.ts';

type Words = (typeof PAGE_WORDS)[PageLocale];
/** The act it starts, the value of the state in which it is pressed, its word, and how that state is to be taken. */
type Option = readonly [act: string, value: string, word: string, mood?: 'bad' | 'warn'];

export function counterPage(locale: PageLocale): string {
  const words = PAGE_WORDS[locale];
  const languages = PAGE_LOCALES.map(
    (other) =>
      `<a href="/?lang=${other}" lang="${other}"${other === locale ? ' aria-current="page"' : ''}>${LANGUAGE_NAMES[other]}</a>`,
  );
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${words.title}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header><h1>${words.title}</h1><p>${words.hint}</p><nav>${languages.join('')}</nav></header>
<main>
${printerCard(words)}
<div class="stack">
${displayCard(words)}
${drawerCard(words)}
${scannerCard(words)}
</div>
<section id="papers"><h2>${words.papers}</h2><p id="no-papers">${words.noPapers}</p><div class="list" id="paper-list"></div></section>
</main>
<p id="gone" role="alert" hidden>${words.gone}</p>
<script type="application/json" id="words">${JSON.stringify(words)}</script>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

function printerCard(words: Words): string {
  return `<section id="printer" hidden>
<div class="slot empty" id="slot"><img id="strip" alt="${words.paper}" hidden></div>
<div class="body" id="body"><div class="lid"></div><span id="printer-brand"></span><div class="lights"><i id="light-power"></i><i id="light-paper"></i><i id="light-error"></i></div></div>
<div class="card">
<h2>${words.printer} <small id="printer-name"></small><span class="pill" id="mood"></span></h2>
${addressLine('printer', words)}
<div class="rows">
${choice('paper', words.paper, [
  ['paper-load', 'ok', words.paperOk],
  ['paper-low', 'low', words.paperLow, 'warn'],
  ['paper-out', 'out', words.paperOut, 'bad'],
])}
${choice('cover', words.cover, [
  ['cover-close', 'closed', words.closed],
  ['cover-open', 'open', words.open, 'bad'],
])}
${choice('cutter', words.cutter, [
  ['cutter-free', 'free', words.free],
  ['cutter-jam', 'jammed', words.jammed, 'bad'],
])}
${choice('head', words.head, [
  ['head-cool', 'cool', words.cool],
  ['head-hot', 'hot', words.hot, 'bad'],
])}
${choice('power', words.power, [
  ['power-on', 'on', words.on],
  ['power-off', 'off', words.off, 'bad'],
])}
${cableChoice('cable', '', words)}
<div class="pair"><button type="button" class="wide" data-act="paper-tear">${words.tear}</button><button type="button" class="wide" data-act="paper-short">${words.shortRoll}</button></div>
</div>
<ul class="notes"><li id="bytes"></li></ul><ul class="notes" id="printer-notes"></ul>
</div>
</section>`;
}

function displayCard(words: Words): string {
  return `<section id="display" class="card display" hidden>
<h2>${words.display} <small id="display-name"></small></h2>
${addressLine('display', words)}
<img id="display-picture" alt="${words.display}">
<div class="rows">
${choice('display-power', words.power, [
  ['display-on', 'on', words.on],
  ['display-off', 'off', words.off, 'bad'],
])}
${cableChoice('display-cable', 'display-', words)}
</div>
<ul class="notes" id="display-notes"></ul>
</section>`;
}

function drawerCard(words: Words): string {
  return `<section id="drawer" class="card" hidden>
<h2>${words.drawer} <small id="openings"></small><span class="pill" id="drawer-mood"></span></h2>
<div class="till" id="till"><div class="box"></div><div class="tray"></div></div>
<div class="rows">
${choice('key', words.key, [
  ['drawer-unlock', 'unlocked', words.unlocked],
  ['drawer-lock', 'locked', words.locked, 'warn'],
])}
<button type="button" class="wide main" id="drawer-close" data-act="drawer-close">${words.close}</button>
</div>
</section>`;
}

function scannerCard(words: Words): string {
  return `<section id="scanner" class="card" hidden>
<h2>${words.scanner}</h2>
${addressLine('scanner', words)}
<div class="rows">
<form id="scan"><input id="scan-text" aria-label="${words.scanText}" placeholder="${words.scanText}" autocomplete="off"><button class="wide main">${words.scan}</button></form>
${cableChoice('scanner-cable', 'scanner-', words)}
</div>
</section>`;
}

function addressLine(device: string, words: Words): string {
  return `<p class="address"><span id="${device}-kind"></span><code id="${device}-address"></code><a href="/recordings/${device}.txt" target="_blank">${words.recording}</a></p>`;
}

function cableChoice(name: string, prefix: string, words: Words): string {
  return choice(name, words.cable, [
    [`${prefix}plug`, 'in', words.plugged],
    [`${prefix}unplug`, 'out', words.unplugged, 'bad'],
  ]);
}

function choice(name: string, label: string, options: readonly Option[]): string {
  const buttons = options.map(
    ([act, value, word, mood = '']) =>
      `<button type="button" class="${mood}" data-act="${act}" data-value="${value}" aria-pressed="false">${word}</button>`,
  );
  return `<div class="row"><b>${label}</b><div class="choice" role="group" aria-label="${label}" data-choice="${name}">${buttons.join('')}</div></div>`;
}
