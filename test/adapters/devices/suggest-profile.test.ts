/** From what a printer calls itself to one of the real profiles. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { createProfileShelf } from '../../../src-main/adapters/devices/workshop/profile-shelf.ts';
import { suggestFor } from '../../../src-main/adapters/devices/workshop/suggest-profile.ts';

const SHELF = createProfileShelf(path.resolve(import.meta.dirname, '../../../assets/devices'));

function suggested(answer: 'escpos' | 'star' | 'silent' | 'not-reached', model?: string): string | undefined {
  return suggestFor({ answer, ...(model !== undefined && { model }) }, SHELF.all())?.profileId;
}

test.each([
  ['EPSON TM-T88V', 'epson-tm-t88'],
  ['EPSON TM-T20III', 'epson-tm-t20'],
  ['EPSON TM-m30II', 'epson-tm-m30'],
  ['BIXOLON SRP-350III', 'bixolon-srp-350iii'],
  ['BIXOLON SRP-350', 'bixolon-srp-350'],
  ['CITIZEN CT-E351', 'citizen-ct-e351'],
  ['Some POS-80 Printer', 'generic-80mm'],
  [undefined, 'generic-80mm'],
])('%s is paired as %s, unless its test slip says otherwise', (model, profile) => {
  expect(suggested('escpos', model)).toBe(profile);
});

test('a Star printer gets a Star profile; silence suggests nothing', () => {
  expect(suggested('star')).toMatch(/^star-/);
  expect(suggested('silent')).toBeUndefined();
  expect(suggested('not-reached')).toBeUndefined();
});

test('every profile on the shelf can be found by its id, and has a role that a device can have', () => {
  for (const { id, role } of SHELF.all()) {
    const found = {
      printer: SHELF.printer(id),
      display: SHELF.display(id),
      'qr-display': SHELF.qrDisplay(id),
      scanner: { id },
    };
    expect(found[role]?.id).toBe(id);
  }
  expect(new Set(SHELF.all().map(({ role }) => role))).toEqual(
    new Set(['printer', 'display', 'qr-display', 'scanner']),
  );
});
