export type Role = 'administrator' | 'member' | 'outsider';

/** The person behind an interaction, as checked at that interaction. */
export interface Actor {
  readonly userId: string;
  readonly role: Role;
  /** The email of their Slack profile; `undefined` when Slack tells none. */
  readonly email: string | undefined;
  /** The IANA name of the zone that their Slack is set to; `undefined` when Slack tells none. */
  readonly timeZone?: string | undefined;
  /** By what they are known as a person, under whichever id or account they act: `isSamePerson` compares. */
  readonly personKeys: readonly string[];
}

/** What Slack's payload says of the person: not to be trusted for anything but asking who they are. */
export interface Clicker {
  readonly userId: string;
  readonly teamId: string | undefined;
}

/** Who somebody is, and for outsiders the sentence that says why. */
export type Verdict = Actor & {
  readonly refusal?: string;
  /** Whether the administrators could help who is refused. */
  readonly asksAdministrators?: boolean;
  /** Why they may have more rights than could be found out, if that is so. */
  readonly doubt?: string | undefined;
};

/** Answers for each interaction; an outsider when in doubt. Never rejects. */
export type Authorize = (clicker: Clicker) => Promise<Verdict>;
