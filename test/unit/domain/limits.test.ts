import { expect, test } from 'vitest';

import { refuseAmount } from '../../../src-main/core/domain/limits.ts';

const limits = { minMinor: 100_00, maxMinor: 2_000_00, stepMinor: 50_00 };

test.each([
  [100_00, 5_000_00, undefined],
  [2_000_00, 2_000_00, undefined],
  [150_00, 150_00, undefined],
  [99_99, 5_000_00, { kind: 'below-minimum', minMinor: 100_00 }],
  [0, 5_000_00, { kind: 'below-minimum', minMinor: 100_00 }],
  [2_000_01, 5_000_00, { kind: 'above-maximum', maxMinor: 2_000_00 }],
  [120_00, 5_000_00, { kind: 'not-a-step', stepMinor: 50_00 }],
  [500_00, 499_99, { kind: 'drawer-short' }],
  [500_00, 0, { kind: 'drawer-short' }],
])('%i with %i free in the drawer: %j', (amountMinor, freeMinor, refusal) => {
  expect(refuseAmount(amountMinor, limits, freeMinor)).toEqual(refusal);
});
