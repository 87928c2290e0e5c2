/** Electron's own program for the suite: the Electron host, served over standard input and output. Bundled before it runs. */
import { app, BrowserWindow, ipcMain, Menu, protocol, screen, session } from 'electron/main';
import { runElectron } from '../../../src-main/hosts/electron/run-electron.ts';
import { quietLog } from './probe-page.ts';
import { serveHost } from './remote-host.ts';

const [assetsDirectory = '', preloadPath = ''] = process.argv.slice(-2);
const parts = { app, BrowserWindow, ipcMain, Menu, protocol, screen, session };
void runElectron(
  parts,
  (createHost) => {
    const ended = serveHost(createHost(quietLog), process.stdin, process.stdout);
    return Promise.resolve({ ended, close: () => Promise.resolve() });
  },
  { assetsDirectory, preloadPath },
);
