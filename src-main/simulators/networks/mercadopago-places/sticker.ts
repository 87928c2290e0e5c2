/**
 * The sticker of a point of sale: a static code that finds whatever order waits there, as a picture and as a page to print.
 *
 * Source  Mercado Pago POS reference: `qr{image, template_document, template_image}`. Portable Network Graphics (second
 *         edition), greyscale of one bit; PDF 1.4.
 */
import { crc32, deflateSync } from 'node:zlib';
import { create } from 'qrcode';
import type { SimulatedAnswer } from '../exchange.ts';
import { COUNTRIES } from '../mercadopago-orders/countries.ts';
import { qrDataOf } from '../mercadopago-orders/emv-qr.ts';
import type { PointOfSale } from './places.ts';

export type StickerLinks = Readonly<{ image: string; template_document: string; template_image: string }>;

const SOMEWHERE = 'stickers.example.test';
const QUIET_MODULES = 4;

/** Links to this very network: the host is the one that the till asked. */
export function stickerLinksOf(pos: PointOfSale, host = SOMEWHERE): StickerLinks {
  const folder = `http://${host}/instore/merchant/qr/${pos.id}`;
  const name = fileNameOf(pos);
  return {
    image: `${folder}/${name}.png`,
    template_document: `${folder}/template_${name}.pdf`,
    template_image: `${folder}/template_${name}.png`,
  };
}

export function stickerTextOf(pos: PointOfSale, merchantName: string): string {
  const { numeric, alpha2, city } = COUNTRIES[pos.country];
  const place = { numericCurrency: numeric, alpha2, city };
  return qrDataOf({ ...place, uuid: pos.uuid, amount: null, merchantName, isStatic: true });
}

/** Undefined when this point of sale has no such file. */
export function stickerAnswerOf(pos: PointOfSale, file: string, merchantName: string): SimulatedAnswer | undefined {
  const name = fileNameOf(pos);
  const modules = modulesOf(stickerTextOf(pos, merchantName));
  switch (file) {
    case `${name}.png`:
      return bytesAnswer(pngOf(modules, 6), 'image/png');
    case `template_${name}.png`:
      return bytesAnswer(pngOf(modules, 12), 'image/png');
    case `template_${name}.pdf`:
      return bytesAnswer(pdfOf(modules, [merchantName, pos.externalId]), 'application/pdf');
    default:
      return undefined;
  }
}

function fileNameOf(pos: PointOfSale): string {
  return pos.uuid.replaceAll('-', '');
}

function bytesAnswer(bytes: Buffer, contentType: string): SimulatedAnswer {
  return {
    status: 200,
    headers: { 'content-type': contentType },
    bodyText: bytes.toString('latin1'),
    bodyEncoding: 'latin1',
  };
}

type Modules = Readonly<{ size: number; isDark: (row: number, column: number) => boolean }>;

function modulesOf(text: string): Modules {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  return { size: modules.size, isDark: (row, column) => modules.get(row, column) === 1 };
}

/** Black on white, with the quiet zone that readers need around it. */
function pngOf({ size, isDark }: Modules, pixelsPerModule: number): Buffer {
  const width = (size + 2 * QUIET_MODULES) * pixelsPerModule;
  const rowBytes = 1 + Math.ceil(width / 8);
  const pixels = Buffer.alloc(rowBytes * width, 0xff);
  for (let y = 0; y < width; y += 1) {
    pixels[y * rowBytes] = 0;
    const row = Math.floor(y / pixelsPerModule) - QUIET_MODULES;
    for (let x = 0; x < width; x += 1) {
      const column = Math.floor(x / pixelsPerModule) - QUIET_MODULES;
      const isInside = row >= 0 && row < size && column >= 0 && column < size;
      if (!isInside || !isDark(row, column)) continue;
      const at = y * rowBytes + 1 + (x >> 3);
      pixels[at] = (pixels[at] ?? 0) & ~(0x80 >> (x & 7));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(width, 4);
  header[8] = 1;
  const signature = Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1');
  return Buffer.concat([
    signature,
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(pixels)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

const PAGE_POINTS = [298, 420] as const;
const CODE_POINTS = 250;

/** One A6 page with the code as rectangles, and the lines under it. */
function pdfOf({ size, isDark }: Modules, lines: readonly string[]): Buffer {
  const [width, height] = PAGE_POINTS;
  // Whole points: every printer then draws every module of one width.
  const modulePoints = Math.floor(CODE_POINTS / size);
  const left = (width - modulePoints * size) / 2;
  const top = height - 50;
  const squares: string[] = [];
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if (!isDark(row, column)) continue;
      const [x, y] = [left + column * modulePoints, top - (row + 1) * modulePoints];
      squares.push(`${x} ${y} ${modulePoints} ${modulePoints} re`);
    }
  }
  const words = lines.map((line) => `(${line.replaceAll(/[^ -~]|[()\\]/g, ' ')}) Tj`).join(' 0 -20 Td ');
  const content = `${squares.join('\n')}\nf\nBT /F1 15 Tf ${left} 88 Td ${words} ET\n`;
  return pdfFile([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}endstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]);
}

function pdfFile(objects: readonly string[]): Buffer {
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}
