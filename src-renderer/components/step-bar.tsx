import { Icon } from './icon.tsx';
import type { Tone } from './state-tone.ts';

type StepBarProps = Readonly<{
  steps: readonly string[];
  /** How many steps are behind. */
  reached: number;
  /** Has left the road for good, or is on the way back. */
  isOff?: boolean;
  tone: Tone;
}>;

/** How far along the road. */
export function StepBar({ steps, reached, isOff = false, tone }: StepBarProps) {
  return (
    <ol className="progress" data-tone={tone}>
      {steps.map((step, index) => {
        const place = index < reached ? 'before' : index === reached ? 'now' : 'after';
        return (
          <li
            key={step}
            className="progress-step"
            data-place={isOff && place === 'now' ? 'off' : place}
            aria-current={place === 'now' ? 'step' : undefined}
          >
            <span className="progress-mark">
              {place === 'before' ? (
                <Icon name="check" />
              ) : isOff && place === 'now' ? (
                <Icon name="cross" />
              ) : (
                index + 1
              )}
            </span>
            {step}
          </li>
        );
      })}
    </ol>
  );
}
