/**
 * A 2×20 customer display in the ESC/POS dialect, over any byte transport. The line tells nothing back: each update sets the modes
 * again and writes both lines in full.
 *
 * Source  Epson DM-D command reference: ESC =, ESC @, US C (cursor), US SOH (overwrite), ESC t, US $ (cursor to column, line).
 */
import type { CustomerDisplay, DisplayView } from '../../../core/application/ports/customer-display.ts';
import type { DeviceFault } from '../../../core/application/ports/device-fault.ts';
import type { Result } from '../../../core/domain/result.ts';
import { canPrint } from '../text/code-pages.ts';
import { encodeText } from '../text/encode-text.ts';
import type { ByteTransport } from '../transports/byte-transport.ts';
import type { DisplayProfile } from './display-profile.ts';
import { displayLines } from './display-lines.ts';

const ESC = 0x1b;
const US = 0x1f;
const SELECT_DISPLAY = [ESC, 0x3d, 2];
const SELECT_PRINTER = [ESC, 0x3d, 1];
const RESET = [ESC, 0x40];
const OVERWRITE = [US, 0x01];
const CURSOR_OFF = [US, 0x43, 0];
/** Pole displays have buffers of some 40 bytes: more than five updates a second lose the start of a line. */
const UPDATE_EVERY_MS = 200;
const SEND_TIMEOUT_MS = 2_000;

/** Pure: the bytes that show a view. `isFirst`: the display may be in any state, so it is reset before. */
export function encodeDisplayView(view: DisplayView, profile: DisplayProfile, isFirst: boolean): Uint8Array {
  const { codePage, columns, sharesLineWithPrinter } = profile;
  const fits = (character: string) => (codePage ? canPrint(character, codePage.name) : isAscii(character));
  const [upper, lower] = displayLines(view, { columns, canPrint: fits });
  const pageName = codePage?.name ?? 'CP437';
  const pieces = [
    sharesLineWithPrinter ? SELECT_DISPLAY : [],
    isFirst ? RESET : [],
    OVERWRITE,
    CURSOR_OFF,
    codePage ? [ESC, 0x74, codePage.number] : [],
    [US, 0x24, 1, 1, ...encodeText(upper, pageName)],
    [US, 0x24, 1, 2, ...encodeText(lower, pageName)],
    sharesLineWithPrinter ? SELECT_PRINTER : [],
  ];
  return Uint8Array.from(pieces.flat());
}

function isAscii(character: string): boolean {
  return character >= ' ' && character <= '~';
}

type Waiter = (shown: Result<void, DeviceFault>) => void;

export function createEscPosDisplay(profile: DisplayProfile, transport: ByteTransport): CustomerDisplay {
  let newest: DisplayView | undefined;
  let waiters: Waiter[] = [];
  let updating: Promise<void> | undefined;
  let isFirst = true;

  async function update(): Promise<void> {
    while (newest) {
      const view = newest;
      const told = waiters;
      newest = undefined;
      waiters = [];
      const options = { label: `display-${view.state}`, timeoutMs: SEND_TIMEOUT_MS };
      const shown = await transport.write(encodeDisplayView(view, profile, isFirst), options);
      isFirst = !shown.ok;
      for (const tell of told) tell(shown);
      await new Promise((resolve) => {
        setTimeout(resolve, UPDATE_EVERY_MS);
      });
    }
    updating = undefined;
  }

  return {
    name: profile.name,
    capabilities: { columns: profile.columns, lines: profile.lines, qr: false },
    show(view) {
      newest = view;
      const shown = new Promise<Result<void, DeviceFault>>((resolve) => {
        waiters.push(resolve);
      });
      updating ??= update();
      return shown;
    },
    async close() {
      await updating;
      await transport.close();
    },
  };
}
