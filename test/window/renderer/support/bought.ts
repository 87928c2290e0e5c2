/** A cash-out that goods were bought with. */
export const BOUGHT = {
  network: 'mercadopago-instore',
  purchase: {
    items: [
      {
        sku: 'ITEM01',
        category: 'OTHERS',
        title: 'Leche entera 1 L',
        description: 'Leche entera 1 L',
        unitPriceMinor: 2_890,
        quantity: 2,
        measure: 'unit',
        totalMinor: 5_780,
      },
    ],
    totalMinor: 5_780,
  },
} as const;
