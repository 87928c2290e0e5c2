import { ChoiceRow } from '../../components/choice-row.tsx';
import { useTill } from '../../hooks/use-till.ts';
import { useNavigation } from '../navigation.ts';

/** Cash-outs or payouts; where the till has no payouts there is nothing to choose. */
export function ListSwitch({ value }: Readonly<{ value: 'today' | 'payouts' }>) {
  const { view, words } = useTill();
  const { go } = useNavigation();
  if (view.payoutNetworks.length === 0) return null;
  return (
    <ChoiceRow
      label={words.payouts.which}
      value={value}
      choices={[
        { value: 'today', words: words.payouts.cashOuts },
        { value: 'payouts', words: words.payouts.tab },
      ]}
      onChange={(name) => go({ name })}
    />
  );
}
