import { defaultSlackSeed, type SeedPerson, type SlackSeed } from './seed.ts';

/** Their names in the demo, the same as in its Wallaroo where they have a user there. */
const names: Readonly<Record<string, string>> = {
  U0ADA: 'Ada Quist',
  U0BEN: 'Ben Okafor',
  U0STEVE: 'Steve Novak',
  U0MIA: 'Mia Berg',
  U0GUS: 'Gus Hale',
  U0GIA: 'Gia Rossi',
  U0XENO: 'Xeno Katz',
};

/** Has joined lately, and has no user in Wallaroo yet. */
const priya: SeedPerson = { id: 'U0PRIYA', handle: 'priya', realName: 'Priya Raman', email: 'priya@ex.co' };
const priyasChannels = ['C0LICENSE', 'C0GENERAL'];

/** The workspace of the demo: the people of `defaultSlackSeed` under names that one believes, and a new colleague. */
export const demoSlackSeed: SlackSeed = {
  ...defaultSlackSeed,
  people: [
    ...defaultSlackSeed.people.map((person) => ({
      ...person,
      realName: names[person.id] ?? person.realName,
    })),
    priya,
  ],
  userGroups: defaultSlackSeed.userGroups.map((group) =>
    group.id === 'S0MEMBERS' ? { ...group, members: [...group.members, priya.id] } : group,
  ),
  channels: defaultSlackSeed.channels.map((channel) =>
    priyasChannels.includes(channel.id) ? { ...channel, members: [...channel.members, priya.id] } : channel,
  ),
};
