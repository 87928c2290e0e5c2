/**
 * Everything that a hand can do at the counter, once: typed at the terminal (`paper out`), pressed on the page or posted to the control
 * plane (`paper-out`).
 */
import type { Wire } from '../wires/wire.ts';
import type { Counter } from './counter.ts';

export type Act = Readonly<{
  /** Words as they are typed. */
  words: string;
  summary: string;
  /** What stands behind the words belongs to it. */
  takes?: 'text';
  run: (text: string) => Promise<void> | void;
}>;

export function actsOf(counter: Counter): readonly Act[] {
  return [...printerActs(counter), ...drawerActs(counter), ...displayActs(counter), ...scannerActs(counter)];
}

function printerActs({ printer, touched }: Counter): readonly Act[] {
  if (!printer) return [];
  const { device, wire } = printer;
  return [
    { words: 'paper out', summary: 'the roll has run out', run: () => device.setCondition({ paper: 'out' }) },
    { words: 'paper low', summary: 'the roll is near its end', run: () => device.setCondition({ paper: 'low' }) },
    { words: 'paper load', summary: 'a new roll; what hangs printed in it comes out', run: () => device.loadPaper() },
    { words: 'paper short', summary: 'a roll that lasts for ten centimetres', run: () => device.loadPaper(100) },
    { words: 'paper tear', summary: 'takes off what hangs above the tear bar', run: () => device.tearOff() },
    { words: 'cover open', summary: 'opens the cover', run: () => device.setCondition({ cover: 'open' }) },
    { words: 'cover close', summary: 'closes the cover', run: () => device.setCondition({ cover: 'closed' }) },
    { words: 'cutter jam', summary: 'the blade will be stuck at the next cut', run: () => device.setCutter('jammed') },
    {
      words: 'cutter free',
      summary: 'frees the blade: the cover is opened and closed for it',
      run() {
        device.setCutter('free');
        device.setCondition({ cover: 'open' });
        device.setCondition({ cover: 'closed' });
      },
    },
    {
      words: 'head hot',
      summary: 'the head is too hot to print',
      run: () => device.setCondition({ fault: 'overheat' }),
    },
    {
      words: 'head cool',
      summary: 'the head has cooled down',
      run() {
        if (device.condition.fault === 'overheat') device.setCondition({ fault: 'none' });
      },
    },
    { words: 'power off', summary: 'switches the printer off', run: () => device.powerOff() },
    { words: 'power on', summary: 'switches the printer on', run: () => device.powerOn() },
    ...wireActs('', 'the printer', wire, touched),
  ];
}

function drawerActs({ drawer, printer }: Counter): readonly Act[] {
  const { device } = drawer;
  if (!printer) return [];
  return [
    { words: 'drawer close', summary: 'pushes the drawer shut', run: () => device.close() },
    { words: 'drawer lock', summary: 'turns its key: no pulse opens it', run: () => device.setLocked(true) },
    { words: 'drawer unlock', summary: 'turns the key back', run: () => device.setLocked(false) },
  ];
}

function displayActs({ display, touched }: Counter): readonly Act[] {
  if (!display) return [];
  const { device, wire } = display;
  return [
    { words: 'display off', summary: 'switches the display off', run: () => device.powerOff() },
    { words: 'display on', summary: 'switches the display on', run: () => device.powerOn() },
    ...wireActs('display ', 'the display', wire, touched),
  ];
}

function scannerActs({ scanner, touched }: Counter): readonly Act[] {
  if (!scanner) return [];
  const { device, wire } = scanner;
  return [
    { words: 'scan', takes: 'text', summary: 'holds a code before the scanner', run: (text) => device.scan(text) },
    ...wireActs('scanner ', 'the scanner', wire, touched),
  ];
}

function wireActs(prefix: string, what: string, wire: Wire, touched: () => void): readonly Act[] {
  return [
    {
      words: `${prefix}unplug`,
      summary: `pulls the cable of ${what}`,
      async run() {
        await wire.unplug();
        touched();
      },
    },
    {
      words: `${prefix}plug`,
      summary: `plugs the cable of ${what} in again`,
      async run() {
        await wire.plug();
        touched();
      },
    },
  ];
}
