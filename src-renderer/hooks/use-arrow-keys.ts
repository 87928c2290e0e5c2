/** Arrow keys move the focus to the nearest control in that direction, on every screen, wherever a control does not use them itself. */
import { useKeyDown } from './use-key-down.ts';

type Direction = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';

const CONTROLS = 'button:not([disabled]), a[href], input:not([disabled]), [tabindex="0"]';
/** A control straight ahead is nearer than one that is closer but off to the side. */
const SIDEWAYS_COST = 3;

function isDirection(key: string): key is Direction {
  return key === 'ArrowUp' || key === 'ArrowDown' || key === 'ArrowLeft' || key === 'ArrowRight';
}

export function useArrowKeys(): void {
  useKeyDown((event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || !isDirection(event.key)) return;
    const from = document.activeElement;
    if (from instanceof HTMLInputElement && !from.readOnly) return;
    if (from?.closest('[role="radiogroup"]')) return;
    const layer = document.querySelector('.modal, .popover') ?? document;
    const next = nearest(from, event.key, [...layer.querySelectorAll<HTMLElement>(CONTROLS)]);
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  });
}

function nearest(
  from: Element | null,
  direction: Direction,
  controls: readonly HTMLElement[],
): HTMLElement | undefined {
  const visible = controls.filter((control) => control.checkVisibility() && !control.closest('[inert]'));
  if (!from || from === document.body || !visible.some((control) => control === from)) return visible[0];
  const start = from.getBoundingClientRect();
  let best: Readonly<{ control: HTMLElement; cost: number }> | undefined;
  for (const control of visible) {
    const cost = control === from ? undefined : costOf(start, control.getBoundingClientRect(), direction);
    if (cost !== undefined && (!best || cost < best.cost)) best = { control, cost };
  }
  return best?.control;
}

function costOf(from: DOMRect, to: DOMRect, direction: Direction): number | undefined {
  const dx = (to.left + to.right - from.left - from.right) / 2;
  const dy = (to.top + to.bottom - from.top - from.bottom) / 2;
  const isHorizontal = direction === 'ArrowLeft' || direction === 'ArrowRight';
  const ahead = isHorizontal ? (direction === 'ArrowLeft' ? -dx : dx) : direction === 'ArrowUp' ? -dy : dy;
  if (ahead < 4) return undefined;
  return ahead + SIDEWAYS_COST * Math.abs(isHorizontal ? dy : dx);
}
