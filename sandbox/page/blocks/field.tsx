import type { ReactNode } from 'react';
import { FieldError, Text as HintText, Label } from 'react-aria-components';

/** What an input block adds to its element; a bare element (accessory, actions) has only a name for screen readers. */
export interface Labelled {
  readonly label: string;
  readonly visible: boolean;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly optional: boolean;
}

/** Props that the component library wants for the name and the fault of a field. */
export const fieldProps = ({ label, visible, error }: Labelled) => ({
  isInvalid: error !== undefined,
  ...(visible ? {} : { 'aria-label': label }),
});

/** Label above, hint and fault below, as in Slack's modals. */
export function FieldFrame({ field, children }: { readonly field: Labelled; readonly children: ReactNode }) {
  return (
    <>
      {field.visible && (
        <Label className="field-label">
          {field.label}
          {field.optional && <span className="field-optional"> (optional)</span>}
        </Label>
      )}
      {children}
      {field.error !== undefined && <FieldError className="field-error">{field.error}</FieldError>}
      {field.hint !== undefined && (
        <HintText className="field-hint" slot="description">
          {field.hint}
        </HintText>
      )}
    </>
  );
}
