# syntax=docker/dockerfile:1
ARG NODE_IMAGE=node:24-bookworm-slim

# Compiles the database's addon and the application; nothing of this stage but its results goes on.
FROM ${NODE_IMAGE} AS build
WORKDIR /app
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 make g++ \
 && rm -rf /var/lib/apt/lists/*
# The image has Node's headers: nothing needs to be fetched to compile against them.
ENV npm_config_nodedir=/usr/local \
    npm_config_fund=false \
    npm_config_audit=false
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts && npm rebuild better-sqlite3
COPY tsconfig.json tsconfig.build.json nest-cli.json ./
COPY kernels kernels
COPY scripts scripts
COPY src src
RUN npm run build && npm prune --omit=dev --ignore-scripts \
 && mkdir -p data data_cache results logs && touch data/.keep data_cache/.keep results/.keep logs/.keep

FROM ${NODE_IMAGE} AS runtime
LABEL org.opencontainers.image.title="trading-bot" \
      org.opencontainers.image.description="A crypto trading bot whose backtest, paper and live runs are the same code" \
      org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
COPY settings settings
# Everything else belongs to root and cannot be written: only these four folders are the bot's own.
COPY --from=build --chown=1000:1000 /app/data data
COPY --from=build --chown=1000:1000 /app/data_cache data_cache
COPY --from=build --chown=1000:1000 /app/results results
COPY --from=build --chown=1000:1000 /app/logs logs
# By number, so that an orchestrator can see that it is not root.
USER 1000:1000
VOLUME ["/app/data", "/app/data_cache", "/app/results", "/app/logs"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["node", "dist/healthcheck.js"]
CMD ["node", "dist/main.js"]
