import { useState } from 'react';
import type { Notes } from '../../../src-main/core/domain/cash-out.ts';
import type { KeypadKey } from '../../components/amount-entry.ts';
import { Icon } from '../../components/icon.tsx';
import { Keypad } from '../../components/keypad.tsx';
import { useAmountKeys } from '../../hooks/use-amount-keys.ts';
import { useTill } from '../../hooks/use-till.ts';

const MOST_PIECES = 99_999;

type DenominationCountProps = Readonly<{ pieces: Notes; onPieces: (pieces: Notes) => void }>;

/** Steppers for a few, the keypad for many: it types into the marked row. */
export function DenominationCount({ pieces, onPieces }: DenominationCountProps) {
  const { view, words } = useTill();
  const text = words.shifts;
  const coins = view.coinsMinor;
  const [active, setActive] = useState(view.notesMinor[0] ?? coins[0] ?? 0);
  /** The first digit after a row is chosen replaces what was there. */
  const [isFresh, setFresh] = useState(true);

  function set(minor: number, count: number) {
    onPieces({ ...pieces, [String(minor)]: Math.min(MOST_PIECES, Math.max(0, count)) });
  }
  function choose(minor: number) {
    setActive(minor);
    setFresh(true);
  }
  function press(key: KeypadKey) {
    const shown = isFresh ? '' : String(pieces[String(active)] ?? 0);
    setFresh(false);
    if (key === 'clear') set(active, 0);
    else if (key === 'erase') set(active, Number(String(pieces[String(active)] ?? 0).slice(0, -1) || '0'));
    else if (key !== 'decimal' && Number(shown + key) <= MOST_PIECES) set(active, Number(shown + key));
  }
  useAmountKeys(press);

  const rows = (minors: readonly number[]) =>
    minors.map((minor) => (
      <CountRow
        key={minor}
        minor={minor}
        count={pieces[String(minor)] ?? 0}
        isActive={minor === active}
        onChoose={() => choose(minor)}
        onCount={(count) => {
          choose(minor);
          set(minor, count);
        }}
      />
    ));

  return (
    <div className="denominations">
      <div className="denomination-list">
        <h2>{text.notes}</h2>
        {rows(view.notesMinor)}
        <h2>{text.coins}</h2>
        {rows(coins)}
      </div>
      <Keypad
        onKey={press}
        corner="clear"
        decimalMark=""
        label={words.cashOut.keypad}
        eraseLabel={words.shell.erase}
        clearLabel={words.shell.clear}
      />
    </div>
  );
}

type CountRowProps = Readonly<{
  minor: number;
  count: number;
  isActive: boolean;
  onChoose: () => void;
  onCount: (count: number) => void;
}>;

function CountRow({ minor, count, isActive, onChoose, onCount }: CountRowProps) {
  const { words, showMoney } = useTill();
  const face = showMoney(minor);
  return (
    <div className="count-row" data-active={isActive}>
      <span className="count-face">{face}</span>
      <button
        type="button"
        className="stepper"
        aria-label={words.shifts.fewer(face)}
        aria-disabled={count === 0}
        onClick={() => count > 0 && onCount(count - 1)}
      >
        <Icon name="minus" />
      </button>
      <button
        type="button"
        className="count-pieces"
        aria-label={words.shifts.pieces(face)}
        aria-pressed={isActive}
        onClick={onChoose}
        onFocus={onChoose}
      >
        {count}
      </button>
      <button type="button" className="stepper" aria-label={words.shifts.more(face)} onClick={() => onCount(count + 1)}>
        <Icon name="plus" />
      </button>
      <span className="count-subtotal">{count > 0 ? showMoney(minor * count) : ''}</span>
    </div>
  );
}
