/**
 * A slip as the till's printer will put it on paper: drawn from the very lines that are encoded for it, cell by cell, so that what is seen
 * is what is printed. Units are printer dots of a common font: a cell is 12 wide and 24 high, a line 28.
 */
import { useMemo } from 'react';
import type { SlipPreviewView } from '../../src-main/core/contract/views.ts';
import { qrOutline } from './qr-code.tsx';

type Line = SlipPreviewView['lines'][number];
type TextLine = Extract<Line, { kind: 'text' }>;
type Placed = Readonly<{ line: Line; top: number }>;

const CELL_WIDTH = 12;
const CELL_HEIGHT = 24;
const LINE_HEIGHT = 28;
const LEADING = LINE_HEIGHT - CELL_HEIGHT;
/** Where letters stand in a cell. */
const BASELINE = 19;
const FONT_SIZE = 20;
const MARGIN = 24;
const CUT_HEIGHT = 24;

export function SlipPaper({ preview, label }: Readonly<{ preview: SlipPreviewView; label: string }>) {
  const width = preview.columns * CELL_WIDTH;
  const { placed, height } = useMemo(() => placeOf(preview.lines, width), [preview, width]);
  const box = `${-MARGIN} ${-MARGIN} ${width + 2 * MARGIN} ${height + 2 * MARGIN}`;
  return (
    <svg className="slip-paper" viewBox={box} aria-label={label}>
      <title>{label}</title>
      {placed.map(({ line, top }) => (
        <g key={`${top} ${line.kind}`} transform={`translate(0 ${top})`}>
          <DrawnLine line={line} width={width} />
        </g>
      ))}
    </svg>
  );
}

function placeOf(lines: readonly Line[], width: number): Readonly<{ placed: readonly Placed[]; height: number }> {
  let top = 0;
  const placed = lines.map((line) => {
    const at = { line, top };
    top += heightOf(line, width);
    return at;
  });
  return { placed, height: top };
}

function heightOf(line: Line, width: number): number {
  switch (line.kind) {
    case 'text':
      return CELL_HEIGHT * line.heightScale + LEADING;
    case 'qr':
      return line.share * width;
    case 'feed':
      return line.lines * LINE_HEIGHT;
    case 'cut':
      return CUT_HEIGHT;
    default:
      return LINE_HEIGHT;
  }
}

function DrawnLine({ line, width }: Readonly<{ line: Line; width: number }>) {
  switch (line.kind) {
    case 'text':
      return <DrawnText line={line} width={width} />;
    case 'rule':
      return <Cells text={line.text} left={0} />;
    case 'qr':
      return <DrawnQr payload={line.payload} side={line.share * width} width={width} />;
    case 'cut':
      return <path className="slip-cut" d={`M${-MARGIN} ${CUT_HEIGHT / 2}h${width + 2 * MARGIN}`} />;
    default:
      return null;
  }
}

function DrawnText({ line, width }: Readonly<{ line: TextLine; width: number }>) {
  const { text, align, widthScale, heightScale, isBold, isInverse } = line;
  const taken = text.length * CELL_WIDTH * widthScale;
  const left = align === 'left' ? 0 : align === 'right' ? width - taken : Math.floor((width - taken) / 2);
  return (
    <g className="slip-text" data-bold={isBold} data-inverse={isInverse}>
      {isInverse && <rect x={left} y={0} width={taken} height={CELL_HEIGHT * heightScale} />}
      <g transform={`translate(${left} 0) scale(${widthScale} ${heightScale})`}>
        <Cells text={text} left={0} />
      </g>
    </g>
  );
}

/** Each letter in its own cell, whatever the font of this machine is like. */
function Cells({ text, left }: Readonly<{ text: string; left: number }>) {
  const places = Array.from(text, (_letter, index) => left + index * CELL_WIDTH);
  return (
    <text x={places.join(' ')} y={BASELINE} fontSize={FONT_SIZE} xmlSpace="preserve">
      {text}
    </text>
  );
}

function DrawnQr({ payload, side, width }: Readonly<{ payload: string; side: number; width: number }>) {
  const { path, widthModules } = useMemo(() => qrOutline(payload), [payload]);
  const scale = side / widthModules;
  return <path className="slip-qr" transform={`translate(${(width - side) / 2} 0) scale(${scale})`} d={path} />;
}
