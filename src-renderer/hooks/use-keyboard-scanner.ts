/**
 * Hears a scanner that types as a keyboard, before anything else in the window does: what it types presses no button and lands in no
 * amount. What a person types goes where it was going, a moment later.
 */
import { useEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import { readLookup } from '../../src-main/core/domain/payouts/voucher.ts';
import type { BurstKey, BurstScan } from './scan-bursts.ts';
import { ScanBursts } from './scan-bursts.ts';

type TextField = HTMLInputElement | HTMLTextAreaElement;
type HeldKey = BurstKey & Readonly<{ event: KeyboardEvent }>;
/** A text field as it was before somebody began to type fast. */
type Before = Readonly<{ field: TextField; value: string }>;

export function useKeyboardScanner(onScan: (scan: BurstScan) => void): void {
  const newest = useRef(onScan);
  useEffect(() => {
    newest.current = onScan;
  });
  useEffect(() => listen((scan) => newest.current(scan)), []);
}

function listen(tell: (scan: BurstScan) => void): () => void {
  const bursts = new ScanBursts<HeldKey>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let before: Before | undefined;

  function finish(scan: BurstScan | undefined): void {
    if (!scan) return;
    if (scan.isText && before) restore(before);
    tell(scan);
  }

  function onKeyDown(event: KeyboardEvent): void {
    // What is released below comes by here again; what an input method composes is a person's.
    if (!event.isTrusted || event.isComposing) return;
    const field = textFieldOf(document.activeElement);
    clearTimeout(timer);
    const { released, scan, isTaken } = bursts.press(keyOf(event, field !== undefined));
    release(released);
    const isScan = isMeant(scan);
    const endsTyping = scan !== undefined && !isScan && ['Enter', 'Tab'].includes(event.key);
    if (isTaken && !endsTyping) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    if (isScan) finish(scan);
    // The field as it is before this very sign is written into it.
    if (bursts.signs === 1) before = field && { field, value: field.value };
    const { waitMs } = bursts;
    if (waitMs !== undefined) timer = setTimeout(onSilence, waitMs);
  }

  function onSilence(): void {
    const { released, scan } = bursts.silence();
    release(released);
    if (isMeant(scan)) finish(scan);
  }

  /** Somebody taps: what was typed before comes first. */
  function onPointerDown(): void {
    clearTimeout(timer);
    onSilence();
  }

  window.addEventListener('keydown', onKeyDown, { capture: true });
  window.addEventListener('pointerdown', onPointerDown, { capture: true });
  return () => {
    clearTimeout(timer);
    window.removeEventListener('pointerdown', onPointerDown, { capture: true });
    window.removeEventListener('keydown', onKeyDown, { capture: true });
  };
}

/** In a text field only a voucher of ours is a scan; anything else was meant for the field, be it typed or scanned. */
function isMeant(scan: BurstScan | undefined): scan is BurstScan {
  return scan !== undefined && (!scan.isText || isVoucher(scan));
}

function keyOf(event: KeyboardEvent, isText: boolean): HeldKey {
  const { key, code, ctrlKey, altKey, metaKey, shiftKey, repeat, timeStamp } = event;
  return {
    key,
    code,
    isCommand: ctrlKey || altKey || metaKey,
    hasShift: shiftKey,
    hasControl: ctrlKey && !altKey,
    isRepeat: repeat,
    isText,
    atMs: timeStamp,
    event,
  };
}

/** Each key is done with, state included, before the next: the second digit must find the first one typed. */
function release(keys: readonly HeldKey[]): void {
  for (const { event } of keys) {
    const { key, code, location, shiftKey } = event;
    const again = new KeyboardEvent('keydown', { key, code, location, shiftKey, bubbles: true, cancelable: true });
    flushSync(() => (document.activeElement ?? document.body).dispatchEvent(again));
    // A screen may have moved the focus into a field at the first sign; a browser would then type it there.
    const field = textFieldOf(document.activeElement);
    if (again.defaultPrevented || field === undefined || key.length !== 1) continue;
    flushSync(() =>
      write(field, key, field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length),
    );
  }
}

/** A field that a person writes text into. An amount is none: digits go to its keypad. A field for vouchers takes scans itself. */
function textFieldOf(element: Element | null): TextField | undefined {
  const isField = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
  if (!isField || element.readOnly || element.disabled) return undefined;
  const isWriting =
    element instanceof HTMLTextAreaElement || ['text', 'password', 'search', 'tel'].includes(element.type);
  return isWriting ? element : undefined;
}

function isVoucher({ text, usText }: BurstScan): boolean {
  const takesScans = document.activeElement?.hasAttribute('data-takes-scans') === true;
  return !takesScans && [text, usText].some((each) => readLookup(each).kind === 'voucher');
}

function restore({ field, value }: Before): void {
  write(field, value, 0, field.value.length);
}

function write(field: TextField, text: string, start: number, end: number): void {
  field.setRangeText(text, start, end, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }));
}
