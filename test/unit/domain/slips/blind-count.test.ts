/** The count at the end of a shift is blind: no slip tells the expected sum before it. */
import { expect, test } from 'vitest';
import { SAMPLE_SLIPS, frame } from './slip-samples.ts';

function words(name: string): string {
  return JSON.stringify(SAMPLE_SLIPS[name]?.(frame()));
}

test('an X report does not say what the drawer should hold; the Z report does', () => {
  expect(words('z')).toContain('7,150');
  expect(words('x')).not.toContain('7,150');
});
