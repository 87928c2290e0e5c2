/** At the side of every screen: the box did not open, or stands open for too long. The step goes on all the same. */
import { Icon } from '../../components/icon.tsx';
import { useTill } from '../../hooks/use-till.ts';

export function DrawerStrip() {
  const { view, words } = useTill();
  if (!view.drawerNotice) return null;
  const { title, todo } = words.slips.drawer[view.drawerNotice.kind];
  return (
    <section className="notice print-strip drawer-strip" data-tone="doubt">
      <Icon name="drawer" />
      <p className="notice-text">
        <strong>{title}</strong>
        <span>{todo}</span>
      </p>
    </section>
  );
}
