import { countdownText } from '../hooks/formatting.ts';

type CountdownProps = Readonly<{ leftMs: number; wholeMs: number; label: string; overLabel: string }>;

const RADIUS = 44;
const AROUND = 2 * Math.PI * RADIUS;
const HURRY_MS = 30_000;

/** A ring that empties. At zero it says that the till is checking: only the network ends an order. */
export function Countdown({ leftMs, wholeMs, label, overLabel }: CountdownProps) {
  const isOver = leftMs <= 0;
  const share = isOver || wholeMs <= 0 ? 0 : Math.min(1, leftMs / wholeMs);
  return (
    <div className="countdown" data-hurry={leftMs < HURRY_MS} role="timer" aria-label={isOver ? overLabel : label}>
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle className="countdown-track" cx="50" cy="50" r={RADIUS} />
        <circle
          className="countdown-left"
          cx="50"
          cy="50"
          r={RADIUS}
          strokeDasharray={AROUND}
          strokeDashoffset={AROUND * (1 - share)}
        />
      </svg>
      <span className="countdown-words">
        <span className="countdown-time">{countdownText(leftMs)}</span>
      </span>
    </div>
  );
}
