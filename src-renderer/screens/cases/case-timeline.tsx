/** What the journal has about it, oldest first; what belongs to the case stands out. */
import type { CaseFileView, CaseTimelineEntry } from '../../../src-main/core/contract/case-views.ts';
import { useTill } from '../../hooks/use-till.ts';
import { timelineTitle, timelineWords } from '../../text/case-words.ts';

export function CaseTimeline({ file }: Readonly<{ file: CaseFileView }>) {
  const { words } = useTill();
  return (
    <section className="case-timeline">
      <h2>{words.cases.timelineTitle}</h2>
      <ol>
        {file.timeline.map((entry, index) => (
          // The journal only grows: an entry's place is its name.
          <Entry key={`${index} ${entry.what}`} entry={entry} />
        ))}
      </ol>
    </section>
  );
}

function Entry({ entry }: Readonly<{ entry: CaseTimelineEntry }>) {
  const { words, showPreciseTime } = useTill();
  const said = timelineWords(words, entry);
  const proof = [
    entry.httpStatus === undefined ? undefined : words.cases.http(entry.httpStatus),
    entry.said,
    entry.requestId,
  ].filter((part) => part !== undefined && part !== '');
  return (
    <li data-evidence={entry.isEvidence}>
      <time>{showPreciseTime(entry.atMs)}</time>
      <div>
        <strong>{timelineTitle(words, entry)}</strong>
        {said !== undefined && <span>{said}</span>}
        {proof.length > 0 && <span className="code case-proof">{proof.join(' · ')}</span>}
      </div>
      {entry.isEvidence && <span className="pill">{words.cases.evidence}</span>}
    </li>
  );
}
