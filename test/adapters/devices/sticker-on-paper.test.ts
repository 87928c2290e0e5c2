/** The sticker as a slip: fetched, kept, drawn, printed, and read from the paper: byte for byte what the network's own picture says. */
import { expect, test } from 'vitest';
import { createEscPosPrinter } from '../../../src-main/adapters/devices/printers/escpos-printer.ts';
import type { PrinterProfile } from '../../../src-main/adapters/devices/printers/printer-profile.ts';
import { loadPrinterProfiles } from '../../../src-main/adapters/devices/printers/printer-profile.ts';
import { rasterPicture } from '../../../src-main/adapters/devices/printers/picture-commands.ts';
import { hasRealTimeCommand } from '../../../src-main/adapters/devices/printers/qr-commands.ts';
import { createVirtualPrinter } from '../../../src-main/simulators/devices/virtual-printer/virtual-printer.ts';
import { renderPaper } from '../../../src-main/simulators/devices/virtual-printer/render-paper.ts';
import type { Paper } from '../../../src-main/simulators/devices/virtual-printer/paper.ts';
import type { SlipPrinter } from '../../../src-main/core/application/ports/slip-printer.ts';
import { ok } from '../../../src-main/core/domain/result.ts';
import { unpairedShop, WITH_ADDRESS } from '../../support/pairing-bench.ts';
import { readWithJsQr, readWithZbar } from '../../support/qr-readers.ts';
import { worked } from '../../support/till-bench.ts';

const loaded = await loadPrinterProfiles(new URL('../../../assets/devices', import.meta.url).pathname);
if (!loaded.ok) throw new Error(loaded.error);
/** The virtual printer speaks ESC/POS; of profiles alike in what a picture meets, one is enough. */
const PROFILES = loaded.value.filter(({ id }) => /^(generic|epson-tm-t88|bematech)/.test(id));

type Printing = Readonly<{ paper: () => Paper; printer: SlipPrinter }>;

function printerOn(profile: PrinterProfile): Printing {
  const device = createVirtualPrinter({ widthDots: profile.dots });
  const line = {
    id: 'virtual printer',
    kind: 'file' as const,
    canRead: false,
    write: async (bytes: Uint8Array) => {
      device.write(bytes);
      return ok(undefined);
    },
    onData: () => () => undefined,
    close: async () => undefined,
  };
  const paper = (): Paper => {
    if (profile.cut === 'none') device.tearOff();
    const [only] = device.papers();
    if (!only || device.papers().length > 1) throw new Error(`${device.papers().length} papers`);
    return only;
  };
  return { paper, printer: createEscPosPrinter({ ...profile, confirm: 'none', status: 'none' }, line) };
}

test.each(PROFILES.map((profile) => [profile.id, profile] as const))(
  'on %s the sticker reads as the network drew it, and shop and till stand on it',
  async (_id, profile) => {
    const { paper, printer } = printerOn(profile);
    const { till } = await unpairedShop({ printer });
    worked(await till.pairing.run(WITH_ADDRESS));
    const original = till.pairing.sticker('mercadopago-orders');
    if (!original) throw new Error('no sticker was kept');

    const printed = worked(await till.pairing.printSticker('mercadopago-orders'));
    expect(printed.state).toBe('sent');
    const out = paper();
    const picture = await renderPaper(out);
    const text = readWithZbar(original);
    expect(text).toMatch(/^000201.*6304[0-9A-F]{4}$/);
    expect(readWithZbar(picture)).toBe(text);
    expect(readWithJsQr(picture)).toBe(text);
    expect(JSON.stringify(out)).toContain('Abarrotes La Esquina');
  },
);

test('before a till is paired there is no sticker to print', async () => {
  const [profile] = PROFILES;
  if (!profile) throw new Error('no profile');
  const { till } = await unpairedShop({ printer: printerOn(profile).printer });
  expect(await till.pairing.printSticker('mercadopago-orders')).toMatchObject({
    ok: false,
    error: { code: 'slip.not-now' },
  });
});

test('a picture whose bytes a printer would take for an order is shifted until they are none; one too wide is refused', () => {
  const [profile] = PROFILES;
  if (!profile) throw new Error('no profile');
  const bits = Uint8Array.from([0x10, 0x14, 0x10, 0x04]);
  const shifted = rasterPicture({ widthDots: 16, heightDots: 2, bits }, profile);
  expect(shifted.ok && hasRealTimeCommand(shifted.value.subarray(8))).toBe(false);
  expect(rasterPicture({ widthDots: 900, heightDots: 1, bits }, profile)).toEqual({
    ok: false,
    error: { kind: 'picture-too-large' },
  });
});
