import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeviceRack } from '../../../src-main/core/application/ports/device-rack.ts';
import { scanDesk } from '../../../src-main/core/application/scanning/scan-desk.ts';
import { voucherText } from '../../../src-main/core/domain/payouts/voucher.ts';
import type { ScanFinding } from '../../../src-main/core/domain/scan.ts';
import { shownScan } from '../../../src-main/core/domain/scan.ts';
import { createPayoutBench } from '../../support/payout-bench.ts';
import { worked } from '../../support/till-bench.ts';
import { createVirtualTill } from '../../support/virtual-till.ts';

test('a voucher opens its payout, however the keyboard and the scanner write it', async () => {
  const shop = await createPayoutBench();
  const { till } = shop;
  const { id, externalId } = worked(till.payouts.start(shop.request));
  const voucher = voucherText(externalId);
  const writings = [
    { text: voucher },
    { text: voucher.toLowerCase() },
    { text: ` ${voucher} ` },
    { text: `]Q1${voucher}` },
    { text: 'VPqué', usText: voucher },
    { text: externalId },
  ];
  for (const reading of writings) {
    expect(till.scanning.read(reading)).toEqual({ kind: 'payout', payoutId: id });
  }
  const wrong = voucher.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
  expect(till.scanning.read({ text: wrong })).toEqual({ kind: 'damaged', shown: wrong });
  const elsewhere = voucherText('CAJA99'.padEnd(32, '7'));
  expect(till.scanning.read({ text: elsewhere })).toEqual({ kind: 'elsewhere', text: elsewhere });
  await shop.close();
});

test('a receipt’s reference and the code on a QR slip open their cash-out', async () => {
  const shop = createVirtualTill();
  const cashOut = await shop.awaiting();
  const { qrData = '' } = cashOut.state === 'awaiting_payment' ? cashOut.order : {};
  expect(qrData).not.toBe('');
  const found = { kind: 'cash-out', cashOutId: cashOut.id };
  const { scanning } = shop.till;
  expect(scanning.read({ text: cashOut.externalReference })).toEqual(found);
  expect(scanning.read({ text: cashOut.externalReference.toLowerCase() })).toEqual(found);
  expect(scanning.read({ text: qrData })).toEqual(found);
  // Another till's receipt ends in another id; our id behind another name is no receipt of ours.
  expect(scanning.read({ text: `OTRA${cashOut.id}` })).toMatchObject({ kind: 'unknown' });
  shop.network.statuses.set(cashOut.externalReference, 'paid');
  await shop.time.pass(3_000);
  expect(scanning.read({ text: qrData }), 'paid: its code is nobody’s any more').toMatchObject({ kind: 'unknown' });
});

test('whatever was scanned, nothing is asked of a network, nothing is written, and what is shown is short and visible', async () => {
  const shop = createVirtualTill();
  await shop.time.pass(1_000);
  const before = { head: shop.store.head(), calls: shop.network.calls.length };
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 600 }), (text) => {
      const finding = shop.till.scanning.read({ text });
      expect(['unknown', 'repeated']).toContain(finding.kind);
      const shown = shownScan(text);
      expect(Array.from(shown).length).toBeLessThanOrEqual(41);
      expect(shown).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
    }),
    { numRuns: 40 },
  );
  expect(shop.till.scanning.read({ text: 'https://example.com/pay?to=me' })).toEqual({
    kind: 'unknown',
    shown: 'https://example.com/pay?to=me',
    text: 'https://example.com/pay?to=me',
  });
  expect({ head: shop.store.head(), calls: shop.network.calls.length }).toEqual(before);
});

test('a code that stays below the scanner is one scan', async () => {
  const shop = createVirtualTill();
  const { scanning } = shop.till;
  const kinds: string[] = [];
  for (let count = 0; count < 6; count += 1) {
    kinds.push(scanning.read({ text: '7501055363513' }).kind);
    await shop.time.pass(1_500);
  }
  expect(kinds).toEqual(['unknown', 'repeated', 'repeated', 'repeated', 'repeated', 'repeated']);
  await shop.time.pass(2_000);
  expect(scanning.read({ text: '7501055363513' }).kind).toBe('unknown');
  expect(scanning.read({ text: 'another' }).kind).toBe('unknown');
});

test('a scanner on a line of its own tells the window what it found, each scan once', () => {
  const shop = createVirtualTill();
  const listeners = new Set<(text: string) => void>();
  const scan = (text: string): void => listeners.forEach((listener) => listener(text));
  const rack: DeviceRack = {
    state: () => undefined,
    look: async () => undefined,
    onChange: () => () => undefined,
    onScan(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const findings: ScanFinding[] = [];
  const end = scanDesk({ ...shop.till.context, rack }).onFinding((finding) => findings.push(finding));
  scan('hola');
  scan('hola');
  end();
  scan('adiós');
  expect(findings).toEqual([{ kind: 'unknown', shown: 'hola', text: 'hola' }]);
});
