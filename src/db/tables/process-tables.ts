/** A named lock with an end, so that it frees itself when its owner dies. */
export interface LeaseTable {
  name: string;
  owner: string;
  until: number;
}

/** A process of the bot that uses this database. */
export interface ReplicaTable {
  id: string;
  /** Within which `pid` means something. */
  machine: string;
  pid: number;
  seenAt: number;
}
