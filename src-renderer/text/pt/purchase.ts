import type { Words } from '../words-like.ts';

export const purchase: Words['purchase'] = {
  title: 'Compra do cliente',
  start: 'Adicionar compra',
  network: (name) => `${name} + compra`,
  edit: (count) => (count === 1 ? '1 item' : `${count} itens`),
  empty: 'Digite o preço do primeiro item e adicione.',
  itemTitle: 'Item (opcional)',
  item: (number) => `Item ${number}`,
  price: 'Preço por unidade',
  quantity: 'Quantidade',
  fewer: 'Menos unidades',
  more: 'Mais unidades',
  each: (price) => `a ${price} cada`,
  add: 'Adicionar',
  remove: (title) => `Remover ${title}`,
  drop: 'Remover compra',
  done: 'Pronto',
  total: 'Total da compra',
  sum: { purchase: 'Compra', cash: 'Saque', total: 'Total' },
  charge: (amount) => `Cobrar ${amount}`,
  goesBackToo: 'A compra volta junto com o saque: se o cliente a levar, cobre de outra forma.',
};
