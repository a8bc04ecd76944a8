import { describe, expect, it } from 'vitest';
import { ownPlatform } from './own-platform.ts';
import { hasTerminals, startCommand, startOnTerminal } from './run-command.ts';

const own = ownPlatform();

const BOLD = '\u001b[1m';
const CLEAR = '\r\u001b[K';
/** Without the signs of life that were drawn and cleared again. */
const withoutSigns = (text: string): string =>
  text
    .split(CLEAR)
    .map((part) => part.replace(/^[-\\|/] [^\r]*$/, ''))
    .join('');
const isActive = (who: string): boolean => own.wallaroo.state.user(who).enabled;

if (!hasTerminals)
  process.stderr.write(
    '\n!!! This machine has no util-linux `script`: THE COMMANDS ON A TERMINAL ARE NOT TRIED.\n\n',
  );

describe.skipIf(!hasTerminals)('on a terminal', () => {
  it('draws a table that fits, however narrow it is; NO_COLOR takes the colour from it', async () => {
    for (const columns of [120, 60, 30]) {
      const ended = await startOnTerminal(['users'], own.settings, { columns }).ended;
      expect(ended.code).toBe(0);
      const stdout = withoutSigns(ended.stdout);
      const lines = stdout.replaceAll(BOLD, '').replaceAll('\u001b[22m', '').split('\r\n');
      expect(lines[0]).toMatch(/^STA\S* +NAME +EMA/);
      for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(columns);
      expect(stdout.includes('…')).toBe(columns < 120);
      expect(stdout).toContain(BOLD);
    }
    const plain = await startOnTerminal(['users'], { ...own.settings, NO_COLOR: '1' }).ended;
    expect(withoutSigns(plain.stdout)).not.toContain('\u001b');
  });

  it('draws no table of nothing', async () => {
    const { stdout, code } = await startOnTerminal(['requests'], own.settings).ended;
    expect(code).toBe(0);
    expect(stdout.trim()).toBe('No request is pending.');
  });

  it('shows what a change does and asks; anything but yes changes nothing', async () => {
    const refused = startOnTerminal(['deactivate', 'steve'], own.settings);
    await refused.saying('New owner of fraud-models');
    refused.write('\n');
    await refused.saying('Go on? [y/N]');
    expect(refused.stdout()).toContain('  Seats: 4 → 3 of 5');
    expect(refused.stdout()).toContain('fraud-models (no other active owner is left)');
    refused.write('\n');
    expect(await refused.ended).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('Nothing was changed.'),
    });
    expect(isActive('steve')).toBe(true);
    const agreed = startOnTerminal(['deactivate', 'steve'], own.settings);
    await agreed.saying('New owner of fraud-models');
    agreed.write('\n');
    await agreed.saying('Go on? [y/N]');
    agreed.write('y\n');
    expect(await agreed.ended).toMatchObject({ code: 0, stdout: expect.stringContaining('is now inactive') });
    expect(isActive('steve')).toBe(false);
  });

  it('Ctrl-C at the question changes nothing', async () => {
    const asked = startOnTerminal(['deactivate', 'steve'], own.settings);
    await asked.saying('New owner of fraud-models');
    asked.write('\n');
    await asked.saying('Go on? [y/N]');
    asked.write('\u0003');
    expect((await asked.ended).code).toBe(130);
    const atOwner = startOnTerminal(['deactivate', 'steve'], own.settings);
    await atOwner.saying('New owner of fraud-models');
    atOwner.write('\u0003');
    expect((await atOwner.ended).code).toBe(130);
    expect(isActive('steve')).toBe(true);
  });

  it('shows a sign of life, once it takes more than a second', async () => {
    let answer: () => void = () => undefined;
    const stop = own.wallaroo.on('request', ({ path }) =>
      path.endsWith('/users/query')
        ? new Promise<void>((resolve) => {
            answer = resolve;
          })
        : undefined,
    );
    const slow = startOnTerminal(['users'], own.settings);
    await slow.saying('Asking Wallaroo for its users');
    answer();
    stop();
    expect((await slow.ended).code).toBe(0);
    const quick = await startOnTerminal(['help'], own.settings).ended;
    expect(quick.stdout).not.toContain(CLEAR);
  });
});

describe('without a terminal', () => {
  it('ends quietly when nobody reads on', async () => {
    const command = startCommand(['users', '--json', 'id,email'], own.settings);
    command.closeOutput();
    expect(await command.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('Ctrl-C before a change is recorded changes nothing', async () => {
    const held = new Promise<void>((resolve) => {
      own.wallaroo.on('request', ({ path }) => {
        if (!path.endsWith('/users/query')) return undefined;
        resolve();
        return new Promise<void>(() => undefined);
      });
    });
    const command = startCommand(['deactivate', 'steve', '--yes'], own.settings);
    await held;
    command.signal('SIGINT');
    expect(await command.ended).toMatchObject({ code: 130, stdout: '' });
    expect(isActive('steve')).toBe(true);
  });
});
