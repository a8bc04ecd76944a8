/** What is shown of an entry of the trail. */
export interface ShownEntry {
  readonly seq: number;
  readonly at: Date;
  readonly event: string;
  /** Slack id, `system` or `outside`. */
  readonly actor: string;
  readonly requester: string | undefined;
  readonly subjects: readonly {
    readonly userId?: string | undefined;
    readonly label: string;
    readonly failed?: string | undefined;
    readonly before?: string | undefined;
    readonly after?: string | undefined;
    readonly outcome?: string | undefined;
  }[];
  readonly reason: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly outcome: string;
}
