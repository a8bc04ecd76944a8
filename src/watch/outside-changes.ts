/** A user as the watch remembers them. */
export interface SeenUser {
  readonly id: string;
  readonly active: boolean;
  /** Email, or the username where there is none. */
  readonly label: string;
}

/** A write of the bot's, made or tried since the last look. */
export interface OwnWrite {
  /** A user's id, or the email of somebody invited whose id is not known yet. */
  readonly subject: string;
  readonly enabled: boolean;
  /** `undefined`: under way, or nobody knows whether it took effect. */
  readonly settledAt: Date | undefined;
}

export interface OutsideChange {
  readonly user: SeenUser;
  /** `undefined`: the user did not exist. */
  readonly before: boolean | undefined;
  /** `undefined`: the user does not exist any more. */
  readonly after: boolean | undefined;
}

export interface Look {
  readonly before: readonly SeenUser[];
  readonly after: readonly SeenUser[];
  /** Everything of ours since `before` was read. */
  readonly ownWrites: readonly OwnWrite[];
  /** When `after` began to be read: it shows every write that was settled by then. */
  readonly beganAt: Date;
}

/** What happened to users between two looks that no write of the bot's explains. */
export function outsideChanges(look: Look): readonly OutsideChange[] {
  const before = new Map(look.before.map((user) => [user.id, user]));
  const after = new Map(look.after.map((user) => [user.id, user]));
  const writes = bySubject(look.ownWrites);
  const users = [...look.after, ...look.before.filter(({ id }) => !after.has(id))];
  return users.flatMap((user) => {
    const own = [
      ...(writes.get(user.id.toLowerCase()) ?? []),
      ...(writes.get(user.label.toLowerCase()) ?? []),
    ];
    const expected = expectedStates(before.get(user.id)?.active, own, look.beganAt);
    const state = after.get(user.id)?.active;
    return expected.includes(state) ? [] : [{ user, before: expected.at(-1), after: state }];
  });
}

/** In which states a user may be, had nobody else done anything. */
function expectedStates(
  known: boolean | undefined,
  writes: readonly OwnWrite[],
  beganAt: Date,
): readonly (boolean | undefined)[] {
  let states = [known];
  for (const { enabled, settledAt } of [...writes].sort((a, b) => settledMs(a) - settledMs(b))) {
    const shows = settledAt !== undefined && settledAt <= beganAt;
    states = shows ? [enabled] : [...states, enabled];
  }
  return states;
}

const settledMs = ({ settledAt }: OwnWrite): number => settledAt?.getTime() ?? Number.MAX_SAFE_INTEGER;

function bySubject(writes: readonly OwnWrite[]): ReadonlyMap<string, readonly OwnWrite[]> {
  const map = new Map<string, OwnWrite[]>();
  for (const write of writes) {
    const key = write.subject.toLowerCase();
    map.set(key, [...(map.get(key) ?? []), write]);
  }
  return map;
}
