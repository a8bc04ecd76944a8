import type { Button as ButtonElement, Overflow } from '@slack/types';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useAsk } from './confirm.tsx';
import { Text } from './rich-text.tsx';
import { type Control, useSurface } from './surface.ts';

const open = (url: string | undefined) => {
  if (url !== undefined) window.open(url, '_blank', 'noopener');
};

/** A button: asks first where it has a `confirm`, then is sent; its link opens besides. */
export function PressButton({ element, at }: { readonly element: ButtonElement; readonly at: Control }) {
  const surface = useSurface();
  const ask = useAsk();
  const press = async () => {
    if (!(await ask(element.confirm))) return;
    open(element.url);
    await surface.press(at, element.value);
  };
  return (
    <Button
      className="button"
      data-look={element.style}
      isDisabled={surface.busy}
      onPress={() => void press()}
      {...(element.accessibility_label === undefined ? {} : { 'aria-label': element.accessibility_label })}
    >
      <Text text={element.text} />
    </Button>
  );
}

/** The menu behind three dots. */
export function OverflowMenu({ element, at }: { readonly element: Overflow; readonly at: Control }) {
  const surface = useSurface();
  const ask = useAsk();
  const choose = async (index: number) => {
    const option = element.options[index];
    if (option === undefined || !(await ask(element.confirm))) return;
    open(option.url);
    await surface.choose(at, [option]);
  };
  return (
    <MenuTrigger>
      <Button aria-label="More actions" className="button overflow" isDisabled={surface.busy}>
        <span aria-hidden>⋯</span>
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="menu" onAction={(key) => void choose(Number(key))}>
          {element.options.map((option, index) => (
            <MenuItem className="menu-item" id={index} key={option.value} textValue={option.text.text}>
              <Text text={option.text} />
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
