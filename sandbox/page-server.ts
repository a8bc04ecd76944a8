import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { Hono } from 'hono';
import { readManifest } from './manifest.ts';

/** What stands behind the page. */
export interface PageOptions {
  /** The control API of the sandbox's Slack. */
  readonly slack: Hono;
  /** The control API of the sandbox's Wallaroo. */
  readonly wallaroo: Hono;
  /** @default the repository's manifest.yml */
  readonly manifestPath?: string;
}

const local = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const html = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Wallaroo in Slack: sandbox</title>
    <link rel="icon" href="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><text y='13' font-size='13'>🦘</text></svg>" />
    <link rel="stylesheet" href="/page.css" />
  </head>
  <body>
    <div id="root"></div>
    <script type="module" src="/page.js"></script>
  </body>
</html>`;

async function bundle() {
  const { outputFiles } = await build({
    entryPoints: [local('page/main.tsx')],
    bundle: true,
    write: false,
    outdir: '/',
    entryNames: 'page',
    format: 'esm',
    target: 'chrome123',
    jsx: 'automatic',
    // The page's font travels in its style sheet; the older format is never asked for.
    loader: { '.woff2': 'dataurl' },
    external: ['*.woff'],
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  });
  const named = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
  return { script: named('.js'), style: named('.css') };
}

/**
 * The sandbox's web page, bundled now (a fraction of a second): the page itself, the commands it completes, and
 * both control APIs behind the page's own origin. Rejects when the page does not build or the manifest is amiss.
 */
export async function createPage(options: PageOptions): Promise<Hono> {
  const [{ script, style }, { commands }] = await Promise.all([bundle(), readManifest(options.manifestPath)]);
  const app = new Hono();
  app.get('/', (context) => context.html(html));
  app.get('/page.js', (context) => context.body(script, 200, { 'content-type': 'text/javascript' }));
  app.get('/page.css', (context) => context.body(style, 200, { 'content-type': 'text/css' }));
  app.get('/commands.json', (context) => context.json(commands));
  app.route('/control', options.slack);
  app.route('/wallaroo/control', options.wallaroo);
  return app;
}
