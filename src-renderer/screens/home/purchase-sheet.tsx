/** The goods of a purchase, line by line: price and pieces by the keypad, a name where there is a keyboard. */
import { useRef, useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { exponentOf } from '../../../src-main/core/domain/money.ts';
import { MOST_ITEMS, MOST_PIECES, readPurchase } from '../../../src-main/core/domain/purchase.ts';
import type { AskedItem } from '../../../src-main/core/domain/purchase.ts';
import { decimalMarkOf, keypadKeyOf, typeKey, typedMinor, typedText } from '../../components/amount-entry.ts';
import type { KeypadKey } from '../../components/amount-entry.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Keypad } from '../../components/keypad.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { isBehindDialog, useKeyDown } from '../../hooks/use-key-down.ts';
import { useTill } from '../../hooks/use-till.ts';

type PurchaseSheetProps = Readonly<{
  isOpen: boolean;
  items: readonly AskedItem[];
  onItems: (items: readonly AskedItem[]) => void;
  onClose: () => void;
}>;

export function PurchaseSheet(props: PurchaseSheetProps) {
  const { words } = useTill();
  return (
    <Sheet title={words.purchase.title} isOpen={props.isOpen} onClose={props.onClose}>
      {props.isOpen && <PurchaseForm {...props} />}
    </Sheet>
  );
}

function PurchaseForm({ items, onItems, onClose }: PurchaseSheetProps) {
  const { words, showMoney } = useTill();
  const text = words.purchase;
  return (
    <div className="purchase">
      <section className="purchase-lines">
        {items.length === 0 ? (
          <p className="purchase-empty">{text.empty}</p>
        ) : (
          <ol>
            {items.map((item, index) => (
              <Line key={`${index} ${item.title}`} item={item} onRemove={() => onItems(items.toSpliced(index, 1))} />
            ))}
          </ol>
        )}
        <p className="purchase-total">
          <span>{text.total}</span>
          <strong>{showMoney(totalOf(items))}</strong>
        </p>
        <div className="purchase-actions">
          {items.length > 0 && (
            <Button size="large" onPress={() => onItems([])}>
              {text.drop}
            </Button>
          )}
          <Button tone="primary" size="large" icon="check" onPress={onClose}>
            {text.done}
          </Button>
        </div>
      </section>
      <NewLine
        number={items.length + 1}
        isFull={items.length >= MOST_ITEMS}
        onAdd={(item) => onItems([...items, item])}
      />
    </div>
  );
}

/** What the lines make; the till sums them once more. */
export function totalOf(items: readonly AskedItem[]): number {
  const read = readPurchase(items, undefined);
  return read.ok ? read.value.totalMinor : 0;
}

function Line({ item, onRemove }: Readonly<{ item: AskedItem; onRemove: () => void }>) {
  const { words, showMoney } = useTill();
  return (
    <li className="purchase-line">
      <span className="purchase-pieces">{item.quantity} ×</span>
      <span className="purchase-title">
        {item.title}
        {item.quantity > 1 && <small>{words.purchase.each(showMoney(item.unitPriceMinor))}</small>}
      </span>
      <strong>{showMoney(item.unitPriceMinor * item.quantity)}</strong>
      <button type="button" className="stepper" aria-label={words.purchase.remove(item.title)} onClick={onRemove}>
        <Icon name="cross" />
      </button>
    </li>
  );
}

type NewLineProps = Readonly<{ number: number; isFull: boolean; onAdd: (item: AskedItem) => void }>;

function NewLine({ number, isFull, onAdd }: NewLineProps) {
  const { words, view } = useTill();
  const text = words.purchase;
  const [title, setTitle] = useState('');
  const [price, setPrice] = useState('');
  const [quantity, setQuantity] = useState(1);
  const form = useRef<HTMLElement>(null);
  const item = { title: title.trim() || text.item(number), unitPriceMinor: typedMinor(price, view.currency), quantity };
  const isReady = !isFull && readPurchase([item], undefined).ok;

  const press = (key: KeypadKey) => setPrice((typed) => typeKey(typed, key, view.currency));
  function add() {
    if (!isReady) return;
    onAdd(item);
    setTitle('');
    setPrice('');
    setQuantity(1);
  }
  useKeyDown((event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || isBehindDialog(form.current)) return;
    const isTyping = document.activeElement instanceof HTMLInputElement;
    const isOnControl = document.activeElement instanceof HTMLButtonElement;
    if (event.key === 'Enter' && !event.repeat && !isOnControl) add();
    const key = keypadKeyOf(event.key);
    if (isTyping || key === undefined) return;
    event.preventDefault();
    press(key);
  });

  return (
    <section ref={form} className="purchase-new">
      <TextField className="field" value={title} onChange={setTitle} maxLength={60}>
        <Label>{text.itemTitle}</Label>
        <Input placeholder={text.item(number)} />
      </TextField>
      <div className="purchase-price">
        <output className="amount-field" data-empty={price === ''} data-long={price.length > 6} aria-label={text.price}>
          {typedText(price, view.currency)}
        </output>
        <Pieces quantity={quantity} onQuantity={setQuantity} />
      </div>
      <Keypad
        onKey={press}
        corner={exponentOf(view.currency) === 0 ? '00' : 'decimal'}
        decimalMark={decimalMarkOf(view.currency)}
        label={text.price}
        eraseLabel={words.shell.erase}
        clearLabel={words.shell.clear}
      />
      <Button size="large" icon="plus" isDisabled={!isReady} onPress={add}>
        {text.add}
      </Button>
    </section>
  );
}

function Pieces({ quantity, onQuantity }: Readonly<{ quantity: number; onQuantity: (quantity: number) => void }>) {
  const text = useTill().words.purchase;
  return (
    <fieldset className="purchase-quantity" aria-label={text.quantity}>
      <button
        type="button"
        className="stepper"
        aria-label={text.fewer}
        aria-disabled={quantity === 1}
        onClick={() => quantity > 1 && onQuantity(quantity - 1)}
      >
        <Icon name="minus" />
      </button>
      <output aria-live="polite">{quantity}</output>
      <button
        type="button"
        className="stepper"
        aria-label={text.more}
        onClick={() => quantity < MOST_PIECES && onQuantity(quantity + 1)}
      >
        <Icon name="plus" />
      </button>
    </fieldset>
  );
}
