/** Screens measured one after the other in one window: what is wrong, by screen, so that one run tells all of it. */
import type { Locale } from '../../../../src-main/core/domain/locale.ts';
import type { Workshop } from './built-page.ts';
import { createFakeTill } from './fake-till.ts';
import { measure } from './measure.ts';
import type { Scene } from './scenes.ts';
import { showScene } from './show-scene.ts';
import { tillView } from './views.ts';

export type Run = readonly [language: Locale, theme: 'light' | 'dark', width: number, height: number];

/** On the smallest till, one of them dark, and on a large one, with the page as it ships; Spanish is `WARNING_RUN`. */
export const RUNS: readonly Run[] = [
  ['pt', 'dark', 1024, 768],
  ['en', 'light', 1024, 768],
  ['pt', 'light', 1920, 1080],
];

/** The third language on the smallest till, with React's development build: what React warns of is a complaint. */
export const WARNING_RUN: Run = ['es', 'light', 1024, 768];

/** Findings of the screens, then complaints of the page; nothing when all is well. */
export async function measureScenes(
  workshop: Workshop,
  [language, theme, width, height]: Run,
  scenes: readonly Scene[],
): Promise<readonly string[]> {
  const till = createFakeTill(tillView({ language, theme }));
  await using open = await workshop.open({ till, width, height, scheme: theme });
  const found: string[] = [];
  for (const scene of scenes) {
    await showScene(open, scene, language);
    const findings = Object.entries(await measure(open.page));
    found.push(...findings.flatMap(([kind, each]) => each.map((finding) => `${scene.name}: ${kind}: ${finding}`)));
  }
  return [...found, ...till.complaints];
}
