/**
 * The counter's pictures, kept ready as PNG: drawn again a moment after something has changed, and never two at once of the same thing.
 */
import { renderDisplay } from '../virtual-display/render-display.ts';
import { renderQrDisplay } from '../virtual-display/render-qr-display.ts';
import type { Paper } from '../virtual-printer/paper.ts';
import { renderPaper } from '../virtual-printer/render-paper.ts';
import type { Counter } from './counter.ts';

export type Pictures = Readonly<{
  /** `strip`, `display` or `paper-N`, N from 1; undefined where there is none (yet). */
  get: (name: string) => Uint8Array | undefined;
  /** Numbers of the papers that are kept, newest first. */
  papers: () => readonly number[];
  /** Goes up with each new picture. */
  version: () => number;
  close: () => void;
}>;

const KEPT_PAPERS = 24;
const DRAW_AFTER_MS = 60;

export function createPictures(counter: Counter): Pictures {
  const pictures = new Map<string, Uint8Array>();
  let version = 0;
  let paperCount = 0;
  const undrawn: Readonly<{ number: number; paper: Paper }>[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isDrawing = false;
  let isStale = false;
  let isClosed = false;

  function keep(name: string, picture: Uint8Array | undefined): void {
    if (picture) pictures.set(name, picture);
    else pictures.delete(name);
    version += 1;
  }

  async function drawAll(): Promise<void> {
    for (const { number, paper } of undrawn.splice(0)) {
      if (hasPrint(paper)) keep(`paper-${number}`, await renderPaper(paper));
      pictures.delete(`paper-${number - KEPT_PAPERS}`);
    }
    const strip = counter.printer?.device.strip();
    if (strip) keep('strip', hasPrint(strip) ? await renderPaper(strip) : undefined);
    if (counter.display) keep('display', await drawDisplay(counter.display.device));
  }

  function draw(): void {
    timer = undefined;
    isDrawing = true;
    isStale = false;
    drawAll()
      // A picture that cannot be drawn leaves the last one standing; the device itself goes on.
      .catch((error: unknown) => process.stderr.write(`no picture: ${String(error)}\n`))
      .finally(() => {
        isDrawing = false;
        if (isStale) drawSoon();
      });
  }
  function drawSoon(): void {
    isStale = true;
    if (!isDrawing && !isClosed) timer ??= setTimeout(draw, DRAW_AFTER_MS);
  }

  const stopPapers = counter.printer?.device.onPaper((paper) => {
    paperCount += 1;
    undrawn.push({ number: paperCount, paper });
    if (undrawn.length > KEPT_PAPERS) undrawn.shift();
  });
  const stop = counter.onChange(drawSoon);
  drawSoon();
  return {
    get: (name) => pictures.get(name),
    papers: () =>
      [...pictures.keys()]
        .flatMap((name) => /^paper-(\d+)$/.exec(name)?.[1] ?? [])
        .map(Number)
        .toSorted((left, right) => right - left),
    version: () => version,
    close() {
      isClosed = true;
      stop();
      stopPapers?.();
      clearTimeout(timer);
    },
  };
}

function hasPrint({ printed }: Paper): boolean {
  return printed.length > 0;
}

function drawDisplay(device: NonNullable<Counter['display']>['device']): Promise<Uint8Array> {
  return 'lines' in device ? renderDisplay(device.lines(), device.brightness()) : renderQrDisplay(device.screen());
}
