/** Draws a two-line display: green dots that glow behind dark glass. The drawing library is loaded at the first call only. */
import type { SKRSContext2D } from '@napi-rs/canvas';
import { dotsOf } from './dot-font.ts';

const DOT = 5;
const DOT_GAP = 1.5;
const STEP = DOT + DOT_GAP;
const CELL_WIDTH = 5 * STEP + 9;
const CELL_HEIGHT = 8 * STEP + 22;
const GLASS_MARGIN = 34;
const CASE_MARGIN = 22;
const LIT = '#59ffcf';
const GLOW = 'rgba(40, 255, 190, 0.85)';
const UNLIT = '#0d2320';

/** How much light each of the four steps of brightness gives. */
const LIGHT = [0.35, 0.55, 0.78, 1] as const;

/** A PNG of the lines; each character stands in its own field of five by seven dots. `brightness` goes from 1 to 4. */
export async function renderDisplay(lines: readonly string[], brightness = 4): Promise<Uint8Array> {
  const { createCanvas } = await import('@napi-rs/canvas');
  const columns = Math.max(...lines.map((line) => line.length));
  const glassWidth = (columns - 1) * CELL_WIDTH + 5 * STEP + 2 * GLASS_MARGIN;
  const glassHeight = (lines.length - 1) * CELL_HEIGHT + 8 * STEP + 2 * GLASS_MARGIN;
  const canvas = createCanvas(Math.ceil(glassWidth + 2 * CASE_MARGIN), Math.ceil(glassHeight + 2 * CASE_MARGIN));
  const context = canvas.getContext('2d');
  drawCase(context, canvas.width, canvas.height);
  context.translate(CASE_MARGIN + GLASS_MARGIN, CASE_MARGIN + GLASS_MARGIN + STEP);
  lines.forEach((line, row) => {
    for (let column = 0; column < columns; column += 1) {
      drawField(context, line[column] ?? ' ', column * CELL_WIDTH, row * CELL_HEIGHT, LIGHT[brightness - 1] ?? 1);
    }
  });
  return Uint8Array.from(await canvas.encode('png'));
}

function drawCase(context: SKRSContext2D, width: number, height: number): void {
  const plastic = context.createLinearGradient(0, 0, 0, height);
  plastic.addColorStop(0, '#34373b');
  plastic.addColorStop(1, '#1d1f22');
  context.fillStyle = plastic;
  roundedRect(context, 0, 0, width, height, 18);
  const glass = context.createLinearGradient(0, 0, width, height);
  glass.addColorStop(0, '#0a1514');
  glass.addColorStop(0.5, '#050b0b');
  glass.addColorStop(1, '#091211');
  context.fillStyle = glass;
  roundedRect(context, CASE_MARGIN, CASE_MARGIN, width - 2 * CASE_MARGIN, height - 2 * CASE_MARGIN, 8);
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

function drawField(context: SKRSContext2D, character: string, x: number, y: number, light: number): void {
  context.fillStyle = UNLIT;
  for (let index = 0; index < 35; index += 1) {
    context.fillRect(x + (index % 5) * STEP, y + Math.floor(index / 5) * STEP, DOT, DOT);
  }
  context.save();
  context.globalAlpha = light;
  context.fillStyle = LIT;
  context.shadowColor = GLOW;
  context.shadowBlur = 9;
  for (const { column, row } of dotsOf(character)) context.fillRect(x + column * STEP, y + row * STEP, DOT, DOT);
  context.restore();
}
