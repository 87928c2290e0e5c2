/** The power goes between two syncs: whatever the disk then holds, the till opens with one commit more or one less, and never with a half. */
import { expect, test } from 'vitest';
import { STORIES } from './loops/stories.ts';
import type { Story } from './loops/stories.ts';
import { losePower } from './power/lose-power.ts';

function storyNamed(part: string): Story {
  const story = STORIES.find(({ name }) => name.includes(part));
  if (!story) throw new Error(`no story ${part}`);
  return story;
}

test.each([
  { part: 'QR slip', network: 'mercadopago-orders', checkpointPages: 1000 },
  { part: 'QR slip', network: 'mercadopago-orders', checkpointPages: 12 },
  { part: 'paid late', network: 'mercadopago-instore', checkpointPages: 20 },
] as const)(
  '$part ($network), database written every $checkpointPages pages of log',
  async ({ part, network, checkpointPages }) => {
    const lost = await losePower({ story: storyNamed(part), network, seed: 3, mixtures: 18, checkpointPages });
    expect(lost.wrong).toEqual([]);
    expect(lost.commits).toBeGreaterThanOrEqual(12);
    expect(lost.openings).toBeGreaterThan(250);
    expect(lost.before).toBeGreaterThan(150);
    expect(lost.after).toBeGreaterThan(lost.commits);
    expect(lost.checkpoints).toBeGreaterThan(checkpointPages === 1000 ? 0 : 2);
  },
);

test('were the new header of a log not synced before its frames, states that never were would be found', async () => {
  const story = storyNamed('QR slip');
  const plan = { story, network: 'mercadopago-orders', seed: 3, mixtures: 30, checkpointPages: 12 } as const;
  const lost = await losePower({ ...plan, isHeaderSynced: false });
  expect(lost.wrong.join('\n')).toMatch(/a state that never was/);
});
