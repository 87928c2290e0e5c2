/** Which till opens: the real one as soon as it has settings, else practice. */
import { locateDataDirectory, prepareDataDirectory } from '../adapters/system/data-directory.ts';
import { composeWindowTill } from './production.ts';
import { isTillThere } from './till-database.ts';
import { composeTraining } from './training.ts';
import type { WindowTill } from './window-till.ts';

export async function chooseTill(
  options: Readonly<{ training: boolean; dataDirectory?: string }>,
): Promise<WindowTill> {
  const directory = prepareDataDirectory(options.dataDirectory ?? locateDataDirectory());
  const place = { dataDirectory: directory.root };
  if (options.training || !isTillThere(directory)) return composeTraining(place);
  const till = composeWindowTill(place);
  if (till.till.context.store.settings()) return till;
  await till.close();
  return composeTraining(place);
}
