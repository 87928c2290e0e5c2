/**
 * Five by seven dots for each ASCII character, as small displays show them: five columns from the left, bit 0 is the top row.
 * An accented letter is its plain letter with a stroke above.
 */
const FIRST = 0x20;
const COLUMNS = 5;
const ROWS = 7;

const GLYPHS = `
0000000000 00005f0000 0007000700 147f147f14 242a7f2a12 2313086462 3649562050 0008070300
001c224100 0041221c00 2a1c7f1c2a 08083e0808 0050300000 0808080808 0000606000 2010080402
3e5149453e 00427f4000 7249494946 2141494d33 1814127f10 2745454539 3c4a494931 4121110907
3649494936 464949291e 0036360000 0056360000 0008142241 1414141414 0041221408 0201590906
3e415d594e 7e1111117e 7f49494936 3e41414122 7f4141413e 7f49494941 7f09090901 3e4149497a
7f0808087f 00417f4100 2040413f01 7f08142241 7f40404040 7f020c027f 7f0408107f 3e4141413e
7f09090906 3e4151215e 7f09192946 4649494931 01017f0101 3f4040403f 1f2040201f 3f4038403f
6314081463 0708700807 6151494543 007f414100 0204081020 0041417f00 0402010204 4040404040
0001020400 2054545478 7f48444438 3844444420 384444487f 3854545418 087e090102 0c5252523e
7f08040478 00447d4000 2040443d00 7f10284400 00417f4000 7c04180478 7c08040478 3844444438
7c14141408 081414187c 7c08040408 4854545420 043f444020 3c4040207c 1c2040201c 3c4030403c
4428102844 0c5050503c 4464544c44 0008364100 00007f0000 0041360800 1008081008
`
  .trim()
  .split(/\s+/);

export type Dot = Readonly<{ column: number; row: number }>;

/** The lit dots of a character; row −1 is above the letter. */
export function dotsOf(character: string): readonly Dot[] {
  const [base = ' ', accent] = character.normalize('NFD');
  const glyph = GLYPHS[base.charCodeAt(0) - FIRST] ?? '7f4141417f';
  const dots = Array.from({ length: COLUMNS }, (_, column) => {
    const bits = Number.parseInt(glyph.slice(column * 2, column * 2 + 2), 16);
    return Array.from({ length: ROWS }, (__, row) => row)
      .filter((row) => (bits & (1 << row)) !== 0)
      .map((row) => ({ column, row }));
  }).flat();
  return accent === undefined ? dots : [...dots, { column: 2, row: -1 }, { column: 3, row: -1 }];
}
