import type { Words } from '../words-like.ts';

export const purchase: Words['purchase'] = {
  title: 'The customer’s purchase',
  start: 'Add purchase',
  network: (name) => `${name} + purchase`,
  edit: (count) => (count === 1 ? '1 item' : `${count} items`),
  empty: 'Type the price of the first item and add it.',
  itemTitle: 'Item (optional)',
  item: (number) => `Item ${number}`,
  price: 'Price of one',
  quantity: 'Quantity',
  fewer: 'Fewer pieces',
  more: 'More pieces',
  each: (price) => `at ${price} each`,
  add: 'Add',
  remove: (title) => `Remove ${title}`,
  drop: 'Remove purchase',
  done: 'Done',
  total: 'Purchase total',
  sum: { purchase: 'Purchase', cash: 'Cash-out', total: 'Total' },
  charge: (amount) => `Charge ${amount}`,
  goesBackToo: 'The purchase goes back with the cash-out: if the customer keeps it, charge it another way.',
};
