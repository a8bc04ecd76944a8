import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../src/config/config-error.ts';
import { hideSecrets } from '../src/config/hide-secrets.ts';
import { secretsIn } from '../src/config/secrets.ts';
import { settingNames } from '../src/config/settings.ts';
import { inspectSettings, readConfig } from '../src/config.ts';
import { createLogger } from '../src/slack/log.ts';
import { hideInJson, redact } from '../src/slack/redact.ts';
import { say } from './doctor/support.ts';

type Env = Record<string, string>;

/** Long enough to stand nowhere by chance, of any signs that a person may type into a password. */
const secret = fc
  .stringMatching(/^[!-~äßλ日 ]{6,30}$/)
  .map((text) => `#${text}%`)
  .filter((text) => text.trim() === text);
/** Where a secret may get to: alone, inside of an address, among other words. */
const placed = (text: string) =>
  fc.constantFrom(
    text,
    `http://name:${text}@127.0.0.1:9/`,
    `http://name:${encodeURIComponent(text)}@127.0.0.1:9`,
    `postgres://u:${text}@127.0.0.1:9/d`,
    `postgres://u:${encodeURIComponent(text)}@127.0.0.1:9/d`,
    `http://127.0.0.1:9/?token=${encodeURIComponent(text)}`,
    `xoxb-${text}`,
    `xapp-${text}`,
    `U1,${text}`,
    ` ${text} `,
    `"${text}"`,
    `file:/proc/${text}`,
  );
const SECRETS = ['WALLAROO_PASSWORD', 'WALLAROO_CLIENT_SECRET', 'SLACK_SIGNING_SECRET'] as const;

/** Settings at random, in some of which stands a secret that is one of the settings, too. */
const situation = fc
  .tuple(secret, fc.constantFrom(...SECRETS))
  .chain(([text, holder]) =>
    fc
      .dictionary(fc.constantFrom(...settingNames), fc.oneof(placed(text), fc.string()))
      .map((env) => ({ text, env: { ...env, [holder]: text } as Env })),
  );

/** The secret as any of its readers would spell it. */
const spellings = (text: string): readonly string[] => [
  text,
  JSON.stringify(text).slice(1, -1),
  encodeURIComponent(text),
  encodeURIComponent(encodeURIComponent(text)),
  new URLSearchParams({ '': text }).toString().slice(1),
  Object.assign(new URL('http://host'), { password: text }).password,
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
];

describe('whatever the settings are', () => {
  it('no fault and no warning tells a secret', () => {
    fc.assert(
      fc.property(situation, ({ text, env }) => {
        const { faults, warnings } = inspectSettings(env);
        const told = JSON.stringify([faults, warnings]);
        for (const spelling of spellings(text)) expect(told).not.toContain(spelling);
        try {
          readConfig(env);
        } catch (error) {
          if (!(error instanceof ConfigError)) throw error;
          for (const spelling of spellings(text)) expect(error.message).not.toContain(spelling);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('the doctor tells none, as text and as JSON', async () => {
    const nowhere = { SLACK_API_URL: 'http://127.0.0.1:9/api/', WALLAROO_URL: 'http://127.0.0.1:9' };
    await fc.assert(
      fc.asyncProperty(situation, fc.constantFrom([], ['--json']), async ({ text, env }, argv) => {
        // Nobody is asked outside of this machine.
        const said = await say(
          { ...nowhere, ...env, SLACK_BOT_TOKEN: 'broken', SLACK_APP_TOKEN: 'broken' },
          argv,
        );
        for (const spelling of spellings(text)) expect(said.text).not.toContain(spelling);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('no line of the log tells one, and each stays JSON', () => {
    const words = fc.oneof(fc.string(), fc.constantFrom('level', 'time', 'msg', '1', '123', '"', '\\'));
    fc.assert(
      fc.property(situation, words, words, ({ text, env }, before, after) => {
        const written: string[] = [];
        const hide = hideSecrets(secretsIn(env));
        const log = createLogger('debug', { write: (line) => void written.push(line) }, hide);
        const said = `${before}${text}${after}`;
        log.info(
          { said, deep: { er: [said] }, quoted: JSON.stringify({ said }), err: new Error(said) },
          said,
        );
        for (const line of written) {
          expect(JSON.parse(line)).toMatchObject({ level: 30 });
          for (const spelling of spellings(text)) expect(line).not.toContain(spelling);
        }
        expect(written).toHaveLength(1);
      }),
      { numRuns: 500 },
    );
  });
});

it('whatever spells them, the secrets of the settings are hidden: also in a header, to an outside that knows no umlauts', () => {
  const env = {
    WALLAROO_USER: 'bot@ex.co',
    WALLAROO_PASSWORD: 'hüsh & hüsh',
    WALLAROO_CLIENT_ID: 'api-client',
    WALLAROO_CLIENT_SECRET: 'Zq8+/=hush',
    HTTPS_PROXY: 'http://name:pr%40xy-hush@proxy.example.com:3128',
  };
  const hide = hideSecrets(secretsIn(env));
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const told = [
    ['h\\u00fcsh & h\\u00fcsh', '[redacted]'],
    ['http://bot:h%C3%BCsh%20&%20h%C3%BCsh@host', 'http://bot:[redacted]@host'],
    ['<h1>hüsh &amp; hüsh</h1>', '<h1>[redacted]</h1>'],
    [base64('bot@ex.co:hüsh & hüsh'), '[redacted]'],
    [base64('api-client:Zq8%2B%2F%3Dhush'), '[redacted]'],
    [base64('name:pr@xy-hush'), '[redacted]'],
  ] as const;
  for (const [text, shown] of told) expect(hide(text).replace(/=+$/, '')).toBe(shown);
});

describe('what holds a secret by its name', () => {
  it.each([
    ['client_secret: hush', 'client_secret: [redacted]'],
    ['clientSecret: hush', 'clientSecret: [redacted]'],
    ["{ signing_secret: 'hush hush', a: 1 }", '{ signing_secret: [redacted], a: 1 }'],
    ['{"signing_secret":"hush","a":1}', '{"signing_secret":"[redacted]","a":1}'],
    ['{"SLACK_SIGNING_SECRET": "hu\\"sh"}', '{"SLACK_SIGNING_SECRET": "[redacted]"}'],
    ['{"password":12345}', '{"password":"[redacted]"}'],
    ['{"password":["hush"]}', '{"password":["[redacted]"]}'.replace('["[redacted]"]', '"[redacted]"')],
    ['{"m":"{\\"api_key\\":\\"hush\\"}"}', '{"m":"{\\"api_key\\":\\"[redacted]\\"}"}'],
    ['{"m":"client_secret: \\"hush hush\\" x"}', '{"m":"client_secret: [redacted] x"}'],
    ['grant_type=password&password=hu%20sh&x=1', 'grant_type=password&password=[redacted]&x=1'],
    ['WALLAROO_PASSWORD="hush hush"', 'WALLAROO_PASSWORD=[redacted]'],
    ['Authorization: Basic aHVzaA==', 'Authorization: Basic [redacted]'],
    ['cookie: KEYCLOAK_IDENTITY=hush', 'cookie: [redacted]'],
    ['Cookie: A=hush; B=hush\nnext', 'Cookie: [redacted]\nnext'],
    ['authorization=Basic Ym90Omh1c2g=', 'authorization=Basic [redacted]'],
    ['["Authorization","Basic Ym90Omh1c2g="]', '["Authorization","Basic [redacted]"]'],
    ['client_secret => "hush"', 'client_secret => [redacted]'],
    ['password = hush', 'password = [redacted]'],
    ['password : hush', 'password : [redacted]'],
    ['pwd=hush&x', 'pwd=[redacted]&x'],
    ['private_key: hush', 'private_key: [redacted]'],
    ['refresh_token%3Dhush', 'refresh_token%3D[redacted]'],
    ['X-Slack-Signature: v0=hush', 'X-Slack-Signature: [redacted]'],
    ['xwfp-hush-1', '[redacted]'],
    [
      '{"type":"password","value":"hush","temporary":true}',
      '{"type":"password","value":"[redacted]","temporary":true}',
    ],
    ['{"value":"hush","type":"password"}', '{"value":"[redacted]","type":"password"}'],
    ['at http://name:hush@host/path', 'at http://[redacted]@host/path'],
    ['at https://hush@host', 'at https://[redacted]@host'],
    ['at postgres://u:hu/s#h?@h/d', 'at postgres://[redacted]@h/d'],
    ['xoxe.xoxb-1-hush', '[redacted]'],
  ])('is hidden: %s', (text, shown) => {
    expect(redact(text)).toBe(shown);
  });

  it.each([
    'GET http://host:8080/auth/admin/realms/master/users?email=bob@ex.co',
    'see http://host/users/bob@ex.co',
    'SLACK_SIGNING_SECRET: is required and is not set',
    'api.slack.com/apps → your app → Basic Information → App Credentials',
    'the password of WALLAROO_USER',
    'Basic Information → App-Level Tokens',
    'Users → the user → Credentials → Credential reset',
    '{"m":"password=","a":"b"}',
    'no secret here',
  ])('and nothing else is: %s', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('a short secret is hidden where it stands alone, never inside of a word or a number', () => {
    const hide = hideSecrets(['abc', '123']);
    expect(hide('abc, abcd 123 1234')).toBe('[redacted], abcd [redacted] 1234');
    expect(hideInJson('{"abc":1234,"a":"abc"}\n', hide)).toBe('{"abc":1234,"a":"[redacted]"}\n');
  });
});
