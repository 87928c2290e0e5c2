/** Draws a QR display: a white screen in a dark case, with the code as large as it goes. The drawing library is loaded at the first call only. */
import { createRequire } from 'node:module';
import type { SKRSContext2D } from '@napi-rs/canvas';
import { create } from 'qrcode';
import type { QrScreen } from './qr-protocols.ts';

const WIDTH = 420;
const HEIGHT = 560;
const CASE = 26;
const CODE_DOTS = 300;
const CODE_TOP = 70;
const QUIET_MODULES = 4;
const FAMILY = 'Ventanilla Screen';
const LOOKS = {
  welcome: { paper: '#eef3f8', ink: '#2c4a68', sign: '○', words: 'QR' },
  success: { paper: '#e6f6ec', ink: '#1b7a43', sign: '✓', words: 'OK' },
  failure: { paper: '#fbe9e7', ink: '#b3261e', sign: '✗', words: '' },
  cancelled: { paper: '#f3f1ec', ink: '#6b6459', sign: '✗', words: '' },
} as const;

export async function renderQrDisplay(screen: QrScreen): Promise<Uint8Array> {
  const { createCanvas } = await loadCanvas();
  const canvas = createCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d');
  context.fillStyle = '#26282b';
  roundedRect(context, 0, 0, WIDTH, HEIGHT, 26);
  const inner = { width: WIDTH - 2 * CASE, height: HEIGHT - 2 * CASE };
  context.translate(CASE, CASE);
  if (screen.shows === 'blank') {
    context.fillStyle = '#0b0c0d';
    roundedRect(context, 0, 0, inner.width, inner.height, 6);
  } else if (screen.shows === 'code') drawCode(context, screen, inner);
  else {
    const { paper, ink, sign, words } = LOOKS[screen.shows];
    context.fillStyle = paper;
    roundedRect(context, 0, 0, inner.width, inner.height, 6);
    context.fillStyle = ink;
    centred(context, sign, inner.width / 2, inner.height / 2, 150);
    centred(
      context,
      'amountText' in screen && screen.amountText !== '' ? screen.amountText : words,
      inner.width / 2,
      400,
      40,
    );
  }
  return Uint8Array.from(await canvas.encode('png'));
}

function drawCode(
  context: SKRSContext2D,
  { payload, amountText }: Extract<QrScreen, { shows: 'code' }>,
  { width, height }: Readonly<{ width: number; height: number }>,
): void {
  context.fillStyle = '#ffffff';
  roundedRect(context, 0, 0, width, height, 6);
  context.fillStyle = '#0b0c0d';
  const { modules } = create([{ data: Buffer.from(payload), mode: 'byte' }], { errorCorrectionLevel: 'L' });
  const moduleDots = Math.floor(CODE_DOTS / (modules.size + 2 * QUIET_MODULES)) || 1;
  const left = Math.floor((width - modules.size * moduleDots) / 2);
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column) !== 1) continue;
      context.fillRect(left + column * moduleDots, CODE_TOP + row * moduleDots, moduleDots, moduleDots);
    }
  }
  if (amountText !== '') centred(context, amountText, width / 2, height - 50, 44);
}

function centred(context: SKRSContext2D, text: string, x: number, y: number, size: number): void {
  context.font = `bold ${size}px "${FAMILY}"`;
  context.textAlign = 'center';
  context.fillText(text, x, y);
}

function roundedRect(
  context: SKRSContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
): void {
  context.beginPath();
  context.roundRect(x, y, width, height, radius);
  context.fill();
}

let canvasModule: Promise<typeof import('@napi-rs/canvas')> | undefined;

function loadCanvas(): Promise<typeof import('@napi-rs/canvas')> {
  canvasModule ??= import('@napi-rs/canvas').then((loaded) => {
    const { resolve } = createRequire(import.meta.url);
    loaded.GlobalFonts.registerFromPath(resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'), FAMILY);
    return loaded;
  });
  return canvasModule;
}
