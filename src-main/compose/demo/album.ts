/** The demo's pictures: both windows at each step, every slip, the two-line display, numbered in the order of happening. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { HostedWindow } from '../../hosts/window-host.ts';
import { renderDisplay } from '../../simulators/devices/virtual-display/render-display.ts';
import type { VirtualDisplay } from '../../simulators/devices/virtual-display/virtual-display.ts';
import { renderPaper } from '../../simulators/devices/virtual-printer/render-paper.ts';
import type { VirtualPrinter } from '../../simulators/devices/virtual-printer/virtual-printer.ts';

export interface Album {
  /** What both windows and the display show now. */
  take(name: string, windows: readonly HostedWindow[]): Promise<void>;
  /** Resolves when every picture is on disk; answers how many there are. */
  finish(): Promise<number>;
}

export function openAlbum(folder: string, printer: VirtualPrinter, display: VirtualDisplay): Album {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'slips'), { recursive: true });
  const pending: Promise<void>[] = [];
  let pictures = 0;
  let slips = 0;

  function save(file: string, picture: Uint8Array): void {
    writeFileSync(path.join(folder, file), picture);
    pictures += 1;
  }

  printer.onPaper((paper) => {
    slips += 1;
    const file = `slips/slip-${String(slips).padStart(2, '0')}.png`;
    pending.push(renderPaper(paper).then((picture) => save(file, picture)));
  });

  let steps = 0;
  return {
    async take(name, windows) {
      steps += 1;
      const number = String(steps).padStart(2, '0');
      for (const window of windows) save(`${number}-${name}-${window.role}.png`, await window.screenshot());
      save(`${number}-${name}-display.png`, await renderDisplay(display.lines()));
    },
    async finish() {
      await Promise.all(pending);
      return pictures;
    },
  };
}
