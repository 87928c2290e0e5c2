/** What stands on the counter, as a command line tells it. */
import { parseArgs } from 'node:util';
import { LINE_DISPLAY_DIALECTS } from '../virtual-display/virtual-display.ts';
import type { LineDisplayDialect } from '../virtual-display/virtual-display.ts';
import { QR_DISPLAY_DIALECTS } from '../virtual-display/virtual-qr-display.ts';
import type { QrDisplayDialect } from '../virtual-display/virtual-qr-display.ts';
import { PRINTER_MODELS, isPrinterModelName } from '../virtual-printer/printer-models.ts';
import type { PrinterModelName } from '../virtual-printer/printer-models.ts';

export type LinePlan =
  Readonly<{ kind: 'tcp'; host: string; port: number }> | Readonly<{ kind: 'pty' | 'fifo' | 'file'; path: string }>;

export type DisplayDialectName = LineDisplayDialect | QrDisplayDialect;
export type DrawerSensor = 'high-when-open' | 'low-when-open' | 'none';

export type CounterPlan = Readonly<{
  printer: Readonly<{ line: LinePlan; model: PrinterModelName; bufferBytes: number | undefined }> | undefined;
  drawer: DrawerSensor;
  /** Until somebody pushes it shut; undefined: only a hand on the page does. */
  drawerClosesAfterMs: number | undefined;
  /** `printer`: on the printer's own cable. */
  display: Readonly<{ line: LinePlan | 'printer'; dialect: DisplayDialectName }> | undefined;
  scanner: Readonly<{ line: LinePlan; prefix: string }> | undefined;
  /** Of every serial line. */
  baud: number;
  host: string;
  port: number;
}>;

const DISPLAY_DIALECTS: readonly DisplayDialectName[] = [...LINE_DISPLAY_DIALECTS, ...QR_DISPLAY_DIALECTS];
const SENSORS: Readonly<Record<string, DrawerSensor>> = { high: 'high-when-open', low: 'low-when-open', none: 'none' };
const KINDS = Object.keys(PRINTER_MODELS);

export const USAGE = `Virtual devices, for pairing without hardware

  --printer <line>           tcp:9100, tcp:0 (any free port), pty:/path, fifo:/path or file:/path (default tcp:9100)
  --kind <kind>              ${KINDS.slice(0, 4).join(', ')} (default generic-80mm),
                             or one with a habit: ${KINDS.slice(4, 8).join(', ')},
                             ${KINDS.slice(8).join(', ')}
  --buffer <bytes>           receive buffer of the printer, e.g. 4096 or 45 (default: as the kind has it)
  --drawer <sensor>          high, low or none: what its sensor says when it is open (default high)
  --drawer-closes <seconds>  how long it stays open (default: until it is pushed shut here)
  --display <line>,<dialect> e.g. pty:/path,cd5220; dialects: ${DISPLAY_DIALECTS.join(', ')}
                             (printer,escpos: on the printer's own cable)
  --scanner <line>           e.g. pty:/path
  --scan-prefix <text>       what the scanner puts before each code
  --baud <number>            speed of the serial lines (default 9600)
  --port <number>            port of the control page (default 4020, 0 takes any free one)
  --host <address>           address of the control page (default 127.0.0.1)
  --help                     this page
`;

const OPTIONS = {
  printer: { type: 'string' },
  kind: { type: 'string', default: 'generic-80mm' },
  buffer: { type: 'string' },
  drawer: { type: 'string', default: 'high' },
  'drawer-closes': { type: 'string' },
  display: { type: 'string' },
  scanner: { type: 'string' },
  'scan-prefix': { type: 'string', default: '' },
  baud: { type: 'string', default: '9600' },
  port: { type: 'string', default: '4020' },
  host: { type: 'string', default: '127.0.0.1' },
  help: { type: 'boolean', default: false },
} as const;

type Values = ReturnType<typeof parse>;

function parse(words: readonly string[]) {
  return parseArgs({ args: [...words], options: OPTIONS, strict: true }).values;
}

/** Thrown by the readers below; never leaves this module. */
class PlanProblem extends Error {}

/** The plan, `help`, or what is wrong with the command line. */
export function readPlan(words: readonly string[]): CounterPlan | 'help' | Readonly<{ problem: string }> {
  try {
    const values = parse(words);
    return values.help ? 'help' : planOf(values);
  } catch (error) {
    if (error instanceof PlanProblem) return { problem: error.message };
    // Node's own words for an option that it does not know.
    if (error instanceof TypeError) return { problem: error.message };
    throw error;
  }
}

function planOf(values: Values): CounterPlan {
  const hasOthers = (values.display ?? values.scanner) !== undefined && !values.display?.startsWith('printer');
  const closes = values['drawer-closes'];
  const printerLine = values.printer ?? (hasOthers ? undefined : 'tcp:9100');
  return {
    printer: printerLine === undefined ? undefined : printerOf(printerLine, values),
    drawer: sensorOf(values.drawer),
    drawerClosesAfterMs: closes === undefined ? undefined : numberOf('--drawer-closes', closes, 86_400) * 1_000,
    display: values.display === undefined ? undefined : displayOf(values.display),
    scanner:
      values.scanner === undefined
        ? undefined
        : { line: lineOf('--scanner', values.scanner), prefix: values['scan-prefix'] },
    baud: numberOf('--baud', values.baud, 1_000_000),
    host: values.host,
    port: numberOf('--port', values.port, 65_535),
  };
}

function printerOf(line: string, { kind, buffer }: Values): CounterPlan['printer'] {
  if (!isPrinterModelName(kind)) throw new PlanProblem(`--kind ${kind} is none of ${KINDS.join(', ')}`);
  const bufferBytes = buffer === undefined ? undefined : numberOf('--buffer', buffer, 10_000_000);
  return { line: lineOf('--printer', line), model: kind, bufferBytes };
}

function displayOf(text: string): NonNullable<CounterPlan['display']> {
  const comma = text.lastIndexOf(',');
  const [line, name] = comma === -1 ? [text, 'escpos'] : [text.slice(0, comma), text.slice(comma + 1)];
  const dialect = DISPLAY_DIALECTS.find((known) => known === name);
  if (!dialect) throw new PlanProblem(`--display: ${name} is none of ${DISPLAY_DIALECTS.join(', ')}`);
  return { line: line === 'printer' ? line : lineOf('--display', line), dialect };
}

function sensorOf(text: string): DrawerSensor {
  const sensor = Object.hasOwn(SENSORS, text) ? SENSORS[text] : undefined;
  if (!sensor) throw new PlanProblem(`--drawer ${text} is none of ${Object.keys(SENSORS).join(', ')}`);
  return sensor;
}

function lineOf(option: string, text: string): LinePlan {
  const [, kind, rest = ''] = /^(tcp|pty|fifo|file):(.+)$/s.exec(text) ?? [];
  if (kind === 'tcp') {
    const [, host = '127.0.0.1', port = rest] = /^(.+):(\d+)$/.exec(rest) ?? [];
    return { kind, host, port: numberOf(option, port, 65_535) };
  }
  if (kind === 'pty' || kind === 'fifo' || kind === 'file') return { kind, path: rest };
  throw new PlanProblem(`${option} ${text} is no line; tcp:9100, pty:/path, fifo:/path or file:/path`);
}

function numberOf(option: string, text: string, largest: number): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : largest + 1;
  if (number > largest) throw new PlanProblem(`${option} ${text} is not a number up to ${largest}`);
  return number;
}
