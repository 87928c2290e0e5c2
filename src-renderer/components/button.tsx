import { useRef } from 'react';
import type { MouseEvent, ReactNode } from 'react';
import { isBehindDialog, useKeyDown } from '../hooks/use-key-down.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

export type FunctionKey = 'F2' | 'F3' | 'F4' | 'F6' | 'F7' | 'F8' | 'F9' | 'F10' | 'Escape';

type ButtonProps = Readonly<{
  children: ReactNode;
  onPress: () => void;
  tone?: 'primary' | 'paid' | 'danger' | 'plain' | 'quiet' | undefined;
  size?: 'medium' | 'large' | 'huge' | undefined;
  icon?: IconName | undefined;
  /** Pressing it anywhere on the screen is the same as pressing the button; the key is written on it. */
  hotkey?: FunctionKey | undefined;
  /** Second, smaller line. */
  hint?: string | undefined;
  isBusy?: boolean | undefined;
  isDisabled?: boolean | undefined;
  className?: string | undefined;
  describedBy?: string | undefined;
}>;

/** For decisions: the second tap of a double tap and a held key do nothing. */
export function Button(props: ButtonProps) {
  const {
    children,
    onPress,
    tone = 'plain',
    size = 'medium',
    icon,
    hotkey,
    hint,
    isBusy,
    isDisabled,
    className,
  } = props;
  const element = useRef<HTMLButtonElement>(null);
  const isOff = isBusy === true || isDisabled === true;

  useKeyDown((event) => {
    if (hotkey === undefined || event.key !== hotkey || event.repeat || isBehindDialog(element.current)) return;
    event.preventDefault();
    if (!isOff) onPress();
  });

  function press(event: MouseEvent<HTMLButtonElement>) {
    if (isOff || event.detail > 1) return;
    onPress();
  }

  return (
    <button
      ref={element}
      type="button"
      className={`button ${className ?? ''}`}
      data-tone={tone}
      data-size={size}
      aria-disabled={isOff}
      aria-busy={isBusy === true}
      aria-keyshortcuts={hotkey}
      aria-describedby={props.describedBy}
      onClick={press}
    >
      {isBusy === true ? <span className="spinner" /> : icon && <Icon name={icon} />}
      <span className="button-words">
        <span>{children}</span>
        {hint !== undefined && <span className="button-hint">{hint}</span>}
      </span>
      {hotkey !== undefined && <Keycap name={hotkey} />}
    </button>
  );
}

export function Keycap({ name }: Readonly<{ name: string }>) {
  return (
    <kbd className="keycap" aria-hidden="true">
      {name === 'Escape' ? 'Esc' : name}
    </kbd>
  );
}
