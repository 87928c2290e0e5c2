import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { Icon } from './icon.tsx';
import type { IconName } from './icon.tsx';

type ChoiceGridProps<Value extends string> = Readonly<{
  label: string;
  choices: readonly Readonly<{ value: Value; words: string; hint?: string; icon?: IconName }>[];
  value: Value;
  columns: 1 | 2 | 4;
  onChange: (value: Value) => void;
}>;

/** One of several, each with room for a line of explanation. Arrow keys move between them. */
export function ChoiceGrid<Value extends string>({ label, choices, value, columns, onChange }: ChoiceGridProps<Value>) {
  return (
    <ToggleButtonGroup
      className="choice-grid"
      data-columns={columns}
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = choices.find((choice) => keys.has(choice.value));
        if (chosen) onChange(chosen.value);
      }}
    >
      {choices.map(({ value: key, words, hint, icon }) => (
        <ToggleButton key={key} id={key} className="tile">
          {icon && <Icon name={icon} />}
          <span>
            <strong>{words}</strong>
            {hint !== undefined && <small>{hint}</small>}
          </span>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
