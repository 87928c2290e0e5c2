/** What the page does: asks for the state several times a second, shows it, and posts what is pressed. Runs in a browser as it stands. */
export const PAGE_SCRIPT = String.raw`
const words = JSON.parse(document.getElementById('words').textContent);
const find = (name) => document.querySelector(name);
const ASK_EVERY_MS = 350;
let shownVersion = -1;

function post(act, body = {}) {
  const options = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return fetch('/_control/' + act, options).then(ask, ask);
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-act]');
  if (button) post(button.dataset.act);
});
find('#scan').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = find('#scan-text').value;
  if (text !== '') post('scan', { text });
});

// Narrow rolls look narrow.
find('#strip').addEventListener('load', ({ target }) => {
  target.style.width = Math.round(target.naturalWidth * 0.48) + 'px';
});

function choose(name, value) {
  for (const button of document.querySelectorAll('[data-choice="' + name + '"] button')) {
    button.setAttribute('aria-pressed', String(button.dataset.value === value));
  }
}
function text(name, value) {
  const place = find(name);
  if (place.textContent !== value) place.textContent = value;
}
function notes(name, entries) {
  const lines = entries.map(([label, list]) => (list.length === 0 ? '' : label + ': ' + list.join(' · '))).filter(Boolean);
  find(name).replaceChildren(...lines.map((line) => Object.assign(document.createElement('li'), { textContent: line, className: 'bad' })));
}

function showPrinter(printer) {
  find('#printer').hidden = !printer;
  find('#papers').hidden = !printer;
  if (!printer) return;
  text('#printer-name', printer.model);
  text('#printer-address', printer.line.address);
  text('#printer-kind', printer.line.kind.toUpperCase());
  text('#printer-brand', printer.name);
  const isOnline = printer.paper !== 'out' && printer.cover === 'closed' && printer.fault === 'none';
  const mood = !printer.isPowered ? 'isOff' : !isOnline ? 'offline' : printer.isBusy ? 'busy' : 'ready';
  text('#mood', words[mood]);
  find('#mood').className = 'pill ' + mood;
  find('#body').className = 'body ' + (printer.cover === 'open' ? 'open' : '');
  find('#light-power').className = printer.isPowered ? 'green' : '';
  find('#light-paper').className = printer.isPowered && printer.paper !== 'ok' ? 'amber' : '';
  find('#light-error').className = printer.isPowered && !isOnline ? 'red' : '';
  choose('paper', printer.paper);
  choose('cover', printer.cover);
  choose('cutter', printer.isCutterJammed || printer.fault === 'cutter' ? 'jammed' : 'free');
  choose('head', printer.fault === 'overheat' ? 'hot' : 'cool');
  choose('power', printer.isPowered ? 'on' : 'off');
  choose('cable', printer.line.isPlugged ? 'in' : 'out');
  const waiting = printer.waitingBytes > 0 ? ', ' + printer.waitingBytes + ' ' + words.waiting : '';
  text('#bytes', printer.receivedBytes + ' ' + words.received + waiting);
  notes('#printer-notes', [[words.unknown, printer.unknown], [words.troubles, printer.troubles.map((trouble) => words.troubleNames[trouble] ?? trouble)]]);
}
function showDrawer(drawer) {
  find('#drawer').hidden = !drawer;
  if (!drawer) return;
  find('#till').className = 'till ' + (drawer.isOpen ? 'open' : '');
  text('#drawer-mood', drawer.isOpen ? words.drawerOpen : words.drawerClosed);
  find('#drawer-mood').className = 'pill ' + (drawer.isOpen ? 'busy' : 'ready');
  text('#openings', words.openings + ': ' + drawer.openings);
  find('#drawer-close').disabled = !drawer.isOpen;
  choose('key', drawer.isLocked ? 'locked' : 'unlocked');
}
function showDisplay(display) {
  find('#display').hidden = !display;
  if (!display) return;
  text('#display-name', display.dialect);
  text('#display-address', display.line.address);
  text('#display-kind', display.line.kind.toUpperCase());
  choose('display-power', display.isPowered ? 'on' : 'off');
  choose('display-cable', display.line.isPlugged ? 'in' : 'out');
  find('#display-picture').className = Array.isArray(display.shows) ? '' : 'tall';
  notes('#display-notes', [[words.unknown, display.unknown]]);
}
function showScanner(scanner) {
  find('#scanner').hidden = !scanner;
  if (!scanner) return;
  text('#scanner-address', scanner.line.address);
  text('#scanner-kind', scanner.line.kind.toUpperCase());
  choose('scanner-cable', scanner.line.isPlugged ? 'in' : 'out');
}
function showPictures({ version, pictures, display }) {
  if (version === shownVersion) return;
  shownVersion = version;
  // What was cut last lies on the printer until something new comes out.
  const strip = find('#strip');
  const onPrinter = pictures.hasStrip ? 'strip' : pictures.papers.length > 0 ? 'paper-' + pictures.papers[0] : undefined;
  strip.hidden = onPrinter === undefined;
  strip.className = pictures.hasStrip ? '' : 'cut';
  find('#slot').className = onPrinter === undefined ? 'slot empty' : 'slot';
  if (onPrinter) strip.src = '/pictures/' + onPrinter + '.png?v=' + version;
  if (display) find('#display-picture').src = '/pictures/display.png?v=' + version;
  find('#no-papers').hidden = pictures.papers.length > 0;
  const list = find('#paper-list');
  const kept = new Map([...list.children].map((link) => [link.dataset.number, link]));
  list.replaceChildren(...pictures.papers.map((number) => kept.get(String(number)) ?? paperLink(number)));
}
function paperLink(number) {
  const address = '/pictures/paper-' + number + '.png';
  const link = Object.assign(document.createElement('a'), { href: address, target: '_blank' });
  link.dataset.number = number;
  link.append(Object.assign(document.createElement('img'), { src: address, alt: words.paper + ' ' + number }));
  return link;
}

async function ask() {
  try {
    const state = await (await fetch('/_control/state')).json();
    find('#gone').hidden = true;
    showPrinter(state.printer);
    showDrawer(state.drawer);
    showDisplay(state.display);
    showScanner(state.scanner);
    showPictures(state);
    document.body.dataset.ready = 'yes';
  } catch {
    find('#gone').hidden = false;
  }
}
setInterval(ask, ASK_EVERY_MS);
ask();
`;
