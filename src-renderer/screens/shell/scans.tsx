/** What scanners read, wherever the cashier is: the record that it names opens; anything else is said and forgotten. */
import { useEffect, useRef } from 'react';
import { SCAN_CHARACTERS_MAX } from '../../../src-main/core/domain/scan.ts';
import type { ScanFinding } from '../../../src-main/core/domain/scan.ts';
import { unreachable } from '../../../src-main/core/domain/result.ts';
import { useClient } from '../../bridge/client-context.ts';
import { useNotices } from '../../components/notices.tsx';
import type { BurstScan } from '../../hooks/scan-bursts.ts';
import { isBehindDialog } from '../../hooks/use-key-down.ts';
import { useKeyboardScanner } from '../../hooks/use-keyboard-scanner.ts';
import { useTill } from '../../hooks/use-till.ts';
import { useNavigation } from '../navigation.ts';

export function Scans() {
  const client = useClient();
  const { view, words } = useTill();
  const { place, go } = useNavigation();
  const { showNote, showFault } = useNotices();

  function say(text: string): void {
    showNote({ text, tone: 'calm' });
  }

  function open(finding: ScanFinding): void {
    if (finding.kind === 'repeated') return;
    // A question is open: its answer comes first, and nothing moves below it.
    if (isBehindDialog(null)) return say(words.scans.questionOpen);
    switch (finding.kind) {
      case 'payout':
        return go({ name: 'payout', id: finding.payoutId });
      case 'cash-out': {
        const isOpen = view.openCashOuts.some(({ id }) => id === finding.cashOutId);
        return go(isOpen ? { name: 'cash-out', id: finding.cashOutId } : { name: 'today', id: finding.cashOutId });
      }
      case 'elsewhere':
        return view.payoutNetworks.length > 0
          ? go({ name: 'find-payout', text: finding.text })
          : say(words.scans.unknown(finding.text));
      case 'damaged':
        return say(words.scans.damaged(finding.shown));
      case 'unknown':
        return finding.text !== undefined && place.name === 'find-payout'
          ? go({ name: 'find-payout', text: finding.text })
          : say(words.scans.unknown(finding.shown));
      default:
        return unreachable(finding);
    }
  }

  const newest = useRef(open);
  useEffect(() => {
    newest.current = open;
  });
  useEffect(() => client.on('scan.happened', (finding) => newest.current(finding)), [client]);

  async function ask({ text, usText }: BurstScan): Promise<void> {
    const [read, onUsKeys] = [text, usText].map((each) => each.slice(0, SCAN_CHARACTERS_MAX));
    const reading = { text: read || onUsKeys || '?', ...(onUsKeys && { usText: onUsKeys }) };
    // Where somebody looks for a voucher, whatever is scanned is looked for.
    if (place.name === 'find-payout' && !isBehindDialog(null)) return go({ name: 'find-payout', text: reading.text });
    const answer = await client.call('scan.read', reading);
    if (answer.ok) newest.current(answer.value);
    else showFault(answer.error);
  }
  useKeyboardScanner((scan) => void ask(scan));
  return null;
}
