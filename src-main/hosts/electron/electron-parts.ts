/**
 * The parts of the `electron` module that the host uses, by Electron's own types. They come in as a parameter, so that tests can hand in
 * a double and no file but the entry imports the module for more than its types.
 */
export type ElectronParts = Pick<
  typeof import('electron/main'),
  'app' | 'BrowserWindow' | 'ipcMain' | 'Menu' | 'protocol' | 'screen' | 'session'
>;
export type { BrowserWindow, Display, IpcMainEvent, Session, WebContents } from 'electron/main';
