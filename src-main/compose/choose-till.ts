/** Which till opens: the real one as soon as it has settings, else practice. */
import { locateDataDirectory, prepareDataDirectory } from '../adapters/system/data-directory.ts';
import type { DataDirectory } from '../adapters/system/data-directory.ts';
import { FaultError } from '../core/domain/fault.ts';
import { composeWindowTill } from './production.ts';
import type { ProductionOptions } from './production.ts';
import { composeStoppedTill } from './stopped-till.ts';
import { isTillThere } from './till-database.ts';
import type { TrainingOptions } from './training.ts';
import type { WindowTill } from './window-till.ts';

export async function chooseTill(options: Readonly<{ training: boolean }> & ProductionOptions): Promise<WindowTill> {
  const directory = prepareDataDirectory(options.dataDirectory ?? locateDataDirectory());
  const place = { dataDirectory: directory.root };
  if (options.training || !isTillThere(directory)) return practise(place);
  const till = openOrSayWhy(directory, options);
  if (!('till' in till) || till.till.context.store.settings()) return till;
  await till.close();
  return practise(place);
}

/** With it come simulators of networks and devices, which the real till must not wait for. */
async function practise(options: TrainingOptions): Promise<WindowTill> {
  const { composeTraining } = await import('./training.ts');
  return composeTraining(options);
}

/** A file that cannot be used is told on the screen, where the cashier looks; anything else is a bug and ends the program. */
function openOrSayWhy(
  directory: DataDirectory,
  options: ProductionOptions,
): ReturnType<typeof composeWindowTill> | WindowTill {
  try {
    return composeWindowTill({
      dataDirectory: directory.root,
      ...(options.startDeviceProcess && { startDeviceProcess: options.startDeviceProcess }),
    });
  } catch (error) {
    if (error instanceof FaultError) return composeStoppedTill(directory, error.fault);
    throw error;
  }
}
