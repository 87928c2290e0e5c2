import { useState } from 'react';
import type { SlipKind } from '../../src-main/core/domain/journal-event.ts';
import { FaultAnswer, usePreviewQuery } from '../bridge/queries.ts';
import { useTill } from '../hooks/use-till.ts';
import { faultWords, slipWord } from '../text/words.ts';
import { Button } from './button.tsx';
import { Sheet } from './sheet.tsx';
import { SlipPaper } from './slip-paper.tsx';

type PreviewProps = Readonly<{ kind: SlipKind; subjectId: string }>;

/** The slip on the screen, as it would come out of this till's printer; nothing is printed by looking. */
export function PreviewKey({ kind, subjectId }: PreviewProps) {
  const { words } = useTill();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="large" icon="report" onPress={() => setOpen(true)}>
        {words.records.preview}
      </Button>
      <Sheet title={slipWord(words, kind)} isOpen={isOpen} onClose={() => setOpen(false)}>
        {isOpen && <Preview kind={kind} subjectId={subjectId} />}
        <div className="sheet-actions">
          <Button size="large" tone="primary" onPress={() => setOpen(false)}>
            {words.shell.understood}
          </Button>
        </div>
      </Sheet>
    </>
  );
}

function Preview({ kind, subjectId }: PreviewProps) {
  const { words } = useTill();
  const { data, error } = usePreviewQuery(kind, subjectId);
  if (error instanceof FaultAnswer) return <p className="sheet-text">{faultWords(words, error.fault).title}</p>;
  if (!data) return <span className="spinner" />;
  return (
    <div className="slip-roll">
      <SlipPaper preview={data} label={slipWord(words, kind)} />
    </div>
  );
}
