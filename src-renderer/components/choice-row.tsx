import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';

type ChoiceRowProps<Value extends string> = Readonly<{
  label: string;
  choices: readonly Readonly<{ value: Value; words: string }>[];
  value: Value;
  onChange: (value: Value) => void;
}>;

/** One of a few, side by side. Arrow keys move between them. */
export function ChoiceRow<Value extends string>({ label, choices, value, onChange }: ChoiceRowProps<Value>) {
  return (
    <ToggleButtonGroup
      className="choice-row"
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = choices.find((choice) => keys.has(choice.value));
        if (chosen) onChange(chosen.value);
      }}
    >
      {choices.map((choice) => (
        <ToggleButton key={choice.value} id={choice.value} className="choice">
          {choice.words}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
