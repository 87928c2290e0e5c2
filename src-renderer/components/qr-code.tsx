/**
 * A QR code of the exact text: byte mode, error level M, quiet zone of 4 modules, black on white in every theme, every module the same
 * whole number of screen pixels (I7).
 */
import { create } from 'qrcode';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';

const QUIET_MODULES = 4;

/** Outline of the dark modules, one run at a time, and the width in modules with the quiet zone. */
export function qrOutline(text: string): Readonly<{ path: string; widthModules: number }> {
  const { modules } = create([{ data: new TextEncoder().encode(text), mode: 'byte' }], { errorCorrectionLevel: 'M' });
  let path = '';
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column) === 0) continue;
      let end = column + 1;
      while (end < modules.size && modules.get(row, end) !== 0) end += 1;
      path += `M${column + QUIET_MODULES} ${row + QUIET_MODULES}h${end - column}v1h${column - end}z`;
      column = end;
    }
  }
  return { path, widthModules: modules.size + 2 * QUIET_MODULES };
}

export function QrCode({ text, label }: Readonly<{ text: string; label: string }>) {
  const { path, widthModules } = useMemo(() => qrOutline(text), [text]);
  const frame = useRef<HTMLDivElement>(null);
  const [widthPx, setWidthPx] = useState<number>();

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    function measure() {
      if (!element) return;
      const screenPixels = Math.min(element.clientWidth, element.clientHeight) * window.devicePixelRatio;
      const modulePixels = Math.max(1, Math.floor(screenPixels / widthModules));
      setWidthPx((modulePixels * widthModules) / window.devicePixelRatio);
    }
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [widthModules]);

  return (
    <div className="qr-frame" ref={frame}>
      <svg
        className="qr"
        aria-label={label}
        viewBox={`0 0 ${widthModules} ${widthModules}`}
        width={widthPx}
        height={widthPx}
        shapeRendering="crispEdges"
      >
        <title>{label}</title>
        <path fill="#fff" d={`M0 0h${widthModules}v${widthModules}H0z`} />
        <path fill="#000" d={path} />
      </svg>
    </div>
  );
}
