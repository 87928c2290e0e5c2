import { useTill } from '../../hooks/use-till.ts';
import { faceWord } from '../../text/payout-words.ts';
import { toneOfFace } from './payout-tone.ts';
import type { PayoutFace } from './payout-tone.ts';

export function PayoutPill({ face }: Readonly<{ face: PayoutFace }>) {
  const { words } = useTill();
  return (
    <span className="pill" data-tone={toneOfFace(face)}>
      <span className="pill-dot" />
      {faceWord(words, face)}
    </span>
  );
}
