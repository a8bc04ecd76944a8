import { useEffect, useRef } from 'react';

/** What one is in while one presses something: it stays when the app takes the button away. */
const placesKept = '.message, [role="tabpanel"]';

/** Keeps the keyboard in the message from which a modal was opened, also where its button is gone once the modal closes. */
export function useKeptFocus(hasModal: boolean): void {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement) || target.closest('.overlay, .popover') !== null) return;
      place.current = target.closest<HTMLElement>(placesKept) ?? target;
    };
    addEventListener('focusin', note);
    return () => removeEventListener('focusin', note);
  }, []);
  useEffect(() => {
    if (hasModal) return;
    // The component library gives the focus back in the next frame, where the control is still there.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        if (document.activeElement === document.body) place.current?.focus({ preventScroll: true });
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [hasModal]);
}
