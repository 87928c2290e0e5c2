/** Before any test: the command line as people run it, built once from the sources as they are now. */
import { buildPart } from '../../scripts/build.ts';

export default async function setup(): Promise<void> {
  for (const part of ['worker', 'devices', 'cli'] as const) await buildPart(part);
}
