/**
 * Draws printed paper as a picture, dot for dot: what a customer would hold in the hand.
 * The drawing library and the typeface are loaded at the first call only.
 */
import { createRequire } from 'node:module';
import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Cell, Paper, Printed } from './paper.ts';

/** Blank paper left and right of the print head, in dots: 80 mm paper has 576 printable dots, 58 mm has 384. */
const SIDE_MARGIN_DOTS = 36;
const END_MARGIN_DOTS = 30;
const TOOTH_DOTS = 8;
const DESK_DOTS = 20;
const PAPER_COLOUR = '#fdfdfb';
const INK_COLOUR = '#17171a';
const DESK_COLOUR = '#d8d5cf';

type PlacedPicture = Extract<Printed, { kind: 'picture' }>;

const FAMILY = 'Ventanilla Printer';
const CELL = { widthDots: 12, heightDots: 24 };
/** DejaVu Sans Mono advances 0.602 of its size: one cell. */
const FONT_SIZE = CELL.widthDots / 0.602;
const BASELINE = 19;

/** A PNG with one pixel per dot. Blank paper above and below the print is shortened to a margin. */
export async function renderPaper(paper: Paper): Promise<Uint8Array> {
  const { createCanvas } = await loadCanvas();
  const firstY = Math.min(paper.heightDots, ...paper.printed.map(({ y }) => y));
  const lastY = Math.max(firstY, ...paper.printed.map(({ y, heightDots }) => y + heightDots));
  const paperWidth = paper.widthDots + 2 * SIDE_MARGIN_DOTS;
  const paperHeight = lastY - firstY + 2 * END_MARGIN_DOTS;
  const canvas = createCanvas(paperWidth + 2 * DESK_DOTS, Math.ceil(paperHeight) + 2 * DESK_DOTS);
  const context = canvas.getContext('2d');
  context.fillStyle = DESK_COLOUR;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.translate(DESK_DOTS, DESK_DOTS);
  drawSheet(context, paperWidth, Math.ceil(paperHeight));
  context.translate(SIDE_MARGIN_DOTS, Math.round(END_MARGIN_DOTS - firstY));
  context.beginPath();
  context.rect(0, 0, paper.widthDots, Math.ceil(paper.heightDots));
  context.clip();
  for (const item of paper.printed) drawPrinted(context, item);
  return Uint8Array.from(await canvas.encode('png'));
}

let canvasModule: Promise<typeof import('@napi-rs/canvas')> | undefined;

function loadCanvas(): Promise<typeof import('@napi-rs/canvas')> {
  canvasModule ??= import('@napi-rs/canvas').then((loaded) => {
    const { resolve } = createRequire(import.meta.url);
    loaded.GlobalFonts.registerFromPath(resolve('dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf'), FAMILY);
    loaded.GlobalFonts.registerFromPath(resolve('dejavu-fonts-ttf/ttf/DejaVuSansMono-Bold.ttf'), FAMILY);
    return loaded;
  });
  return canvasModule;
}

/** Clean sides, and the teeth of the tear bar at both ends. */
function drawSheet(context: SKRSContext2D, width: number, height: number): void {
  const teeth = Math.round(width / TOOTH_DOTS);
  const tooth = width / teeth;
  context.beginPath();
  context.moveTo(0, TOOTH_DOTS / 2);
  for (let index = 0; index < teeth; index += 1) {
    context.lineTo((index + 0.5) * tooth, 0);
    context.lineTo((index + 1) * tooth, TOOTH_DOTS / 2);
  }
  for (let index = teeth; index > 0; index -= 1) {
    context.lineTo(index * tooth, height - TOOTH_DOTS / 2);
    context.lineTo((index - 0.5) * tooth, height);
  }
  context.lineTo(0, height - TOOTH_DOTS / 2);
  context.closePath();
  context.save();
  context.shadowColor = 'rgba(40, 36, 28, 0.35)';
  context.shadowBlur = 14;
  context.shadowOffsetY = 4;
  context.fillStyle = PAPER_COLOUR;
  context.fill();
  context.restore();
}

function drawPrinted(context: SKRSContext2D, item: Printed): void {
  const y = Math.round(item.y);
  if (item.kind === 'line') {
    for (const cell of item.cells) drawCell(context, cell, y + item.heightDots - cell.heightDots);
    return;
  }
  context.fillStyle = INK_COLOUR;
  for (let row = 0; row < item.heightDots; row += 1) {
    drawDotRow(context, item, row, y);
  }
}

/** Neighbouring dots in one stroke. */
function drawDotRow(context: SKRSContext2D, { x, widthDots, isDark }: PlacedPicture, row: number, y: number): void {
  for (let from = 0; from < widthDots; from += 1) {
    if (!isDark(row, from)) continue;
    let to = from + 1;
    while (to < widthDots && isDark(row, to)) to += 1;
    context.fillRect(x + from, y + row, to - from, 1);
    from = to;
  }
}

function drawCell(context: SKRSContext2D, cell: Cell, y: number): void {
  context.save();
  context.translate(cell.x, y);
  context.scale(cell.widthDots / CELL.widthDots, cell.heightDots / CELL.heightDots);
  context.fillStyle = INK_COLOUR;
  if (cell.isInverse) {
    context.fillRect(0, 0, CELL.widthDots, CELL.heightDots);
    context.fillStyle = PAPER_COLOUR;
  }
  if (!drawLineCharacter(context, cell.character)) {
    context.font = `${cell.isBold ? 'bold ' : ''}${FONT_SIZE}px "${FAMILY}"`;
    context.fillText(cell.character, 0, BASELINE);
  }
  if (cell.isUnderlined) context.fillRect(0, CELL.heightDots - 2, CELL.widthDots, 2);
  context.restore();
}

/** Rules fill their cells from edge to edge, so that neighbours join. */
function drawLineCharacter(context: SKRSContext2D, character: string): boolean {
  const strokes = { '─': [11], '═': [8, 13] }[character];
  for (const y of strokes ?? []) context.fillRect(0, y, CELL.widthDots, 2);
  return strokes !== undefined;
}
