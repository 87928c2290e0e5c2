/** Puts `window.ventanilla` before the page, through the bridge between the two worlds. Built to CommonJS: a sandboxed preload is no module. */
import { contextBridge, ipcRenderer } from 'electron';
import type { WindowPort } from '../../core/contract/contract.ts';
import { FRAME_CHANNEL, ROLE_ARGUMENT } from './channel.ts';

const role = process.argv.find((argument) => argument.startsWith(ROLE_ARGUMENT))?.slice(ROLE_ARGUMENT.length);

const port: WindowPort = {
  role: role === 'customer' ? 'customer' : 'cashier',
  send: (frame) => ipcRenderer.send(FRAME_CHANNEL, frame),
  onFrame(listen) {
    // The page gets the frame alone: the event would hand it the whole of ipcRenderer.
    const hear = (_event: unknown, frame: unknown): void => listen(frame);
    ipcRenderer.on(FRAME_CHANNEL, hear);
    return () => void ipcRenderer.off(FRAME_CHANNEL, hear);
  },
};

contextBridge.exposeInMainWorld('ventanilla', port);
