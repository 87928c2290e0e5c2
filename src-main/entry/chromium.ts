/** The till in the machine's own Chromium. `--demo`: a scripted shift, `--pictures` for its folder · `--training`: practise although there are settings · `--kiosk`. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chooseTill } from '../compose/choose-till.ts';
import { PROGRAM_FOLDER } from '../compose/foundation.ts';
import { openWindows } from '../compose/window-app.ts';
import type { WindowTill } from '../compose/window-till.ts';
import { createChromiumHost } from '../hosts/chromium/chromium-host.ts';

const { values } = parseArgs({
  options: {
    demo: { type: 'boolean', default: false },
    training: { type: 'boolean', default: false },
    kiosk: { type: 'boolean', default: false },
    headless: { type: 'boolean', default: false },
    data: { type: 'string' },
    pictures: { type: 'string', default: 'demo' },
  },
});

function createHost({ dataDirectory, log }: WindowTill) {
  const assetsDirectory = path.join(PROGRAM_FOLDER, 'dist/renderer');
  return createChromiumHost({
    assetsDirectory,
    profileDirectory: path.join(dataDirectory, 'chromium'),
    headless: values.headless,
    log,
  });
}

if (values.demo) {
  const { runDemo } = await import('../compose/demo/run-demo.ts');
  const isGood = await runDemo({ createHost, folder: path.resolve(values.pictures), say: console.log });
  process.exitCode = isGood ? 0 : 1;
} else {
  const till = await chooseTill({
    training: values.training,
    ...(values.data !== undefined && { dataDirectory: values.data }),
  });
  const app = await openWindows(till, createHost(till), { kiosk: values.kiosk });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void app.close());
  const how = { production: 'is open', training: 'is open in training mode', stopped: 'could not open its data' };
  console.log(`Ventanilla ${how[till.mode]}.`);
  await app.ended;
  await till.close();
}
