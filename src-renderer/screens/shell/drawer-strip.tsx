/** At the side of every screen: the box did not open, or stands open for too long. The step goes on all the same. */
import { useAct } from '../../bridge/use-act.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useTill } from '../../hooks/use-till.ts';

export function DrawerStrip() {
  const { view, words } = useTill();
  const seen = useAct('drawer.seen');
  if (!view.drawerNotice) return null;
  const { kind, sinceMs } = view.drawerNotice;
  const { title, todo } = words.slips.drawer[kind];
  return (
    <section className="notice print-strip drawer-strip" data-tone="doubt">
      <Icon name="drawer" />
      <p className="notice-text">
        <strong>{title}</strong>
        <span>{todo}</span>
      </p>
      {/* A box that stands open is told until it is shut. */}
      {kind !== 'open-long' && (
        <Button tone="quiet" onPress={() => void seen.run({ sinceMs })}>
          {words.slips.seen}
        </Button>
      )}
    </section>
  );
}
