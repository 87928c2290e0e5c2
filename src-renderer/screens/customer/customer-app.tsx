/** The customer's window: one thing at a time, in large letters, never blank. */
import { useEffect, useMemo } from 'react';
import { useCustomerViewQuery } from '../../bridge/queries.ts';
import { WORDS } from '../../text/words.ts';
import { firstWords } from '../start/start-screens.tsx';
import { useTheme } from '../../hooks/use-theme.ts';
import { Watermark } from '../training/watermark.tsx';
import { CustomerScene, OneMoment } from './customer-scene.tsx';
import { NeverBlank } from './never-blank.tsx';
import '../../styles/controls.css';
import '../../styles/codes.css';
import '../../styles/customer.css';

export function CustomerApp() {
  const { data, isError, dataUpdatedAt } = useCustomerViewQuery();
  const words = useMemo(() => (data ? WORDS[data.language] : firstWords()), [data]);
  useTheme(data?.theme ?? 'system', data?.language ?? 'es');
  useEffect(() => {
    if (data) document.title = data.shopName;
  }, [data]);

  // What is on screen may be over by now: better to say "one moment" than to show an old amount.
  if (!data || isError) return <OneMoment words={words} shopName={data?.shopName ?? ''} />;
  return (
    <>
      <NeverBlank instead={<OneMoment words={words} shopName={data.shopName} />} subject={data}>
        <CustomerScene view={data} words={words} receivedAtMs={dataUpdatedAt} />
      </NeverBlank>
      {data.training && <Watermark text={words.shell.training} />}
      {data.training && <p className="customer-training">{`${words.shell.training}. ${words.shell.trainingNote}`}</p>}
    </>
  );
}
