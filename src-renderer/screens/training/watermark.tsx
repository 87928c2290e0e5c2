/** Over everything and untouchable: nobody takes training for money (I10). */
export function Watermark({ text }: Readonly<{ text: string }>) {
  return (
    <svg className="watermark" aria-hidden="true">
      <defs>
        <pattern id="watermark" width="420" height="220" patternUnits="userSpaceOnUse" patternTransform="rotate(-24)">
          <text x="0" y="60">
            {text}
          </text>
          <text x="210" y="170">
            {text}
          </text>
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill="url(#watermark)" />
    </svg>
  );
}
