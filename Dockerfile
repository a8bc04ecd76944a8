# The bot, its doctor and its command line: docs/deploy.md. `--target demo` is the demo.

FROM node:24-slim AS demo
WORKDIR /demo
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build
USER 65532:65532
EXPOSE 4000
CMD ["node", "--import", "tsx", "sandbox/demo.ts", "--host", "0.0.0.0"]

# Builds the bundle, then leaves what it cannot hold: the native part of the file database, for the base's C library.
FROM node:24-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY manifest.yml LICENSE ./
COPY scripts scripts
COPY src src
RUN npm run build \
  && npm prune --omit=dev --no-audit --no-fund \
  && rm -rf node_modules/@libsql/*-musl node_modules/.package-lock.json node_modules/.bin \
  && (rmdir node_modules/@* 2>/dev/null || true)

FROM node:24-slim
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="wallaroo-chatops" \
  org.opencontainers.image.description="A Slack bot with which a team manages the users and license seats of its Wallaroo instance" \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}" \
  org.opencontainers.image.base.name="node:24-slim"
# What only installs and builds has no business in what runs.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack \
  /usr/local/bin/yarn /usr/local/bin/yarnpkg /opt/yarn-* \
  && mkdir /data && chown 65532:65532 /data \
  && ln -s /app/dist/bot/main.js /usr/local/bin/wallaroo-chatops
WORKDIR /app
COPY --from=build /build/package.json /build/manifest.yml /build/LICENSE ./
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist/bot dist/bot
ENV NODE_ENV=production DATABASE_URL=file:/data/chatops.db
USER 65532:65532
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.OPS_PORT || process.env.PORT || 3000) + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/dist/bot/main.js"]
