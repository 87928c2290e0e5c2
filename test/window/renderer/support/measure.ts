/** Looks at a page as a ruler does: what sticks out, what is cut off, what is too small to touch, what is too pale to read. */
import type { Page } from 'playwright-core';

export type Findings = Readonly<{
  sticksOut: readonly string[];
  cutOff: readonly string[];
  tooSmall: readonly string[];
  tooPale: readonly string[];
}>;

/** Runs in the page. Names of people and shops may be shortened; lists may scroll; anything else must fit. */
const RULER = String.raw`(() => {
  const MAY_SHORTEN = '.brand-words strong, .who-words strong, .today-reference, .open-card-time';
  const MAY_SCROLL = '.today-list, .case-list, .case-scroll, .latest-list, .denomination-list, .facts, .rail, .people, .report-columns, .modal, .payout-choices, .payout-who, .banks, .payout-destination, .stage-body.doubt, .device-profiles, .device-file, .slip-roll';
  const found = { sticksOut: [], cutOff: [], tooSmall: [], tooPale: [] };
  const describe = (element) =>
    element.tagName.toLowerCase() + (typeof element.className === 'string' && element.className ? '.' + element.className.trim().replace(/\s+/g, '.') : '') +
    ' "' + (element.textContent || '').trim().slice(0, 40) + '"';
  const isShown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const isHiddenForEyes = (element) => element.closest('.visually-hidden') || (element.clientWidth <= 1 && element.clientHeight <= 1);

  if (document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight) {
    found.sticksOut.push('the page itself');
  }
  for (const element of document.body.querySelectorAll('*')) {
    if (element instanceof SVGElement || !isShown(element) || isHiddenForEyes(element)) continue;
    const style = getComputedStyle(element);
    if (style.display === 'inline') continue;
    if (element.scrollWidth > element.clientWidth + 1 && !element.matches(MAY_SHORTEN) && !element.matches('#root')) {
      found.sticksOut.push(describe(element) + ' ' + element.scrollWidth + ' > ' + element.clientWidth);
    }
    const scrolls = style.overflowY !== 'visible';
    if (scrolls && element.scrollHeight > element.clientHeight + 2 && !element.matches(MAY_SCROLL) && !element.matches(MAY_SHORTEN)) {
      found.cutOff.push(describe(element) + ' ' + element.scrollHeight + ' > ' + element.clientHeight);
    }
    const box = element.getBoundingClientRect();
    const inList = element.closest(MAY_SCROLL);
    if (!inList && box.width > 0 && (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1 || box.top < -1)) {
      found.cutOff.push(describe(element) + ' outside of the window');
    }
  }
  for (const region of document.querySelectorAll('.main, .side, .header, .customer, .stage-body')) {
    const bounds = region.getBoundingClientRect();
    for (const element of region.querySelectorAll('*')) {
      if (element instanceof SVGElement || element.closest('.fault-area, .visually-hidden') || !isShown(element)) continue;
      if (element.parentElement.closest(MAY_SCROLL)) continue;
      const box = element.getBoundingClientRect();
      if (box.width > 1 && (box.bottom > bounds.bottom + 1.5 || box.right > bounds.right + 1.5)) found.cutOff.push(describe(element) + ' leaves ' + describe(region).slice(0, 20));
    }
  }

  for (const control of document.querySelectorAll('button, a[href], label.reason, input:not(label.reason input)')) {
    if (!isShown(control) || isHiddenForEyes(control)) continue;
    const box = control.getBoundingClientRect();
    if (box.width < 47.5 || box.height < 47.5) found.tooSmall.push(describe(control) + ' ' + Math.round(box.width) + '×' + Math.round(box.height));
  }

  const brush = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const known = new Map();
  const rgba = (color) => {
    if (!known.has(color)) known.set(color, painted(color));
    return known.get(color);
  };
  const painted = (color) => {
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = color;
    brush.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = brush.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const backgroundOf = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const color = rgba(getComputedStyle(at).backgroundColor);
      if (color[3] > 0) layers.push(color);
      if (color[3] === 1) break;
    }
    return layers.reduceRight((below, layer) => over(layer, below), rgba(getComputedStyle(document.body).backgroundColor));
  };
  const light = ([red, green, blue]) => {
    const [r, g, b] = [red, green, blue].map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  for (const element of document.body.querySelectorAll('*')) {
    const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
    if (!hasText || element instanceof SVGElement || !isShown(element) || isHiddenForEyes(element)) continue;
    if (element.closest('[aria-disabled="true"], .keycap, [data-empty="true"]')) continue;
    const style = getComputedStyle(element);
    const below = backgroundOf(element);
    const [text, back] = [light(over(rgba(style.color), below)), light(below)];
    const ratio = (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (isLarge ? 3 : 4.5)) found.tooPale.push(describe(element) + ' ' + ratio.toFixed(2));
  }
  return found;
})()`;

export async function measure(page: Page): Promise<Findings> {
  return page.evaluate<Findings>(RULER);
}
