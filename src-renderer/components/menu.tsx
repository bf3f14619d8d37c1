import type { ReactNode } from 'react';
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection as AriaMenuSection,
  Header,
  MenuTrigger,
  Popover,
} from 'react-aria-components';

/** `button` opens a menu of `MenuItem` and `MenuSection`. */
export function Menu(props: { readonly button: ReactNode; readonly label: string; readonly children: ReactNode }) {
  return (
    <MenuTrigger>
      {props.button}
      <Popover className="opens min-w-52 rounded-popover border border-line bg-surface p-1 shadow-float">
        <AriaMenu aria-label={props.label} className="outline-none">
          {props.children}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

const ITEM =
  'flex h-9 cursor-default items-center gap-2 rounded-control px-3 text-body text-text data-[focused]:bg-sunken';

export function MenuItem(props: {
  readonly children: ReactNode;
  readonly text: string;
  readonly onAction: () => void;
}) {
  return (
    <AriaMenuItem textValue={props.text} onAction={props.onAction} className={ITEM}>
      {props.children}
    </AriaMenuItem>
  );
}

/** One of a few, the chosen one ticked. */
export function MenuChoice<T extends string>(props: {
  readonly title: string;
  readonly values: readonly T[];
  readonly value: T;
  readonly name: (value: T) => string;
  readonly onChoose: (value: T) => void;
}) {
  return (
    <AriaMenuSection selectionMode="single" selectedKeys={[props.value]} disallowEmptySelection className="pb-1">
      <Header className="px-3 pt-2 pb-1 text-caption text-muted">{props.title}</Header>
      {props.values.map((value) => (
        <AriaMenuItem
          key={value}
          id={value}
          textValue={props.name(value)}
          onAction={() => props.onChoose(value)}
          className={ITEM}
        >
          {({ isSelected }) => (
            <>
              <span className="flex-1">{props.name(value)}</span>
              {isSelected && <span aria-hidden="true">✓</span>}
            </>
          )}
        </AriaMenuItem>
      ))}
    </AriaMenuSection>
  );
}
