import { chargeMinorOf } from '../../src-main/core/domain/purchase.ts';
import type { Purchase } from '../../src-main/core/domain/purchase.ts';

type ChargeSumProps = Readonly<{
  /** The notes. */
  amountMinor: number;
  purchase: Pick<Purchase, 'totalMinor'>;
  show: (minor: number) => string;
  words: Readonly<{ purchase: string; cash: string; total: string }>;
}>;

/** Purchase + notes = total, as one line that is read in one look. */
export function ChargeSum({ amountMinor, purchase, show, words }: ChargeSumProps) {
  const { totalMinor } = purchase;
  const charge = chargeMinorOf({ amountMinor, purchase: { items: [], totalMinor } });
  return (
    <span className="charge-sum">
      <Part name={words.purchase} value={show(totalMinor)} />
      <span className="charge-sign">+</span>
      <Part name={words.cash} value={show(amountMinor)} />
      <span className="charge-sign">=</span>
      <Part name={words.total} value={show(charge)} isTotal />
    </span>
  );
}

function Part({ name, value, isTotal = false }: Readonly<{ name: string; value: string; isTotal?: boolean }>) {
  return (
    <span className="charge-part" data-total={isTotal}>
      <small>{name}</small>
      <b>{value}</b>
    </span>
  );
}
