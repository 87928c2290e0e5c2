/** Over everything and untouchable: nobody takes training for money (I10). */
export function Watermark({ text }: Readonly<{ text: string }>) {
  return (
    <svg className="watermark" aria-hidden="true">
      <defs>
        <pattern id="watermark" width="840" height="300" patternUnits="userSpaceOnUse" patternTransform="rotate(-24)">
          <text x="20" y="90">
            {text}
          </text>
          <text x="300" y="240">
            {text}
          </text>
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill="url(#watermark)" />
    </svg>
  );
}
