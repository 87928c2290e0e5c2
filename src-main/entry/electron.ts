/** The till in Electron. `--training`: practise although there are settings · `--kiosk` · `--data <directory>`. */
import { app, BrowserWindow, ipcMain, Menu, protocol, screen, session, utilityProcess } from 'electron/main';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chooseTill } from '../compose/choose-till.ts';
import { PROGRAM_FOLDER } from '../compose/foundation.ts';
import { openWindows } from '../compose/window-app.ts';
import { runElectron } from '../hosts/electron/run-electron.ts';
import type { StartTill } from '../hosts/electron/run-electron.ts';
import { createUtilityStarter } from '../hosts/electron/utility-process.ts';

// Electron and Chromium have switches of their own among the arguments.
const { values } = parseArgs({
  args: process.argv.slice(app.isPackaged ? 1 : 2),
  strict: false,
  options: { training: { type: 'boolean' }, kiosk: { type: 'boolean' }, data: { type: 'string' } },
});

const devices = path.join(PROGRAM_FOLDER, 'dist/devices/device-process.js');
const startDeviceProcess = createUtilityStarter({ utilityProcess }, devices);

const startTill: StartTill = async (createHost) => {
  const dataDirectory = typeof values.data === 'string' ? { dataDirectory: values.data } : {};
  const till = await chooseTill({ training: values.training === true, startDeviceProcess, ...dataDirectory });
  const windows = await openWindows(till, createHost(till.log), { kiosk: values.kiosk === true });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => app.quit());
  return {
    ended: windows.ended,
    async close() {
      await windows.close();
      await till.close();
    },
  };
};

// Not awaited here: Electron is ready only after this module has run to its end.
void runElectron({ app, BrowserWindow, ipcMain, Menu, protocol, screen, session }, startTill, {
  assetsDirectory: path.join(PROGRAM_FOLDER, 'dist/renderer'),
  preloadPath: path.join(PROGRAM_FOLDER, 'dist/preload/preload.cjs'),
});
