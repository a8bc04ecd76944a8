// A plugin of the build: what the bot's packages bring and the bot never uses is left out, a third of what a start would
// load. Each can go once its package loads it on demand.

const throwing = (name) => `throw new Error('built without ${name}');`;

/** What the bot and Socket Mode take of undici. Its own index also loads mocks, caches, cookies and event sources. */
const UNDICI = `
Object.assign(require('./lib/dispatcher/dispatcher').prototype, require('./lib/api'));
// First, as in its own index: what a request is made of is only known once all of it is loaded.
const { fetch } = require('./lib/web/fetch');
const { FormData } = require('./lib/web/fetch/formdata');
const { Headers } = require('./lib/web/fetch/headers');
const { Request } = require('./lib/web/fetch/request');
const { Response } = require('./lib/web/fetch/response');
const { getGlobalDispatcher, setGlobalDispatcher } = require('./lib/global');
const { WebSocket, ping } = require('./lib/web/websocket/websocket');
module.exports = {
  ...require('./lib/web/websocket/events'),
  WebSocket,
  ping,
  Agent: require('./lib/dispatcher/agent'),
  EnvHttpProxyAgent: require('./lib/dispatcher/env-http-proxy-agent'),
  Pool: require('./lib/dispatcher/pool'),
  buildConnector: require('./lib/core/connect'),
  errors: require('./lib/core/errors'),
  fetch,
  getGlobalDispatcher,
  install: () => void Object.assign(globalThis, { fetch, FormData, Headers, Request, Response }),
  setGlobalDispatcher,
};`;

const UNUSED = [
  // Bolt's receiver of its own.
  {
    filter: /[\\/]bolt[\\/]dist[\\/]receivers[\\/]ExpressReceiver\.js$/,
    contents: `exports.default = class { constructor() { ${throwing('Express')} } };`,
  },
  // The alphabets of bodies that are to be read as text: Bolt asks for their bytes.
  {
    filter: /[\\/]iconv-lite[\\/]lib[\\/]index\.js$/,
    contents: `exports.getDecoder = () => { ${throwing('iconv-lite')} };`,
  },
  // The state of an installation by the web: the bot has one token.
  {
    filter: /[\\/]jsonwebtoken[\\/]index\.js$/,
    contents: `exports.sign = exports.verify = () => { ${throwing('jsonwebtoken')} };`,
  },
  // Examples of traces beside metrics, which are off.
  { filter: /[\\/]@opentelemetry[\\/]api[\\/].*index\.c?js$/, contents: 'module.exports = {};' },
  // The second version of Keycloak's API of clients, with the framework of its own that it is made of.
  {
    filter: /[\\/]keycloak-admin-client[\\/]lib[\\/]resources[\\/]clientsV2\.js$/,
    contents: 'export class ClientsV2 {}',
  },
  // JSON Schema, from which no setting is made.
  {
    filter: /[\\/]zod[\\/]v4[\\/]classic[\\/]from-json-schema\.js$/,
    contents: `export const fromJSONSchema = () => { ${throwing('fromJSONSchema')} };`,
  },
  // Faults of settings in other languages than English.
  {
    filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/,
    contents: "export { default as en } from './en.js';",
  },
  { filter: /[\\/]node_modules[\\/]undici[\\/]index\.js$/, contents: UNDICI },
  // HTTP/2, which undici speaks where it is told to: it would load all that Node has for it.
  {
    filter: /[\\/]undici[\\/]lib[\\/]dispatcher[\\/]client-h2\.js$/,
    contents: `module.exports = () => { ${throwing('HTTP/2')} };`,
  },
];

export const withoutUnused = {
  name: 'without-unused',
  setup: ({ onLoad }) => {
    for (const { filter, contents } of UNUSED) onLoad({ filter }, () => ({ contents, loader: 'js' }));
  },
};
