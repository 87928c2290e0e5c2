/** Before any test: the windows' page and the command line as people run them, built once from the sources as they are now. */
import { buildPart, COMMAND_LINE_PARTS } from '../../scripts/build.ts';

export default async function setup(): Promise<void> {
  for (const part of [...COMMAND_LINE_PARTS, 'renderer'] as const) await buildPart(part);
}
